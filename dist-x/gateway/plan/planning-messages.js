export {};
//# sourceMappingURL=planning-messages.js.map