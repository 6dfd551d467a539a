export const noExtras = {
    title: 'Weir',
    endpoints: [],
    people: [],
    signIn: null,
    examples: [],
};
/** The page's `config.json`. */
export function sandboxConfig(extras, graphqlPath, schema) {
    const endpoints = [{ name: 'gateway', url: graphqlPath }, ...extras.endpoints];
    const urlOf = (asked) => endpoints.find(({ name }) => name === asked)?.url ?? graphqlPath;
    // The page posts the mutation without looking at names.
    const signIn = extras.signIn && { ...extras.signIn, endpoint: urlOf(extras.signIn.endpoint) };
    return JSON.stringify({ ...extras, endpoints, signIn, plan: true, schema });
}
/** The origins that the page calls beside its own. */
export const originsOf = ({ endpoints }) => [
    ...new Set(endpoints.map(({ url }) => new URL(url).origin)),
];
//# sourceMappingURL=sandbox-facts.js.map