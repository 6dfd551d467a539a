export const anonymous = { kind: 'anonymous' };
//# sourceMappingURL=principal.js.map