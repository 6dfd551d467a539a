import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { parse } from 'yaml';
import {
  configDefaults,
  configSchema,
  followConfig,
  loadConfig,
  parseConfig,
  type GatewayConfig,
  type LoadedConfig,
} from './config.ts';

function read(text: string, env: Record<string, string> = {}): GatewayConfig {
  const result = parseConfig({ file: 'gateway.yaml', text }, '/srv', env);
  assert.ok(result.ok, result.ok ? '' : result.text);
  return result.config;
}

function said(text: string): readonly string[] {
  const result = parseConfig({ file: 'gateway.yaml', text }, '/srv', {});
  assert.ok(!result.ok, 'the file should be refused');
  return result.problems.map(
    (one) => `${String(one.line)}:${String(one.column)} ${one.path}: ${one.message}`,
  );
}

test('without a file the gateway is open for trying out: no token, introspection, sandbox', () => {
  const result = loadConfig(undefined, {});
  assert.ok(result.ok);
  assert.equal(result.config.authentication.router.jwt, undefined);
  assert.equal(result.config.supergraph.introspection, true);
  assert.equal(result.config.sandbox.enabled, true);
  assert.equal(result.config.csrf.enabled, true);
});

test('the printed defaults read back as what an empty file gives, and name every section', () => {
  assert.deepEqual(read(configDefaults()), read(''));
  const schema = configSchema() as { properties: Record<string, unknown> };
  assert.deepEqual(Object.keys(parse(configDefaults()) as object), Object.keys(schema.properties));
});

test('durations become milliseconds, sizes bytes, header names lower case, addresses host and port', () => {
  const config = read(
    `
supergraph: { listen: "[::1]:4001" }
traffic_shaping: { router: { timeout: 250ms }, all: { timeout: 1h } }
limits: { http_max_request_bytes: 256KB }
csrf: { required_headers: [X-Mine] }
override_subgraph_url: { reviews: http://127.0.0.1:5000/graphql, orders: ["http://a/", "http://b/"] }
`.replace('timeout: 1h', 'timeout: 2m'),
  );
  assert.deepEqual(config.supergraph.listen, { host: '::1', port: 4001 });
  assert.equal(config.traffic_shaping.router.timeout, 250);
  assert.equal(config.traffic_shaping.all.timeout, 120_000);
  assert.equal(config.limits.http_max_request_bytes, 262_144);
  assert.deepEqual(config.csrf.required_headers, ['x-mine']);
  assert.deepEqual(config.override_subgraph_url['reviews'], ['http://127.0.0.1:5000/graphql']);
  assert.deepEqual(config.override_subgraph_url['orders'], ['http://a/', 'http://b/']);
});

test('header rules come out as one kind each', () => {
  const { headers } = read(`
headers:
  all:
    request:
      - propagate: { named: Authorization, rename: x-auth, default: none }
      - propagate: { matching: "^x-trace-.*" }
      - remove: { named: cookie }
      - insert: { name: X-User-Id, from_claim: sub }
      - insert: { name: x-env, value: test }
    response:
      - propagate: { named: x-served-by, merge: append }
`);
  assert.deepEqual(headers.all.request, [
    { kind: 'propagate', from: { named: 'authorization' }, rename: 'x-auth', default: 'none' },
    { kind: 'propagate', from: { matching: '^x-trace-.*' }, rename: undefined, default: undefined },
    { kind: 'remove', from: { named: 'cookie' } },
    { kind: 'insert', name: 'x-user-id', fromClaim: 'sub' },
    { kind: 'insert', name: 'x-env', value: 'test' },
  ]);
  assert.deepEqual(headers.all.response, [
    { kind: 'propagate', from: { named: 'x-served-by' }, rename: undefined, merge: 'append' },
  ]);
});

