import { claimText, cleanValue, isHeaderName } from "./header-value.js";
import { canonicalName, isNeverForwarded, needsNaming } from "./reserved-headers.js";
const none = { list: [], text: '' };
const nothingListed = new Set();
/**
 * Compiles rules to a function of the client's headers and the verified identity.
 * Whatever the rules say, connection-bound and framing headers are never forwarded, and names that are filled
 * from claims, or are listed in `identityHeaders`, never come from the client.
 */
export function requestHeaders(rules, identityHeaders) {
    if (rules.length === 0)
        return () => none;
    const ours = new Set(identityHeaders.map(canonicalName));
    for (const rule of rules)
        if (rule.kind === 'insert')
            ours.add(canonicalName(rule.name));
    const steps = rules.map((rule) => stepOf(rule, (name) => ours.has(canonicalName(name))));
    // A call asks twice in a row. A weak map of all requests would keep the garbage collector busy with what comes and goes.
    let lastContext;
    let last = none;
    return (context) => {
        if (context === lastContext)
            return last;
        last = apply(steps, context);
        lastContext = context;
        return last;
    };
}
/** One sentence for each rule that can never have an effect, for the configuration check. */
export function ineffectiveRules(rules, identityHeaders) {
    const identity = new Set(identityHeaders.map(canonicalName));
    return rules.flatMap((rule) => {
        if (rule.kind === 'remove')
            return [];
        const target = rule.kind === 'insert'
            ? rule.name
            : (rule.rename ?? ('named' in rule.from ? rule.from.named : undefined));
        if (target === undefined)
            return [];
        if (!isHeaderName(target))
            return [`"${target}" is not a header name`];
        if (isNeverForwarded(target))
            return [`"${target}" is never sent to subgraphs; remove this rule`];
        if (rule.kind === 'propagate' && identity.has(canonicalName(target)))
            return [
                `"${target}" is an identity header: insert it from a claim instead of taking it from the client`,
            ];
        return [];
    });
}
function apply(steps, context) {
    const sent = new Map();
    const listed = namedByConnection(context);
    for (const step of steps)
        step(sent, context, listed);
    const list = [];
    for (const [name, value] of sent)
        list.push(name, value);
    return { list, text: list.join('\n') };
}
/** Fields that the client's `Connection` header binds to its connection. */
function namedByConnection(context) {
    const connection = clientValue(context, 'connection');
    if (connection === undefined || /^\s*(keep-alive|close)\s*$/i.test(connection))
        return nothingListed;
    return new Set(connection.split(',').map((name) => canonicalName(name.trim())));
}
function stepOf(rule, isOurs) {
    if (rule.kind === 'insert')
        return insertStep(rule);
    if (rule.kind === 'remove')
        return removeStep(rule.from);
    const rename = rule.rename?.toLowerCase();
    if ('named' in rule.from)
        return namedStep(rule.from.named.toLowerCase(), rename, rule.default, isOurs);
    return matchingStep(new RegExp(rule.from.matching, 'i'), rename, isOurs);
}
function insertStep(rule) {
    const name = rule.name.toLowerCase();
    if (!isHeaderName(name) || isNeverForwarded(name))
        return ignored;
    if ('value' in rule) {
        const value = cleanValue(rule.value);
        return value === undefined ? ignored : (sent) => void sent.set(name, value);
    }
    const claim = rule.fromClaim;
    return (sent, { principal }) => {
        if (principal.kind === 'anonymous' || !Object.hasOwn(principal.claims, claim))
            return;
        const value = claimText(principal.claims[claim]);
        if (value !== undefined)
            sent.set(name, value);
    };
}
function removeStep(from) {
    if ('named' in from) {
        const name = from.named.toLowerCase();
        return (sent) => void sent.delete(name);
    }
    const pattern = new RegExp(from.matching, 'i');
    return (sent) => {
        for (const name of [...sent.keys()])
            if (pattern.test(name))
                sent.delete(name);
    };
}
function namedStep(name, rename, fallback, isOurs) {
    const target = rename ?? name;
    if (!isHeaderName(target) || isNeverForwarded(name) || isNeverForwarded(target))
        return ignored;
    if (isOurs(name) || isOurs(target))
        return ignored;
    const canonical = canonicalName(name);
    return (sent, context, listed) => {
        // Authorization is end-to-end by definition; a client must not be able to make its identity vanish on the way.
        const bound = listed.has(canonical) && canonical !== 'authorization';
        const value = cleanValue(bound ? undefined : clientValue(context, name)) ?? cleanValue(fallback);
        if (value !== undefined)
            sent.set(target, value);
    };
}
function matchingStep(pattern, rename, isOurs) {
    if (rename !== undefined && (!isHeaderName(rename) || isNeverForwarded(rename) || isOurs(rename)))
        return ignored;
    return (sent, context, listed) => {
        for (const name of Object.keys(context.clientHeaders)) {
            if (!isHeaderName(name) || isNeverForwarded(name) || needsNaming(name) || isOurs(name))
                continue;
            if (listed.has(canonicalName(name)) || !pattern.test(name))
                continue;
            const value = cleanValue(clientValue(context, name));
            if (value !== undefined)
                sent.set(rename ?? name, value);
        }
    };
}
function clientValue(context, name) {
    if (!Object.hasOwn(context.clientHeaders, name))
        return undefined;
    const value = context.clientHeaders[name];
    return typeof value === 'object' ? value.join(name === 'cookie' ? '; ' : ', ') : value;
}
const ignored = () => undefined;
//# sourceMappingURL=request-headers.js.map