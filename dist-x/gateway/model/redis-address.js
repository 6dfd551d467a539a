const schemes = /^(rediss?)(-cluster|-sentinel)?:$/;
const sentinelPort = 26_379;
const redisPort = 6_379;
const wrong = (problem, index = 0) => ({ ok: false, problem, index });
const expected = 'expected an address such as redis://127.0.0.1:6379 or rediss://user:password@host:6379/0';
/**
 * Reads addresses as Apollo's router has them: `redis://`, `redis-cluster://`, `redis-sentinel://`, each with `rediss` for TLS.
 * Several, or `?node=host:port`, are nodes of one cluster, or sentinels of one `sentinelServiceName`. User, password and
 * database are those of the first.
 */
export function redisAddress(urls) {
    const found = urlsOf(urls);
    if (!Array.isArray(found))
        return found;
    const [first] = found;
    if (first === undefined)
        return wrong('expected at least one address');
    const [, scheme = '', kind] = schemes.exec(first.protocol) ?? [];
    const access = accessOf(first, scheme === 'rediss');
    if (kind === '-sentinel')
        return sentinels(first, found, access);
    if (kind === undefined && found.length === 1)
        return { ok: true, address: { kind: 'single', url: first.href } };
    const nodes = hostsOf(found, redisPort).map(({ host, port }) => `${scheme}://${bracketed(host)}:${String(port)}`);
    return { ok: true, address: { kind: 'cluster', nodes, access } };
}
function urlsOf(texts) {
    const read = [];
    for (const [index, text] of texts.entries()) {
        const url = URL.canParse(text) ? new URL(text) : undefined;
        if (url === undefined || !schemes.test(url.protocol) || url.hostname === '')
            return wrong(expected, index);
        if (url.protocol !== (read[0]?.protocol ?? url.protocol))
            return wrong('addresses of one Redis must begin alike', index);
        read.push(url);
    }
    return read;
}
function sentinels(first, all, access) {
    const { searchParams, pathname } = first;
    const name = searchParams.get('sentinelServiceName');
    if (name === null || name === '')
        return wrong('sentinels need the name of what they watch: redis-sentinel://host:26379?sentinelServiceName=mymaster');
    const database = Number(pathname.replace('/', ''));
    if (!Number.isSafeInteger(database) || database < 0)
        return wrong('the database must be a number, such as /0');
    const sentinelAccess = {
        username: searchParams.get('sentinelUsername') ?? undefined,
        password: searchParams.get('sentinelPassword') ?? undefined,
    };
    const hosts = hostsOf(all, sentinelPort);
    return {
        ok: true,
        address: { kind: 'sentinel', sentinels: hosts, name, database, access, sentinelAccess },
    };
}
function accessOf({ username, password }, tls) {
    const given = (text) => (text === '' ? undefined : decodeURIComponent(text));
    return { username: given(username), password: given(password), tls };
}
function hostsOf(urls, otherwise) {
    return urls.flatMap(({ hostname, port, searchParams }) => [
        { host: plain(hostname), port: port === '' ? otherwise : Number(port) },
        ...searchParams.getAll('node').flatMap((node) => {
            const found = /^(.+?)(?::(\d{1,5}))?$/.exec(node);
            return found === null ? [] : [{ host: plain(found[1] ?? ''), port: Number(found[2] ?? otherwise) }];
        }),
    ]);
}
const plain = (host) => host.replace(/^\[|\]$/g, '');
const bracketed = (host) => (host.includes(':') ? `[${host}]` : host);
//# sourceMappingURL=redis-address.js.map