export {};
//# sourceMappingURL=buckets.js.map