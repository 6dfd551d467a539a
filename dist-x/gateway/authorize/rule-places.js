import { isTypeDefinitionNode, isTypeExtensionNode, } from 'graphql';
import { directiveNames } from "./access-directives.js";
import { grants } from "./grants.js";
/** Every access directive of a schema, with its place where the document knows places. */
export function rulePlaces(document) {
    const { access } = directiveNames(document);
    const known = grants();
    const onNode = (coordinate, directives = []) => directives.flatMap((directive) => {
        const feature = access.get(directive.name.value);
        if (feature === undefined)
            return [];
        const grant = known.of(directive, feature);
        const token = directive.loc?.startToken;
        const place = token === undefined ? {} : { line: token.line, column: token.column };
        const { text, policies } = grant;
        return [
            { coordinate, feature, directive, text, policies, isReadable: grant !== known.never, ...place },
        ];
    });
    return document.definitions.flatMap((node) => {
        if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node))
            return [];
        const type = node.name.value;
        const fields = 'fields' in node ? (node.fields ?? []) : [];
        return [
            ...onNode(type, node.directives),
            ...fields.flatMap((field) => onNode(`${type}.${field.name.value}`, field.directives)),
        ];
    });
}
/** Rules that nobody could meet by mistake: those that cannot be read, and policies that nobody can decide. */
export async function ruleProblems(supergraph, judge) {
    const places = rulePlaces(supergraph);
    const unreadable = places.filter(({ isReadable }) => !isReadable);
    const found = unreadable.map((place) => problemAt(place, `the rule @${place.directive.name.value} on ${place.coordinate} cannot be read: ${expected[place.feature]}`));
    const used = [...new Set(places.flatMap(({ policies }) => policies))];
    const undecidable = (await judge?.problems(used)) ?? new Map();
    const general = undecidable.get('');
    if (general !== undefined)
        return [...found, { message: general }];
    for (const [policy, reason] of undecidable)
        for (const place of places.filter(({ policies }) => policies.includes(policy)))
            found.push(problemAt(place, `the policy "${policy}" of ${place.coordinate} cannot be decided: ${reason}`));
    return found;
}
const expected = {
    authenticated: 'it takes no arguments',
    requiresScopes: 'it takes "scopes", lists of lists of texts',
    policy: 'it takes "policies", lists of lists of texts',
};
const problemAt = ({ line, column }, message) => ({
    message,
    ...(line === undefined || column === undefined ? {} : { line, column }),
});
//# sourceMappingURL=rule-places.js.map