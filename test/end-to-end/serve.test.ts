import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve, serveInVain, type Served } from '../gateway/served.ts';
import { startPublicShop, type PublicShop } from './public-shop.ts';

let shop: PublicShop;
let served: Served;
const folder = mkdtempSync(join(tmpdir(), 'weir-serve-'));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

before(async () => {
  shop = await startPublicShop();
  served = await serve('--supergraph', file('supergraph.graphql', shop.sdl), '--port', '0');
});

after(async () => {
  served.signal('SIGTERM');
  assert.equal(await served.ended, 0, served.output());
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const query = `{ me { name reviews { body product { name } } }
  topProducts(first: 2) { upc name price inStock shippingEstimate reviews { body author { username } } } }`;
const review = { body: 'Love it!', author: { username: '@ada' } };
const whole = {
  me: { name: 'Ada Lovelace', reviews: [{ body: 'Love it!', product: { name: 'Table' } }] },
  topProducts: [
    { upc: '1', name: 'Table', price: 899, inStock: true, shippingEstimate: 50, reviews: [review] },
    { upc: '2', name: 'Couch', price: 1299, inStock: true, shippingEstimate: 0, reviews: [review] },
  ],
};

async function post(): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(served.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  assert.equal(response.status, 200);
  return response.json();
}

test('a supergraph and subgraphs that are not ours are answered by POST', async () => {
  assert.deepEqual(await post(), { data: whole });
});

test('and by GET', async () => {
  const url = `${served.url}?query=${encodeURIComponent(query)}`;
  const response = await fetch(url, { headers: { 'apollo-require-preflight': '1' } });
  assert.deepEqual(await response.json(), { data: whole });
});

test('a subgraph that answers garbage costs its part of the answer, and heals', async () => {
  shop.subgraphs.reviews.trouble = (response) => void response.end('<<<garbage>>>');
  const { data, errors } = (await post()) as {
    readonly data: { readonly topProducts: readonly { readonly name: string; readonly reviews: unknown }[] };
    readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
  };
  shop.subgraphs.reviews.trouble = undefined;
  assert.deepEqual(
    data.topProducts.map(({ name, reviews }) => [name, reviews]),
    [['Table', null], ['Couch', null]],
  ); // prettier-ignore
  assert.deepEqual(
    new Set(errors.map(({ extensions }) => extensions.code)),
    new Set(['SUBREQUEST_HTTP_ERROR']),
  );
  assert.doesNotMatch(JSON.stringify(errors), /garbage|127\.0\.0\.1/);
  assert.deepEqual(await post(), { data: whole });
});

for (const path of ['live', 'ready']) {
  test(`/health/${path} says that it is up`, async () => {
    const response = await fetch(new URL(`/health/${path}`, served.url));
    assert.deepEqual([response.status, await response.json()], [200, { status: 'UP' }]);
  });
}

test('a browser that opens / lands on the sandbox, and anybody else finds nothing there', async () => {
  const root = new URL('/', served.url);
  const page = await fetch(root, { headers: { accept: 'text/html,*/*' } });
  assert.equal(new URL(page.url).pathname, '/sandbox/');
  assert.match(await page.text(), /<!doctype html>/i);
  assert.equal((await fetch(root)).status, 404);
});

const vain: Readonly<Record<string, { args: () => readonly string[]; code: number; says: RegExp }>> = {
  'a file that is not there': {
    args: () => ['--supergraph', join(folder, 'nowhere.graphql')],
    code: 2,
    says: /error\[WEIR-F001\]: no such file: .*nowhere\.graphql/,
  },
  'a plain schema in place of a supergraph': {
    args: () => ['--supergraph', file('plain.graphql', 'type Query { hello: String }')],
    code: 1,
    says: /error\[SUPERGRAPH_INVALID\]: .*not a composed supergraph.*weir compose.*\n +.*plain\.graphql/,
  },
  'a file that is no GraphQL': {
    args: () => ['--supergraph', file('broken.graphql', 'type Query {')],
    code: 1,
    says: /error\[[A-Z_]+\]: .*\n +.*broken\.graphql:1:13/,
  },
  'a supergraph that links a feature nobody here enforces': {
    args: () => {
      const known = '@link(url: "https://specs.apollo.dev/link/v1.0")';
      const unknown = '@link(url: "https://example.com/vault/v1.0", for: SECURITY)';
      return ['--supergraph', file('vault.graphql', shop.sdl.replace(known, `${known} ${unknown}`))];
    },
    code: 1,
    says: /error\[UNSUPPORTED_LINKED_FEATURE\]: .*example\.com\/vault/,
  },
  'nothing to serve': { args: () => [], code: 2, says: /give --supergraph FILE or --config-supergraph FILE/ },
  'an unknown key in the configuration': {
    args: () => [
      ...['--supergraph', join(folder, 'supergraph.graphql')],
      ...['--config', file('gateway.yaml', 'supergraph:\n  listn: 127.0.0.1:4000\n')],
    ],
    code: 2,
    says: /gateway\.yaml: 1 problem\s+2:3 +supergraph\.listn +unknown key — did you mean "listen"/,
  },
  'a configuration that is not there': {
    args: () => [
      ...['--supergraph', join(folder, 'supergraph.graphql')],
      ...['--config', join(folder, 'none.yaml')],
    ],
    code: 2,
    says: /none\.yaml[^]*no such file/,
  },
  'a port that is none': {
    args: () => ['--supergraph', 'x', '--port', '70000'],
    code: 2,
    says: /0 to 65535/,
  },
};

for (const [what, { args, code, says }] of Object.entries(vain)) {
  test(`${what} ends it with exit code ${String(code)} and words that help`, async () => {
    const ended = await serveInVain('--port', '0', ...args());
    assert.match(ended.stderr, says);
    assert.equal(ended.code, code);
    assert.equal(ended.stdout, '');
    assert.doesNotMatch(ended.stderr, /\n +at |\[object/);
  });
}

test('a busy port ends it with exit code 3 and says who has it', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const port = String((server.address() as AddressInfo).port);
    const ended = await serveInVain('--supergraph', join(folder, 'supergraph.graphql'), '--port', port);
    assert.match(ended.stderr, new RegExp(`error\\[WEIR-P001\\]: port ${port} is taken[^]*--port 0`));
    assert.equal(ended.code, 3);
  } finally {
    server.close();
  }
});
