import { randomUUID } from 'node:crypto';
/** The client's own request id when it is a plain short name, else a new one: it ends up in headers and logs. */
export function requestIdOf(given) {
    return typeof given === 'string' && /^[\w.:-]{1,64}$/.test(given) ? given : randomUUID();
}
//# sourceMappingURL=request-id.js.map