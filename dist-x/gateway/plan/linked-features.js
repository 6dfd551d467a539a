import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, } from '@apollo/federation-internals';
/**
 * What the planner neither knows nor needs: rules that stages before and after it enforce. Known by exact address,
 * so that a look-alike or a later version, whose meaning is unknown, is refused.
 */
const enforceable = new Map([
    ['https://specs.apollo.dev/authenticated/v0.1', 'authenticated'],
    ['https://specs.apollo.dev/requiresScopes/v0.1', 'requiresScopes'],
    ['https://specs.apollo.dev/policy/v0.1', 'policy'],
    ['https://specs.apollo.dev/cacheTag/v0.1', 'cacheTag'],
]);
/** Access rules: refused without an enforcer even when the link omits its `for:`, since they would protect nothing. */
const accessRules = new Set(['authenticated', 'requiresScopes', 'policy']);
/** The planner plans `@fromContext` arguments by itself; the executor must fill them. */
const contextUrl = 'https://specs.apollo.dev/context/v0.1';
/** Addresses of the linked features the planner accepts once the enforceable ones are removed. */
export const plannerFeatures = new Set([
    ...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES,
    contextUrl,
]);
/** All linked features, under the names this supergraph gives them. */
export function linkedFeatures(schema) {
    return features(schema).map((feature) => ({
        name: feature.url.name,
        url: feature.url.toString(),
        purpose: feature.purpose,
        directive: feature.directiveNameInSchema(feature.url.name),
    }));
}
/** Features to take out of the planner's supergraph, and a problem for each that nobody here would enforce. */
export function sortedFeatures(schema, enforced) {
    const removed = [];
    const problems = [];
    for (const feature of features(schema)) {
        const place = placeFor(feature, enforced);
        if (place === 'removed')
            removed.push(feature);
        if (place === 'refused')
            problems.push(unsupported(feature));
    }
    return { removed, problems };
}
function placeFor(feature, enforced) {
    const address = feature.url.base.toString();
    const rule = enforceable.get(address);
    if (rule !== undefined && enforced.has(rule))
        return 'removed';
    if (isAccessRule(feature))
        return 'refused';
    if (feature.purpose === undefined)
        return 'kept';
    if (address === contextUrl)
        return enforced.has('context') ? 'kept' : 'refused';
    return DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES.has(address) ? 'kept' : 'refused';
}
function isAccessRule(feature) {
    return feature.url.identity.startsWith('https://specs.apollo.dev/') && accessRules.has(feature.url.name);
}
function unsupported(feature) {
    const place = feature.directive.sourceAST?.loc?.startToken;
    return {
        code: 'UNSUPPORTED_LINKED_FEATURE',
        message: `The supergraph links "${feature.url.name}" (${feature.url.toString()})` +
            `${feature.purpose === undefined ? '' : ` for: ${feature.purpose}`}, which this gateway does not enforce. ` +
            `Remove the link or enable the feature.`,
        ...(place === undefined ? {} : { line: place.line, column: place.column }),
    };
}
function features(schema) {
    return schema.coreFeatures === undefined ? [] : [...schema.coreFeatures.allFeatures()];
}
//# sourceMappingURL=linked-features.js.map