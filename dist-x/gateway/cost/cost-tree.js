export {};
//# sourceMappingURL=cost-tree.js.map