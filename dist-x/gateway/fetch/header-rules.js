export {};
//# sourceMappingURL=header-rules.js.map