test('the whole example of the documentation that has a running feature is accepted', () => {
  const config = read(
    `
authentication:
  router:
    jwt:
      jwks:
        - { url: "https://issuer.example/.well-known/jwks.json", issuers: ["https://issuer.example/"], audiences: [my-gateway],
            algorithms: [RS256, ES256], poll_interval: 60s, cooldown: 1s, max_age: 10m, timeout: 1s }
        - { file: keys.json, types: [jwt], max_stale: 1h }
      sources: [ { type: header, name: authorization, value_prefix: Bearer }, { type: cookie, name: session } ]
      clock_tolerance: 5s
      max_token_bytes: 8192
      on_error: continue
authorization: { require_authentication: true, directives: { mode: reject, dry_run: true } }
cors: { policies: [ { origins: ["https://app.example"], allow_credentials: true } ] }
include_subgraph_errors: { all: true, subgraphs: { reviews: { redact_message: true, allow_extensions_keys: [code] } } }
plugins: [./mine.ts]
shutdown: { drain: "\${env.DRAIN:-7s}" }
workers: auto
supergraph: { query_planning: { cache: { redis: { urls: ["redis://127.0.0.1:6379"], timeout: 20ms } } } }
`,
  );
  assert.equal(config.authentication.router.jwt?.jwks[0]?.max_age, 600_000);
  assert.equal(config.authentication.router.jwt.jwks[1]?.file, '/srv/keys.json');
  assert.deepEqual(config.plugins, ['/srv/mine.ts']);
  assert.equal(config.shutdown.drain, 7000);
  assert.equal(config.workers, 'auto');
  assert.deepEqual(config.supergraph.query_planning.cache.redis, {
    urls: ['redis://127.0.0.1:6379'],
    namespace: 'weir',
    timeout: 20,
    ttl: 86_400_000,
  });
});

for (const [text, expected] of [
  ['subscription: { enabled: true }', '1:1 subscription: not available in this version yet'],
  [
    'traffic_shaping: { all: { retry: {} } }',
    '1:27 traffic_shaping.all.retry: not available in this version yet',
  ],
  [
    'traffic_shaping: { subgraphs: { a: { circuit_breaker: {} } } }',
    '1:38 traffic_shaping.subgraphs.a.circuit_breaker: not available in this version yet',
  ],
  ['telemetry: { tracing: {} }', '1:14 telemetry.tracing: not available in this version yet'],
  [
    'telemetry: { metrics: { prometheus: { enabled: true, path: /graphql } } }',
    '1:60 telemetry.metrics.prometheus.path: something else is answered at this path, got "/graphql"',
  ],
  ['homepage: {}', '1:1 homepage: write "sandbox: { enabled: … }" instead'],
  ['limits: { max_dept: 5 }', '1:11 limits.max_dept: unknown key — did you mean "max_depth"?'],
  ['limits: { max_depth: 0 }', '1:22 limits.max_depth: too small (at least 1), got 0'],
  ['shutdown: { drain: 5 }', '1:20 shutdown.drain: expected text, got 5'],
  ['shutdown: { drain: 5 s }', '1:20 shutdown.drain: expected a duration such as 250ms, 5s or 1h, got "5 s"'],
  ['shutdown: { drain: 2h }', '1:20 shutdown.drain: must be between 0s and 10m, got "2h"'],
  [
    'limits: { http_max_request_bytes: 5TB }',
    '1:35 limits.http_max_request_bytes: expected a size such as 256KB or 5MB, got "5TB"',
  ],
  [
    'supergraph: { listen: "4000" }',
    '1:23 supergraph.listen: expected an address and a port such as 127.0.0.1:4000, got "4000"',
  ],
  [
    'supergraph: { listen: "a:70000" }',
    '1:23 supergraph.listen: the port must be at most 65535, got "a:70000"',
  ],
  [
    'cors: { policies: [ { origins: ["https://a.example/x"] } ] }',
    '1:33 cors.policies[0].origins[0]: expected an origin such as https://app.example, without a path, got "https://a.example/x"',
  ],
  [
    'headers: { all: { request: [ { propagate: {} } ] } }',
    '1:43 headers.all.request[0].propagate: write either "named" or "matching"',
  ],
  [
    'headers: { all: { request: [ { propagate: { matching: "(" } } ] } }',
    '1:55 headers.all.request[0].propagate.matching: expected a regular expression, got "("',
  ],
  [
    'headers: { all: { request: [ { insert: { name: a, value: "b\\nc" } } ] } }',
    '1:58 headers.all.request[0].insert.value: a header value must not hold control characters, got "b\\nc"',
  ],
  [
    'authorization: { require_authentication: true }',
    '1:42 authorization.require_authentication: needs authentication.router.jwt or api_keys: without them every request would be refused, got true',
  ],
  ['workers: 0', '1:10 workers: too small (at least 1), got 0'],
  ['workers: many', '1:10 workers: expected a number or "auto", got "many"'],
  [
    'supergraph: { query_planning: { cache: { redis: { urls: ["http://127.0.0.1:6379"] } } } }',
    '1:58 supergraph.query_planning.cache.redis.urls[0]: expected an address such as redis://127.0.0.1:6379 or rediss://user:password@host:6379/0, got "http://127.0.0.1:6379"',
  ],
  [
    'authentication: { router: { jwt: { jwks: [ { url: "http://a/", file: b } ] } } }',
    '1:44 authentication.router.jwt.jwks[0]: write either "url" or "file"',
  ],
  [
    'include_subgraph_errors: { all: { redact: true } }',
    '1:35 include_subgraph_errors.all.redact: unknown key — did you mean "redact_message"?',
  ],
  ['- a', '1:1 : expected a mapping, got a list'],
] as const) {
  test(`${text} is refused with its place`, () => {
    assert.deepEqual(said(text), [expected]);
  });
}

