import { BlockList, isIP } from 'node:net';
import { LRUCache } from 'lru-cache';
/** Further hops of `x-forwarded-for` are not looked at. */
const mostHops = 20;
const mostKnown = 1_000;
/**
 * Finds the address that a request comes from. `x-forwarded-for` is believed as far as proxies in `trusted` wrote it:
 * from its end, up to the first address that is none of them. Addresses or networks such as `10.0.0.0/8`.
 */
export function addressFinder(trusted) {
    const proxies = new BlockList();
    for (const one of trusted) {
        const [address = '', bits] = one.split('/');
        const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
        if (bits === undefined)
            proxies.addAddress(address, family);
        else
            proxies.addSubnet(address, Number(bits), family);
    }
    // Of people who come again and again, and of proxies: a few peers make most of the requests.
    const known = new LRUCache({ max: mostKnown });
    const withoutProxies = (peer) => {
        const found = known.get(peer) ?? network(plain(peer));
        known.set(peer, found);
        return found;
    };
    const isProxy = (address) => trusted.length > 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
    return (peer, headers) => {
        if (trusted.length === 0)
            return withoutProxies(peer ?? '');
        let address = plain(peer ?? '');
        if (!isProxy(address))
            return network(address);
        for (const hop of hopsOf(headers)) {
            if (isIP(hop) === 0)
                break;
            address = hop;
            if (!isProxy(hop))
                break;
        }
        return network(address);
    };
}
/** From the one next to us to the first. */
function hopsOf(headers) {
    const header = headers['x-forwarded-for'];
    const text = typeof header === 'string' ? header : (header ?? []).join(',');
    return text
        .split(',')
        .slice(-mostHops)
        .reverse()
        .map((hop) => plain(hop.trim()));
}
/** Without brackets and port; an IPv4 address that is written as IPv6 is that IPv4 address. */
function plain(address) {
    const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
    return bare.replace(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i, '$1');
}
/** An IPv6 customer has a network of 64 bits, and any address in it for each request. */
function network(address) {
    if (isIP(address) !== 6)
        return address;
    const [head = '', tail] = address.toLowerCase().split('::');
    const first = head === '' ? [] : head.split(':');
    const last = tail === undefined || tail === '' ? [] : tail.split(':');
    const gap = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0');
    return `${[...first, ...gap, ...last]
        .slice(0, 4)
        .map((group) => group.replace(/^0+(?=.)/, ''))
        .join(':')}::/64`;
}
//# sourceMappingURL=client-address.js.map