/** Connection-bound fields of RFC 9110 7.6.1 and what older software treats alike. */
const hopByHop = new Set([
    'connection',
    'keep-alive',
    'proxy-authenticate',
    'proxy-authorization',
    'proxy-connection',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'http2-settings',
]);
/** Ours to say: they describe the gateway's own request, or prove it, and not the client's. */
const ownRequest = new Set(['weir-signature', 'host', 'accept', 'accept-encoding', 'expect', 'range']);
/** Speak of the client's connection or hold its secrets: a pattern is too coarse to let them through. */
const requestOnlyWhenNamed = /^(cookie2?|set-cookie|forwarded|x-forwarded-.*|x-real-ip|true-client-ip|cf-.*)$/;
/** Would change what a browser does with the gateway's own answer. */
const responseOnlyWhenNamed = /^(set-cookie2?|access-control-.*|location|www-authenticate|cache-control|strict-transport-security|content-security-policy.*|server|x-powered-by|date|age|etag|vary|clear-site-data|refresh)$/;
/** One spelling for a header's name: servers that speak CGI read `x_user_id` and `x-user-id` as the same name. */
export const canonicalName = (name) => name.toLowerCase().replaceAll('_', '-');
/** True for names that no rule can send to a subgraph. */
export function isNeverForwarded(name) {
    const canonical = canonicalName(name);
    return (hopByHop.has(canonical) ||
        ownRequest.has(canonical) ||
        canonical.startsWith('content-') ||
        canonical.startsWith('if-') ||
        canonical.startsWith(':'));
}
/** True for names that only a rule which names them can send to a subgraph. */
export const needsNaming = (name) => requestOnlyWhenNamed.test(canonicalName(name));
/** True for names that no rule can pass from a subgraph to a client. */
export function isNeverReturned(name) {
    const canonical = canonicalName(name);
    return hopByHop.has(canonical) || canonical.startsWith('content-') || canonical.startsWith(':');
}
/** True for names that only a rule which names them can pass to a client. */
export const needsNamingInResponse = (name) => responseOnlyWhenNamed.test(canonicalName(name));
//# sourceMappingURL=reserved-headers.js.map