export {};
//# sourceMappingURL=graphql-request.js.map