/** Where the parts of the sample system listen, counted from the port base. */
const offsets = {
    gateway: 0,
    'bff-web': 1,
    'bff-mobile': 2,
    accounts: 101,
    catalog: 102,
    inventory: 103,
    orders: 104,
    reviews: 105,
};
/** The port of a part of the sample system. */
export function portOf(name, portBase) {
    return portBase + offsets[name];
}
/** With room for parts to come. */
export const highestPortBase = 65_335;
/**
 * Browsers and Node's fetch do not ask these, so that a server there would be waited for in vain.
 * https://fetch.spec.whatwg.org/#port-blocking
 */
export const refusedPorts = new Set([
    ...[1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103],
    ...[
        104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
    ],
    ...[515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723],
    ...[2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080],
]);
/** Why a base cannot be used; `undefined`: it can. */
export function refusedPort(portBase) {
    const name = refusedPart(portBase);
    if (name === undefined)
        return undefined;
    let instead = Math.ceil((portBase + 1) / 10) * 10;
    while (refusedPart(instead) !== undefined)
        instead += 10;
    return { name, port: portOf(name, portBase), instead: Math.min(instead, highestPortBase) };
}
function refusedPart(portBase) {
    return Object.keys(offsets).find((name) => refusedPorts.has(portOf(name, portBase)));
}
//# sourceMappingURL=sample-ports.js.map