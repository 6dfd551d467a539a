export {};
//# sourceMappingURL=subgraph-call.js.map