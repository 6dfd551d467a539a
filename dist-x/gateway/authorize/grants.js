import { Kind } from 'graphql';
import { argumentOf } from "./access-directives.js";
export const noRequirement = new Set();
export function grants() {
    const byText = new Map();
    const grant = (rest) => {
        const known = byText.get(rest.text);
        if (known !== undefined)
            return known;
        const made = { index: byText.size, ...rest };
        byText.set(rest.text, made);
        return made;
    };
    const never = grant({
        feature: 'authenticated',
        text: 'a rule that cannot be read',
        policies: [],
        anyOf: [['a rule that cannot be read']],
        verdict: () => '0',
    });
    return {
        never,
        all: () => [...byText.values()],
        of: (directive, feature) => {
            if (feature === 'authenticated' && (directive.arguments ?? []).length > 0)
                return never;
            if (feature === 'authenticated')
                return grant({ feature, text: '@authenticated', policies: [], anyOf: [[]], verdict: isKnown });
            const name = feature === 'policy' ? 'policies' : 'scopes';
            const words = anyOfAll(argumentOf(directive, name));
            if (words === undefined || directive.arguments?.length !== 1)
                return never;
            const text = `@${feature}(${words.map((all) => all.join(' & ')).join(' | ')})`;
            const anyOf = words;
            if (feature === 'policy')
                return grant({
                    feature,
                    text,
                    policies: [...new Set(words.flat())],
                    anyOf,
                    verdict: byPolicies(words),
                });
            return grant({ feature, text, policies: [], anyOf, verdict: byScopes(words) });
        },
    };
}
const isKnown = ({ principal }) => (principal.kind === 'known' ? '1' : '0');
/** An empty outer list is granted to nobody: it names no way to be allowed. */
const byScopes = (words) => ({ principal }) => principal.kind === 'known' && words.some((all) => all.every((word) => principal.scopes.has(word)))
    ? '1'
    : '0';
const byPolicies = (words) => ({ policy }) => {
    const ways = words.map((all) => all.map(policy));
    if (ways.some((way) => way.every((held) => held === true)))
        return '1';
    return ways.some((way) => !way.includes(false)) ? '?' : '0';
};
/** Reads `[["a", "b"], ["c"]]` with GraphQL's list coercion; `undefined` for anything else. */
function anyOfAll(value) {
    if (value === undefined)
        return undefined;
    const outer = value.kind === Kind.LIST ? value.values : [value];
    const words = [];
    for (const inner of outer) {
        const all = (inner.kind === Kind.LIST ? inner.values : [inner])
            .map(wordOf)
            .filter((word) => word !== undefined);
        if (all.length !== (inner.kind === Kind.LIST ? inner.values.length : 1))
            return undefined;
        words.push(all);
    }
    return words;
}
const wordOf = (value) => value.kind === Kind.STRING ? value.value : undefined;
//# sourceMappingURL=grants.js.map