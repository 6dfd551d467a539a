export {};
//# sourceMappingURL=edge-settings.js.map