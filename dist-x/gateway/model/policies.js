export {};
//# sourceMappingURL=policies.js.map