test('a missing file names the nearest one, a folder is no file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  try {
    writeFileSync(join(folder, 'gateway.yaml'), 'supergraph: { path: /q }');
    const missing = loadConfig(join(folder, 'gatewy.yaml'), {});
    assert.ok(!missing.ok);
    assert.match(missing.text, /no such file — did you mean .*gateway\.yaml\?/);
    const directory = loadConfig(folder, {});
    assert.ok(!directory.ok);
    assert.match(directory.text, /is not a file/);
    const found = loadConfig(join(folder, 'gateway.yaml'), {});
    assert.ok(found.ok);
    assert.equal(found.config.supergraph.path, '/q');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a file that is followed is told once for each change, also when it is replaced, removed and made again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'gateway.yaml');
  const write = (depth: string): void => writeFileSync(path, `limits: { max_depth: ${depth} }`);
  write('1');
  const told: LoadedConfig[] = [];
  const followed = followConfig({ path, env: {} }, read('limits: { max_depth: 1 }'), (loaded) =>
    Promise.resolve(void told.push(loaded)),
  );
  t.after(() => followed.close());
  const until = async (change: () => void, count: number): Promise<LoadedConfig | undefined> => {
    const late = AbortSignal.timeout(10_000);
    // The watcher may not be there yet: the change is made again until it is seen.
    while (told.length < count) {
      change();
      await sleep(250, undefined, { signal: late });
    }
    return told[count - 1];
  };
  const depthOf = (loaded: LoadedConfig | undefined): unknown =>
    loaded?.ok === true ? loaded.config.limits.max_depth : loaded?.text;
  assert.equal(
    depthOf(
      await until(() => {
        write('2');
      }, 1),
    ),
    2,
  );
  assert.match(
    String(
      depthOf(
        await until(() => {
          write('no');
        }, 2),
      ),
    ),
    /max_depth/,
  );
  const remove = (): void => {
    rmSync(path, { force: true });
  };
  const replace = (): void => {
    writeFileSync(`${path}.new`, 'limits: { max_depth: 3 }');
    renameSync(`${path}.new`, path);
  };
  assert.equal(depthOf(await until(replace, 3)), 3);
  assert.match(String(depthOf(await until(remove, 4))), /no such file/);
  assert.equal(
    depthOf(
      await until(() => {
        write('4');
      }, 5),
    ),
    4,
  );
  write('4');
  await sleep(300);
  assert.equal(told.length, 5);
});

test('a file that is mounted by links, as in Kubernetes, is followed to where they lead next', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const mount = (name: string, depth: number): void => {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'gateway.yaml'), `limits: { max_depth: ${String(depth)} }`);
    symlinkSync(name, join(folder, 'next'));
    renameSync(join(folder, 'next'), join(folder, '..data'));
  };
  mount('one', 1);
  const path = join(folder, 'gateway.yaml');
  symlinkSync('..data/gateway.yaml', path);
  const told: LoadedConfig[] = [];
  const followed = followConfig({ path, env: {} }, read('limits: { max_depth: 1 }'), (loaded) =>
    Promise.resolve(void told.push(loaded)),
  );
  t.after(() => followed.close());
  const late = AbortSignal.timeout(10_000);
  await sleep(300);
  mount('two', 2);
  rmSync(join(folder, 'one'), { recursive: true });
  while (told.length === 0) await sleep(50, undefined, { signal: late });
  const [first] = told;
  assert.ok(first?.ok);
  assert.equal(first.config.limits.max_depth, 2);
});

test('a check that throws while a file is followed is told as a problem, and the next file is read again', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'gateway.yaml');
  writeFileSync(path, 'limits: { max_depth: 1 }');
  const env = new Proxy(
    {},
    {
      getOwnPropertyDescriptor: () => {
        throw new Error('no such thing');
      },
    },
  );
  const told: LoadedConfig[] = [];
  const followed = followConfig({ path, env }, read('limits: { max_depth: 1 }'), (loaded) =>
    Promise.resolve(void told.push(loaded)),
  );
  t.after(() => followed.close());
  const late = AbortSignal.timeout(10_000);
  const change = async (text: string, count: number): Promise<LoadedConfig | undefined> => {
    while (told.length < count) {
      writeFileSync(path, text);
      await sleep(250, undefined, { signal: late });
    }
    return told[count - 1];
  };
  const broken = await change('workers: ${env.COUNT:-1}', 1);
  assert.ok(broken?.ok === false);
  assert.match(broken.text, /gateway\.yaml: 1 problem\n.*fault of weir itself: no such thing/s);
  const mended = await change('limits: { max_depth: 2 }', 2);
  assert.ok(mended?.ok);
  assert.equal(mended.config.limits.max_depth, 2);
});

