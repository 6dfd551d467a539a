export {};
//# sourceMappingURL=rate-settings.js.map