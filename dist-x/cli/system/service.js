import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { nodeOptions } from "../../gateway/model/node-options.js";
import { homeOf } from "./home.js";
import { portOf } from "./sample-ports.js";
const host = '127.0.0.1';
const subgraphs = ['accounts', 'catalog', 'inventory', 'orders', 'reviews'];
/** The sample system: five subgraphs, the gateway, two servers for clients. */
export function sampleServices(settings) {
    const { root, portBase, env } = settings;
    const url = (name) => `http://${host}:${portOf(name, portBase)}`;
    const endpoints = Object.fromEntries(subgraphs.map((name) => [
        `${name.toUpperCase()}_URL`,
        env[`${name.toUpperCase()}_URL`] ?? `${url(name)}/graphql`,
    ]));
    const shared = {
        ...env,
        ...endpoints,
        HOST: host,
        JWKS_URL: env['JWKS_URL'] ?? `${url('accounts')}/.well-known/jwks.json`,
    };
    const server = (name, folder, more) => ({
        name,
        command: process.execPath,
        args: ['--import', 'tsx', 'src/main.ts'],
        cwd: join(root, folder),
        env: { ...shared, PORT: String(portOf(name, portBase)), ...more },
        host,
        port: portOf(name, portBase),
        healthUrl: `${url(name)}/health`,
        stage: folder.startsWith('subgraphs') ? 0 : 2,
    });
    const proof = proofs(env, settings.secret);
    const origins = [url('gateway'), url('gateway').replace(host, 'localhost')].join(',');
    const forClients = {
        GATEWAY_URL: `${url('gateway')}/graphql`,
        ALLOWED_ORIGINS: env['ALLOWED_ORIGINS'] ?? origins,
    };
    return [
        ...subgraphs.map((name) => server(name, `subgraphs/${name}`, {
            DATA_DIR: join(homeOf(root, env), 'data', name),
            ...proof.subgraph(name),
        })),
        gatewayService(settings, { ...shared, ...proof.gateway }, url('gateway')),
        server('bff-web', 'bff-web', forClients),
        server('bff-mobile', 'bff-mobile', forClients),
    ];
}
/** Keys by which subgraphs know the gateway, and those that orders asks know orders; what the environment says goes first. */
function proofs(env, secret) {
    const given = env['WEIR_HMAC_KEY'] ?? env['WEIR_HMAC_KEYS'];
    if (secret === undefined || given !== undefined)
        return { gateway: {}, subgraph: () => ({}) };
    const key = (name) => createHmac('sha256', secret).update(name).digest('base64url');
    const [gateway, orders] = [`gateway:${key('gateway')}`, `orders:${key('orders')}`];
    return {
        gateway: { WEIR_HMAC_KEY: key('gateway') },
        subgraph: (name) => ({
            WEIR_HMAC_KEYS: name === 'catalog' || name === 'inventory' ? `${gateway},${orders}` : gateway,
            ...(name === 'orders' ? { WEIR_HMAC_OWN_KEY: orders } : {}),
        }),
    };
}
function gatewayService({ root, portBase, self }, env, url) {
    const [command, ...args] = self;
    const port = portOf('gateway', portBase);
    const files = ['--config-supergraph', 'supergraph.yaml', '--config', 'gateway.yaml', '--wait', '--sample'];
    return {
        name: 'gateway',
        command,
        args: [...nodeOptions, ...args, 'serve', ...files, '--host', host, '--port', String(port)],
        cwd: root,
        env,
        host,
        port,
        healthUrl: `${url}/health/ready`,
        stage: 1,
    };
}
//# sourceMappingURL=service.js.map