test('any value in any place is accepted or refused with a place inside the file, never thrown', () => {
  const sections = Object.keys((configSchema() as { properties: object }).properties);
  const value = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...sections), value, { maxKeys: 4 }), (config) => {
      const text = JSON.stringify(config, undefined, 1);
      const result = parseConfig({ file: 'x', text }, '/srv', {});
      if (result.ok) return;
      const lines = text.split('\n').length;
      for (const problem of result.problems) {
        assert.ok(problem.line >= 1 && problem.line <= lines);
        assert.doesNotMatch(problem.message, /\[object|undefined/);
      }
    }),
    { numRuns: 300 },
  );
});

for (const [place, section] of Object.entries({
  'response_cache.storage.redis.urls[0]': (urls: string) =>
    `response_cache: { storage: { redis: { urls: ${urls} } } }`,
  'apq.redis.urls[0]': (urls: string) => `apq: { redis: { urls: ${urls} } }`,
  'supergraph.query_planning.cache.redis.urls[0]': (urls: string) =>
    `supergraph: { query_planning: { cache: { redis: { urls: ${urls} } } } }`,
  'rate_limit.redis.urls[0]': (urls: string) => `rate_limit: { redis: { urls: ${urls} } }`,
})) {
  test(`a password that is not percent-encoded is a problem of ${place}, with its line`, () => {
    for (const address of ['redis://u:%zz@h', 'redis-cluster://u:%@h', 'redis-sentinel://u:%ff@h']) {
      const [problem = ''] = said(`# a line before it\n${section(`['${address}']`)}`);
      assert.match(problem, /^2:\d+ /);
      assert.ok(
        problem.includes(`${place}: user or password is not percent-encoded: write % as %25`),
        problem,
      );
    }
  });
}

test('tags of answers go into a header that means nothing else', () => {
  const header = (name: string) => `response_cache: { cache_tag_header: ${name} }`;
  for (const name of ['Cache-Tag', 'Surrogate-Key', 'Edge-Cache-Tag', 'xkey', 'X-Cache-Tags', 'x-key'])
    assert.equal(read(header(name)).response_cache.cache_tag_header, name.toLowerCase());
  for (const name of [
    ...['cache-control', 'Cache-Control', 'cache_control', 'CDN-Cache-Control', 'Surrogate-Control'],
    ...['Vary', 'Age', 'ETag', 'Expires', 'Date', 'Last-Modified', 'Set-Cookie', 'Content-Type'],
    ...['Content-Length', 'Connection', 'Transfer-Encoding', 'Location', 'WWW-Authenticate', 'X-Request-Id'],
    ...['Access-Control-Allow-Origin', 'X-Accel-Redirect', 'Strict-Transport-Security', 'Retry-After'],
  ]) {
    assert.deepEqual(
      said(header(name)).map((problem) => problem.replace(/^.*cache_tag_header: |, got .*$/g, '')),
      [
        'tags would replace what this header says: expected one for tags alone, such as Cache-Tag or Surrogate-Key',
      ],
      name,
    );
  }
});

test('one empty address is no Redis for the cache, and a mistake elsewhere', () => {
  const parsed = (text: string) => parseConfig({ file: 'gateway.yaml', text }, '/srv', {});
  const cache = (more: string) =>
    `response_cache: { enabled: true, storage: { redis: { urls: ['\${env.REDIS_URL:-}'] } } }\n${more}`;
  assert.ok(parsed(cache('')).ok);
  const workers = parsed(cache('workers: 2'));
  assert.match(workers.ok ? '' : workers.text, /several workers drop entries together only through it/);
  assert.ok(!parsed("apq: { redis: { urls: [''] } }").ok);
  assert.ok(!parsed("response_cache: { storage: { redis: { urls: ['', ''] } } }").ok);
});

test('a password in an address is shown nowhere, however wrong the address is', () => {
  for (const address of ['redis://u:hunter2%@h', 'redis://u:hunter/2@3@h/x', 'http://u:hunter2@h']) {
    const result = parseConfig(
      { file: 'gateway.yaml', text: `apq: { redis: { urls: ['${address}'] } }\n` },
      '/srv',
      {},
    );
    assert.ok(!result.ok);
    assert.doesNotMatch(result.text, /hunter/);
  }
});
