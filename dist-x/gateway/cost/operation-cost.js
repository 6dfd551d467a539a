export {};
//# sourceMappingURL=operation-cost.js.map