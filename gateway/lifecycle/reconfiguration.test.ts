import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { composedSupergraph } from '../../test/plan/composed-supergraph.ts';
import { parseConfig, type GatewayConfig, type LoadedConfig } from '../config/config.ts';
import { reconfigured, restartKeys } from './config-change.ts';
import { startGateway, type Gateway } from '../gateway.ts';

/** Its subgraph has no URL: that has to come from the configuration. */
const sdl = composedSupergraph({ a: 'type Query { hello: String }' }).replace('http://a.test/graphql', '');

function loaded(text: string): LoadedConfig {
  return parseConfig({ file: 'gateway.yaml', text }, '/', {});
}

function configOf(text: string): GatewayConfig {
  const parsed = loaded(text);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.text);
  return parsed.config;
}

interface Subgraph {
  readonly url: string;
  readonly asked: IncomingMessage[];
  /** Answers nothing more until the function is called. */
  readonly hold: () => () => void;
}

async function subgraph(t: TestContext): Promise<Subgraph> {
  const asked: IncomingMessage[] = [];
  let gate = Promise.resolve();
  const server = createServer((request, response) => {
    asked.push(request.resume());
    void gate.then(() => {
      response.setHeader('content-type', 'application/json');
      response.end('{"data":{"hello":"world"},"errors":[{"message":"inner"}]}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close().closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const hold = (): (() => void) => {
    let go: () => void = () => undefined;
    gate = new Promise((resolve) => (go = resolve));
    return go;
  };
  return { url: `http://127.0.0.1:${String(port)}/`, asked, hold };
}

interface Running {
  readonly gateway: Gateway;
  readonly lines: Record<string, unknown>[];
  readonly ask: (headers?: Record<string, string>) => Promise<Response>;
}

async function running(t: TestContext, config: string): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-reconfigured-'));
  const path = join(folder, 'supergraph.graphql');
  writeFileSync(path, sdl);
  const lines: Record<string, unknown>[] = [];
  const gateway = await startGateway({
    supergraph: { kind: 'file', path },
    config: configOf(config),
    port: 0,
    log: { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  t.after(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true });
  });
  const ask = (headers: Record<string, string> = {}): Promise<Response> =>
    fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://app.example', ...headers },
      body: '{"query":"{ hello }"}',
    });
  return { gateway, lines, ask };
}

const messages = async (response: Response): Promise<readonly string[]> => {
  const { errors = [] } = (await response.json()) as { errors?: { message: string }[] };
  return errors.map(({ message }) => message);
};

test('a new configuration holds for new requests; one in flight ends on the old one', async (t) => {
  const { url, asked, hold } = await subgraph(t);
  const { gateway, ask, lines } = await running(t, `override_subgraph_url: { a: "${url}" }`);
  const go = hold();
  const inFlight = ask({ 'x-mine': '1' });
  while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await gateway.reconfigure(
    loaded(`
override_subgraph_url: { a: "${url}" }
headers: { all: { request: [ { propagate: { named: x-mine } } ] } }
include_subgraph_errors: { all: true }
cors: { policies: [ { origins: ["https://app.example"] } ] }
limits: { max_depth: 50 }
`),
  );
  const after = ask({ 'x-mine': '2' });
  while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  go();
  const [old, fresh] = await Promise.all([inFlight, after]);
  assert.equal(old.headers.get('access-control-allow-origin'), null);
  assert.equal(fresh.headers.get('access-control-allow-origin'), 'https://app.example');
  assert.deepEqual(
    asked.map(({ headers }) => headers['x-mine']),
    [undefined, '2'],
  );
  assert.notDeepEqual(await messages(old), ['inner']);
  assert.deepEqual(await messages(fresh), ['inner']);
  assert.ok(lines.some(({ msg }) => msg === 'configuration taken over'));
});

test('who may ask changes with the configuration', async (t) => {
  const { url } = await subgraph(t);
  const same = `override_subgraph_url: { a: "${url}" }\n`;
  const { gateway, ask } = await running(t, same);
  assert.equal((await ask()).status, 200);
  const keys = join(mkdtempSync(join(tmpdir(), 'weir-keys-')), 'keys.json');
  t.after(() => rmSync(join(keys, '..'), { recursive: true }));
  const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: '1' };
  writeFileSync(keys, JSON.stringify({ keys: [key] }));
  await gateway.reconfigure(
    loaded(
      `${same}authentication: { router: { jwt: { jwks: [ { file: "${keys}" } ] } } }\nauthorization: { require_authentication: true }`,
    ),
  );
  assert.equal((await ask()).status, 401);
  await gateway.reconfigure(loaded(same));
  assert.equal((await ask()).status, 200);
});

test('a configuration on which the supergraph cannot be served is told and dropped as a whole', async (t) => {
  const { url } = await subgraph(t);
  const { gateway, ask, lines } = await running(t, `override_subgraph_url: { a: "${url}" }`);
  await gateway.reconfigure(loaded('cors: { policies: [ { origins: ["https://app.example"] } ] }'));
  const response = await ask();
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('access-control-allow-origin'), null);
  const told = lines.find(({ level }) => level === 'error');
  assert.match(String(told?.['problems']), /set override_subgraph_url\.a in gateway\.yaml/);
});

