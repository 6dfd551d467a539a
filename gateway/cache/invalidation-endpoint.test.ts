import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildASTSchema, parse } from 'graphql';
import { cacheBase, type CacheBase } from './cache-base.ts';
import type { CacheSettings } from './cache-settings.ts';
import { invalidationEndpoint, type Endpoint } from './invalidation-endpoint.ts';
import { schemaFacts } from './schema-facts.ts';

const document = parse(`
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT | INTERFACE
enum join__Graph { CATALOG @join__graph(name: "catalog", url: "http://a") STOCK @join__graph(name: "stock", url: "http://b") }
type Query @join__type(graph: CATALOG) { product: Product }
type Product @join__type(graph: CATALOG, key: "id") @join__type(graph: CATALOG, key: "slug") { id: ID! slug: String }
type Shelf @join__type(graph: CATALOG, key: "id org { id }") @join__type(graph: STOCK, key: "id org { id }") {
  id: ID! org: Org
}
type Org @join__type(graph: CATALOG, key: "id") { id: ID! }
type Pair @join__type(graph: STOCK, key: "ids") { ids: [ID!]! }
type Stone @join__type(graph: STOCK, key: "place kind") { place: Place! kind: Kind }
scalar Place @join__type(graph: STOCK)
enum Kind @join__type(graph: STOCK) { ROUND FLAT }
`);

const none = { ttlMs: 0, negativeTtlMs: 0, staleWhileRevalidateMs: 0, staleIfErrorMs: 0 };
const settings: CacheSettings = {
  all: { enabled: true, privateId: 'sub', types: {}, ...none },
  subgraphs: {},
  memoryBytes: 1_000_000,
  maxEntryBytes: 10_000,
  maxTtlMs: 1_000_000,
  wholeResponses: true,
  honorsClients: false,
  debug: false,
  tagHeader: undefined,
  identityHeaders: [],
  credentialHeaders: [],
  callerHeaders: [],
  requiresIdentity: false,
};
const sharedKey = 'a key of some length';

let base: CacheBase;
let endpoint: Endpoint;
let url: string;
before(async () => {
  base = cacheBase(settings, {
    ...{
      open: undefined,
      onGarbage: () => undefined,
      onStrangeDrop: () => undefined,
      now: () => 1_000,
      random: () => 0,
    },
  });
  base.serve(
    schemaFacts({ document, schema: buildASTSchema(document), accessDirectives: new Set(['authenticated']) }),
  );
  endpoint = invalidationEndpoint({ host: '127.0.0.1', port: 0, path: '/invalidation', sharedKey }, () => base);
  url = await endpoint.url;
});
after(async () => {
  await endpoint.close();
  await base.close();
});

function keep(tags: readonly string[]): () => boolean {
  const until = { freshUntil: 2_000, staleUntil: 2_000, errorUntil: 2_000 };
  const rest = {
    at: 1_000,
    stamp: base.storage.position(),
    audience: 'public',
    mayNeedEscape: false,
  } as const;
  base.storage.put(
    'group',
    [['name', { value: {}, ...until, ...rest, tags }]],
    base.counters.account('goods', 'Product'),
  );
  return () => base.storage.find('group', 'name') !== undefined;
}

async function post(body: unknown, key = sharedKey, to = url) {
  const response = await fetch(to, {
    method: 'POST',
    headers: { authorization: key },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as { error?: string; count?: number } };
}

for (const [what, request, tag] of [
  ['a subgraph', { kind: 'subgraph', subgraph: 'catalog' }, 's:catalog'],
  ['a type', { kind: 'type', subgraph: 'catalog', type: 'Product' }, 't:catalog:Product'],
  ['a tag', { kind: 'cache_tag', subgraphs: ['catalog'], cache_tag: 'home' }, 'c:catalog:home'],
  [
    'an entity, its number written as a number',
    { kind: 'entity', subgraph: 'catalog', type: 'Product', key: { id: 7 } },
    'e:catalog:Product:id=["7"]',
  ],
  [
    'an entity of which only the other key is known',
    { kind: 'entity', subgraph: 'catalog', type: 'Product', key: { id: 7 } },
    'u:catalog:Product:slug',
  ],
] as const) {
  test(`${what} is dropped, and nothing else`, async () => {
    const isOtherKept = keep(['c:catalog:other', 'e:catalog:Product:id=["8"]', 'u:catalog:Product:id']);
    if (request.kind !== 'subgraph') {
      assert.equal((await post([request])).status, 200);
      assert.ok(isOtherKept());
    }
    const isKept = keep([tag]);
    assert.deepEqual(await post([request]), { status: 200, body: { count: 1 } });
    assert.equal(isKept(), false);
  });
}

for (const [what, body, status, problem] of [
  ['no JSON', '{', 400, /not JSON/],
  ['no list', { kind: 'subgraph', subgraph: 'catalog' }, 400, /body/],
  ['an empty list', [], 400, /body/],
  ['an unknown kind', [{ kind: 'everything' }], 400, /\[0\]\.kind/],
  ['a field missing', [{ kind: 'type', subgraph: 'catalog' }], 400, /\[0\]\.type/],
  ['a field too many', [{ kind: 'subgraph', subgraph: 'catalog', type: 'x' }], 400, /\[0\].*type/],
  ['an unknown subgraph', [{ kind: 'subgraph', subgraph: 'catalgo' }], 404, /did you mean "catalog"/],
  [
    'an unknown type',
    [{ kind: 'type', subgraph: 'catalog', type: 'Prodcut' }],
    404,
    /did you mean "Product"/,
  ],
  [
    'a key that is none',
    [{ kind: 'entity', subgraph: 'catalog', type: 'Product', key: { name: 'x' } }],
    400,
    /key.*"id", "slug"/,
  ],
  ['too much', `[${' '.repeat(1_100_000)}]`, 413, /1 MB/],
] as const) {
  test(`${what}: ${String(status)}, with what is wrong and where`, async () => {
    const isKept = keep(['s:catalog']);
    const answer = await post(body);
    assert.equal(answer.status, status);
    assert.match(answer.body.error ?? '', problem);
    assert.ok(isKept());
  });
}

test('without the key nothing is dropped and nothing is told', async () => {
  const isKept = keep(['s:catalog']);
  for (const key of ['', 'wrong', `${sharedKey}x`, 'x'.repeat(3_000)]) {
    for (const to of [url, `${url}/stats`, `${url}/entries`, `${url}/nowhere`]) {
      assert.equal((await post([{ kind: 'subgraph', subgraph: 'catalog' }], key, to)).status, 401);
    }
  }
  assert.ok(isKept());
});

test('entries are shown without their data', async () => {
  keep(['s:catalog', 't:catalog:Product']);
  const ask = async (search: string): Promise<unknown[]> => {
    const response = await fetch(`${url}/entries?${search}`, {
      headers: { authorization: `Bearer ${sharedKey}` },
    });
    return ((await response.json()) as { entries: unknown[] }).entries;
  };
  const [shown] = await ask('subgraph=catalog&type=Product');
  assert.deepEqual(Object.keys(shown as object), ['audience', 'state', 'age', 'ttl', 'bytes', 'tags']);
  assert.deepEqual(await ask('subgraph=catalog&type=Other'), []);
});
