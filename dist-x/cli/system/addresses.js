import { portOf } from "./sample-ports.js";
/** The addresses that people and clients use, a line each. */
export function addressLines(portBase) {
    const url = (name, path) => `http://127.0.0.1:${portOf(name, portBase)}${path}`;
    const lines = [
        ['gateway', url('gateway', '/graphql')],
        ['bff-web', url('bff-web', '/graphql')],
        ['bff-mobile', url('bff-mobile', '/graphql')],
        ['sandbox', url('gateway', '/sandbox')],
        ['health', url('gateway', '/health/ready')],
    ];
    return lines.map(([name, address]) => `  ${name.padEnd(10)} ${address}\n`).join('');
}
//# sourceMappingURL=addresses.js.map