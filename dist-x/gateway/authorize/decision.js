import { createHash } from 'node:crypto';
import { print } from 'graphql';
import { WeirError } from "../model/errors.js";
import { allowedDocument } from "./allowed-document.js";
import { denials, denialsFor } from "./denials.js";
/** What becomes of the operation by these verdicts. */
export function decide(operation, access, { verdicts, settings }) {
    const verdictOn = new Map(access.grants.map((grant, at) => [grant, verdicts[at]]));
    const denied = new Map();
    for (const field of access.fields) {
        const found = [...field.requirement].map((grant) => verdictOn.get(grant));
        if (found.every((verdict) => verdict === '1'))
            continue;
        denied.set(field.node, { ...field, isUndecided: !found.includes('0') });
    }
    if (denied.size === 0)
        return whole(operation);
    const found = denials(operation.document, denied);
    if (settings.dryRun)
        return whole(operation, found);
    const nodes = new Set(denied.keys());
    const shape = shapeOf(access, nodes);
    const filtered = {
        kind: 'allowed',
        authorized: { allowed: rest(operation, nodes, shape), denied: nodes, denials: found, shape },
    };
    if (settings.mode === 'filter')
        return filtered;
    return { kind: 'rejected', error: rejection(found), denials: found, otherwise: filtered };
}
/** The decision, with introspection answered from a schema that is not everyone's. */
export function showing(authorization, shown) {
    if (shown === undefined)
        return authorization;
    if (authorization.kind === 'rejected')
        return { ...authorization, otherwise: shownOf(authorization.otherwise, shown) };
    return shownOf(authorization, shown);
}
const shownOf = ({ kind, authorized }, { schema, shape }) => ({
    kind,
    authorized: { ...authorized, introspected: schema, shape: `${authorized.shape} ${shape}` },
});
/** The decision for a request: what its variables leave out of the operation is no reason to reject it. */
export function forVariables(authorization, variables) {
    if (authorization.kind === 'allowed')
        return authorization;
    return denialsFor(authorization.denials, variables).length === 0 ? authorization.otherwise : authorization;
}
/** Everything of it, though some may be reported. */
export const whole = (operation, found = []) => ({
    kind: 'allowed',
    authorized: { allowed: operation, denied: everything, denials: found, shape: 'all' },
});
const rejection = (found) => found.some(({ undecided }) => undecided === undefined)
    ? new WeirError('UNAUTHORIZED_FIELD_OR_TYPE', 'This operation asks for something you may not see.')
    : new WeirError('POLICY_UNAVAILABLE', 'Whether you may see this cannot be decided now. Try again shortly.');
const everything = new Set();
/** Which of the operation's protected fields are refused; short however many there are. */
function shapeOf(access, denied) {
    const bits = access.fields.map(({ node }) => (denied.has(node) ? '0' : '1')).join('');
    return bits.length <= 64 ? bits : createHash('sha256').update(bits).digest('base64url');
}
function rest(operation, denied, shape) {
    const document = allowedDocument(operation.document, denied);
    if (document === undefined)
        return undefined;
    const hash = createHash('sha256').update(`${operation.hash}\n${shape}`).digest('hex');
    return { hash, text: print(document), document, name: operation.name, kind: operation.kind };
}
//# sourceMappingURL=decision.js.map