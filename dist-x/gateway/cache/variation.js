import { hash } from 'node:crypto';
const everybody = { audience: 'public', name: 'P' };
const nobody = { audience: 'anonymous', name: 'A' };
/** Remembers what it made of a principal for as long as somebody holds it. */
export function identities() {
    const accesses = new WeakMap();
    const owns = new WeakMap();
    const access = (principal) => {
        const known = accesses.get(principal) ?? accessOf(principal);
        accesses.set(principal, known);
        return known;
    };
    return {
        access,
        own: (principal, claim) => {
            if (principal.kind === 'anonymous' || claim === undefined)
                return undefined;
            const known = owns.get(principal) ?? new Map();
            owns.set(principal, known);
            if (known.has(claim))
                return known.get(claim);
            const made = ownPartition(principal, claim, access(principal));
            known.set(claim, made);
            return made;
        },
    };
}
function ownPartition(principal, claim, access) {
    const value = Object.hasOwn(principal.claims, claim) ? principal.claims[claim] : undefined;
    const isName = (typeof value === 'string' && value !== '') || typeof value === 'number';
    if (!isName)
        return undefined;
    const text = JSON.stringify([principal.issuer, claim, value, access]);
    return { audience: 'own', name: `U${hash('sha256', text, 'base64url')}` };
}
function accessOf(principal) {
    if (principal.kind === 'anonymous')
        return 'anonymous';
    const { scopes, roles, policies } = principal;
    const text = JSON.stringify([scopes, roles, policies].map((one) => [...one].sort()));
    return hash('sha256', text, 'base64url');
}
/** Headers that trace a request and change no answer. */
const tracing = new Set(['traceparent', 'tracestate', 'baggage', 'x-request-id', 'b3']);
export function variation({ forwarded, identityHeaders, own, access }) {
    const identityNames = new Set();
    const headerNames = new Set();
    let headers = '';
    for (let at = 0; at < forwarded.length; at += 2) {
        const name = forwarded[at] ?? '';
        if (identityHeaders.has(name))
            identityNames.add(name);
        else if (!tracing.has(name)) {
            headerNames.add(name);
            // A header's value holds no line break.
            headers += `${name}: ${forwarded[at + 1] ?? ''}\n`;
        }
    }
    const partitions = [everybody];
    if (identityNames.size === 0)
        partitions.push(nobody);
    if (own !== undefined)
        partitions.push(own);
    return { partitions, headers, headerNames, identityNames, access };
}
//# sourceMappingURL=variation.js.map