import { Pool } from 'undici';
/** Connections without work are kept this long unless the server asks for less. */
const keepAlive = 60_000;
/**
 * Opens (lazily) a pool for `http://`, `https://` or `unix:///path/to.sock?path=/graphql`.
 * Throws a `TypeError` for any other URL.
 */
export function upstream(address, settings) {
    const url = new URL(address);
    if (url.protocol === 'unix:') {
        const socketPath = decodeURIComponent(url.pathname);
        const pool = connections('http://localhost', settings, { socketPath });
        return { pool, path: pathOn(url.searchParams.get('path') ?? '/'), address, restsUntil: 0 };
    }
    if (url.protocol !== 'http:' && url.protocol !== 'https:')
        throw new TypeError(`A subgraph's URL starts with http://, https:// or unix://, not ${url.protocol}//`);
    const { certificateAuthorities: ca } = settings;
    const pool = connections(url.origin, settings, ca === undefined ? {} : { connect: { ca } });
    return { pool, path: url.pathname + url.search, address, restsUntil: 0 };
}
/** Encoded as in a URL: it must not end the line it is written into. */
const pathOn = (path) => {
    const { pathname, search } = new URL(path, 'http://localhost');
    return pathname + search;
};
function connections(origin, settings, way) {
    const pool = new Pool(origin, {
        connections: settings.maxConcurrentRequests,
        pipelining: 1,
        clientTtl: null,
        keepAliveTimeout: keepAlive,
        connectTimeout: settings.timeout,
        // The call's own deadline covers both.
        headersTimeout: 0,
        bodyTimeout: 0,
        allowH2: settings.http2,
        ...way,
    });
    return {
        dispatch: ({ path, body, headers, moreHeaders }, handler) => void pool.dispatch({ path, method: 'POST', body, headers: [...headers, ...moreHeaders] }, handler),
        connected: () => pool.stats.connected,
        destroy: () => pool.destroy(),
    };
}
/** Takes turns among the addresses of one subgraph; one that rests is chosen only when all do. */
export function roundRobin(upstreams) {
    let turn = 0;
    return (now) => {
        const first = upstreams[turn % upstreams.length] ?? upstreams[0];
        for (let step = 0; step < upstreams.length; step += 1) {
            const candidate = upstreams[(turn + step) % upstreams.length];
            if (candidate === undefined || candidate.restsUntil > now)
                continue;
            turn = (turn + step + 1) % upstreams.length;
            return candidate;
        }
        turn = (turn + 1) % upstreams.length;
        return first;
    };
}
//# sourceMappingURL=upstream.js.map