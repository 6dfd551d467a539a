export {};
//# sourceMappingURL=subgraph-source.js.map