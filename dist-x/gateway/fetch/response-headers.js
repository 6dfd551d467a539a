import { cleanValue, isHeaderName } from "./header-value.js";
import { isNeverReturned, needsNamingInResponse } from "./reserved-headers.js";
/** At most this many values of one header are appended: a hostile answer must not grow the client's. */
const maxAppended = 64;
/** Compiles the response rules; cookies, CORS, redirect and challenge headers pass only where a rule names them. */
export function responseHeaders(settings) {
    const all = settings.all.response.map(compiled);
    const own = new Map(Object.entries(settings.subgraphs).map(([name, rules]) => [
        name,
        [...all, ...rules.response.map(compiled)],
    ]));
    const enabled = all.length > 0 || [...own.values()].some((rules) => rules.length > 0);
    return { enabled, gatherer: () => gatherer((subgraph) => own.get(subgraph) ?? all) };
}
function compiled({ from, rename, merge }) {
    const target = rename?.toLowerCase();
    if ('named' in from) {
        const wanted = from.named.toLowerCase();
        return { accepts: (name) => name === wanted, rename: target, merge };
    }
    const pattern = new RegExp(from.matching, 'i');
    return { accepts: (name) => !needsNamingInResponse(name) && pattern.test(name), rename: target, merge };
}
function gatherer(rulesOf) {
    const gathered = new Map();
    const take = (name, values, merge) => {
        const before = gathered.get(name);
        if (before === undefined || merge === 'last')
            gathered.set(name, values);
        else if (merge === 'append')
            gathered.set(name, [...before, ...values].slice(0, maxAppended));
    };
    return {
        add(subgraph, headers) {
            for (const rule of rulesOf(subgraph)) {
                for (const [name, value] of Object.entries(headers)) {
                    const target = rule.rename ?? name;
                    if (!rule.accepts(name) || isNeverReturned(name) || isNeverReturned(target))
                        continue;
                    const values = clean(value);
                    if (isHeaderName(target) && values.length > 0)
                        take(target, values, rule.merge);
                }
            }
        },
        result: () => Object.fromEntries([...gathered].map(([name, values]) => [name, joined(name, values)])),
    };
}
const clean = (value) => (typeof value === 'object' ? value : [value]).map(cleanValue).filter((one) => one !== undefined);
/** Cookies must stay apart (RFC 6265 3); everything else is one comma list. */
const joined = (name, values) => name === 'set-cookie' ? values : values.join(', ');
//# sourceMappingURL=response-headers.js.map