test('the same configuration changes nothing; the level of the log changes; what needs a restart is named and stays', async (t) => {
  const { url } = await subgraph(t);
  const same = `override_subgraph_url: { a: "${url}" }`;
  const { gateway, ask, lines } = await running(t, same);
  const atFirst = lines.length;
  await gateway.reconfigure(loaded(same));
  assert.equal(lines.length, atFirst);
  await gateway.reconfigure(loaded('limits: { max_depth: no }'));
  assert.match(String(lines[atFirst]?.['problems']), /max_depth/);
  await gateway.reconfigure(
    loaded(
      `${same}\nsupergraph: { path: /other, listen: "127.0.0.1:1" }\ntelemetry: { logging: { level: warn } }`,
    ),
  );
  assert.deepEqual(lines.find(({ msg }) => msg === 'these take effect after a restart')?.['keys'], [
    'supergraph.listen',
    'supergraph.path',
  ]);
  const before = lines.length;
  assert.equal((await ask()).status, 200);
  assert.equal(lines.length, before, 'the request is told at a level below');
});

for (const [key, text] of Object.entries({
  'supergraph.listen': 'supergraph: { listen: "127.0.0.1:1" }',
  'supergraph.path': 'supergraph: { path: /q }',
  'health_check.path': 'health_check: { path: /h }',
  'sandbox.enabled': 'sandbox: { enabled: false }',
  'limits.http_max_header_bytes': 'limits: { http_max_header_bytes: 8KB }',
  'limits.http_headers_timeout': 'limits: { http_headers_timeout: 3s }',
  'limits.http_body_timeout': 'limits: { http_body_timeout: 3s }',
  plugins: 'plugins: [./a.ts]',
  'telemetry.logging.format': 'telemetry: { logging: { format: json } }',
  'telemetry.metrics': 'telemetry: { metrics: { prometheus: { enabled: true } } }',
  workers: 'workers: auto',
} satisfies Record<(typeof restartKeys)[number], string>)) {
  test(`${key} stays until a restart`, () => {
    const now = configOf('');
    assert.deepEqual(reconfigured(now, configOf(text)), {
      config: now,
      changed: false,
      afterRestart: [key],
    });
  });
}

test('settings for subgraphs that are not there are told at the start and with each configuration', async (t) => {
  const { url } = await subgraph(t);
  const own = `override_subgraph_url: { a: "${url}" }\n`;
  const { gateway, lines } = await running(t, `${own}traffic_shaping: { subgraphs: { A: { timeout: 1s } } }`);
  const told = (): readonly unknown[] =>
    lines
      .filter(({ msg }) => msg === 'the configuration speaks of subgraphs that the supergraph does not have')
      .map(({ keys }) => keys);
  assert.deepEqual(told(), ['traffic_shaping.subgraphs.A (did you mean "a"?)']);
  await gateway.reconfigure(
    loaded(
      `${own}demand_control: { strategy: { static_estimated: { subgraph: { subgraphs: { other: { max: 1 } } } } } }`,
    ),
  );
  assert.deepEqual(told().slice(1), ['demand_control.strategy.static_estimated.subgraph.subgraphs.other']);
  await gateway.reconfigure(loaded(own));
  assert.equal(told().length, 2);
});

test('times for types that are not there are told at the start and with each configuration', async (t) => {
  const { url } = await subgraph(t);
  const own = `override_subgraph_url: { a: "${url}" }\n`;
  const { gateway, lines } = await running(
    t,
    `${own}response_cache: { subgraph: { all: { types: { Strin: { ttl: 1m } } } } }`,
  );
  const told = (): readonly unknown[] =>
    lines.filter(({ msg }) => String(msg).includes('speaks of types')).map(({ keys }) => keys);
  assert.deepEqual(told(), ['response_cache.subgraph.all.types.Strin (did you mean "String"?)']);
  await gateway.reconfigure(
    loaded(`${own}response_cache: { subgraph: { subgraphs: { a: { types: { Nowhere: { ttl: 1m } } } } } }`),
  );
  assert.deepEqual(told().slice(1), ['response_cache.subgraph.subgraphs.a.types.Nowhere']);
  await gateway.reconfigure(loaded(own));
  assert.equal(told().length, 2);
});

test('profiles of client programs change with the configuration', async (t) => {
  const { url } = await subgraph(t);
  const own = `override_subgraph_url: { a: "${url}" }\n`;
  const { gateway, ask } = await running(t, own);
  const asWeb = { 'apollographql-client-name': 'web' };
  assert.notDeepEqual(await messages(await ask(asWeb)), ['inner']);
  await gateway.reconfigure(
    loaded(`${own}client_profiles: { web: { client: web, include_subgraph_errors: true } }`),
  );
  assert.deepEqual(await messages(await ask(asWeb)), ['inner']);
  assert.notDeepEqual(await messages(await ask()), ['inner']);
  await gateway.reconfigure(
    loaded(`${own}client_profiles: { web: { client: web, rate_limit: { rate: { requests: 1, per: 1h } } } }`),
  );
  await ask(asWeb);
  assert.equal((await ask(asWeb)).status, 429);
  assert.equal((await ask()).status, 200);
});
