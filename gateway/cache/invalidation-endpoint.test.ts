import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, before, test } from 'node:test';
import { buildASTSchema, parse } from 'graphql';
import { cacheBase, type CacheBase } from './cache-base.ts';
import type { CacheSettings } from './cache-settings.ts';
import { inspected } from './inspection.ts';
import { invalidationEndpoint, type Endpoint } from './invalidation-endpoint.ts';
import { schemaFacts } from './schema-facts.ts';

const document = parse(`
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT | INTERFACE | SCALAR | ENUM
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

const surroundings = {
  open: undefined,
  onGarbage: () => undefined,
  now: () => 1_000,
  random: () => 0,
  onStrangeDrop: () => undefined,
};

let base: CacheBase;
let endpoint: Endpoint;
let url: string;
before(async () => {
  base = cacheBase(settings, surroundings);
  base.serve(
    schemaFacts({ document, schema: buildASTSchema(document), accessDirectives: new Set(['authenticated']) }),
  );
  endpoint = invalidationEndpoint(
    { host: '127.0.0.1', port: 0, path: '/invalidation', sharedKey },
    () => base,
  );
  url = await endpoint.url;
});
after(async () => {
  await endpoint.close();
  await base.close();
});

function entryWith(tags: readonly string[]) {
  const until = { freshUntil: 2_000, staleUntil: 2_000, errorUntil: 2_000 };
  const stamp = base.storage.position();
  return { value: {}, ...until, at: 1_000, stamp, audience: 'public', mayNeedEscape: false, tags } as const;
}

function keep(tags: readonly string[]): () => boolean {
  base.storage.put('group', [['name', entryWith(tags)]], base.counters.account('goods', 'Product'));
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
    assert.deepEqual(await post([request]), { status: 200, body: { count: 1, reach: 'gateway' } });
    assert.equal(isKept(), false);
  });
}

for (const [what, body, status, problem] of [
  ['no JSON', '{', 400, /not JSON/],
  ['no list', { kind: 'subgraph', subgraph: 'catalog' }, 400, /^the body: expected a list of invalidations$/],
  ['an empty list', [], 400, /^the body: at least one invalidation is needed$/],
  ['too many at once', Array(1_001).fill({}), 400, /^the body: more than 1,000 invalidations at once$/],
  ['no object', ['catalog'], 400, /^\[0\]: expected an invalidation, an object$/],
  [
    'an unknown kind',
    [{ kind: 'everything' }],
    400,
    /^\[0\]\.kind: no kind "everything", but one of "subgraph", /,
  ],
  ['a kind misspelt', [{ kind: 'typ' }], 400, /^\[0\]\.kind: no kind "typ"; did you mean "type"\?$/],
  ['no kind', [{}], 400, /^\[0\]\.kind: missing: one of "subgraph", "type", "entity", "cache_tag"$/],
  ['a field missing', [{ kind: 'type', subgraph: 'catalog' }], 400, /^\[0\]\.type: missing$/],
  ['a number for a name', [{ kind: 'subgraph', subgraph: 7 }], 400, /^\[0\]\.subgraph: expected text$/],
  ['an empty name', [{ kind: 'subgraph', subgraph: '' }], 400, /^\[0\]\.subgraph: empty$/],
  [
    'a long tag',
    [{ kind: 'cache_tag', subgraphs: ['catalog'], cache_tag: 'x'.repeat(1_025) }],
    400,
    /^\[0\]\.cache_tag: longer than 1024 characters$/,
  ],
  [
    'no subgraph for a tag',
    [{ kind: 'cache_tag', subgraphs: [], cache_tag: 'x' }],
    400,
    /^\[0\]\.subgraphs: at least one subgraph is needed$/,
  ],
  [
    'a field misspelt',
    [{ kind: 'subgraph', subgraph: 'catalog', subgrph: 'x' }],
    400,
    /^\[0\]: no field "subgrph" here; did you mean "subgraph"\?$/,
  ],
  ['a field too many', [{ kind: 'subgraph', subgraph: 'catalog', type: 'x' }], 400, /no field "type" here$/],
  [
    'text for a key',
    [{ kind: 'entity', subgraph: 'catalog', type: 'Product', key: 'x' }],
    400,
    /^\[0\]\.key: expected an object of short names$/,
  ],
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

const entity = (type: string, key: unknown, subgraph = 'stock') => [{ kind: 'entity', subgraph, type, key }];

for (const [type, key, problem] of [
  ['Product', { id: { a: 1 } }, 'key.id: expected text or a number'],
  ['Product', { id: ['1'] }, 'key.id: expected text or a number'],
  ['Product', { slug: 'a', id: {} }, 'key.id: expected text or a number'],
  ['Product', { id: null }, 'key.id: null names no entity'],
  ['Product', { slug: null }, 'key.slug: null names no entity'],
  ['Shelf', { id: '1', org: 'a' }, 'key.org: expected an object'],
  ['Shelf', { id: '1', org: [{ id: 'a' }] }, 'key.org: expected an object'],
  ['Shelf', { id: '1', org: { id: {} } }, 'key.org.id: expected text or a number'],
  ['Shelf', { id: '1', org: { id: null } }, 'key.org.id: null names no entity'],
  ['Pair', { ids: '1' }, 'key.ids: expected a list'],
  ['Pair', { ids: ['1', {}] }, 'key.ids[1]: expected text or a number'],
  ['Pair', { ids: ['1', null] }, 'key.ids[1]: null names no entity'],
  ['Stone', { place: null, kind: 'FLAT' }, 'key.place: null names no entity'],
  ['Stone', { place: 1, kind: {} }, 'key.kind: expected text or a number'],
] as const) {
  test(`the key ${JSON.stringify(key)} of ${type} names none: 400, with its field`, async () => {
    const subgraph = type === 'Product' ? 'catalog' : 'stock';
    const answer = await post(entity(type, key, subgraph));
    assert.deepEqual([answer.status, answer.body.error], [400, `[0].${problem}`]);
  });
}

for (const [type, key, tag] of [
  ['Product', { id: 7, slug: null }, 'e:catalog:Product:id=["7"]'],
  ['Product', { id: 7, name: { any: 'thing' } }, 'e:catalog:Product:id=["7"]'],
  ['Shelf', { id: '1', org: { id: 2 } }, 'e:stock:Shelf:id org{id}=["1",["2"]]'],
  ['Pair', { ids: ['1', '2'] }, 'e:stock:Pair:ids=["[\\"1\\",\\"2\\"]"]'],
  ['Stone', { place: { row: 1 }, kind: 'FLAT' }, 'e:stock:Stone:kind place=["FLAT","{\\"row\\":1}"]'],
  ['Stone', { place: 'a', kind: null }, 'e:stock:Stone:kind place=[null,"a"]'],
] as const) {
  test(`the key ${JSON.stringify(key)} of ${type} is one by the schema`, async () => {
    const isKept = keep([tag]);
    const answer = await post(entity(type, key, type === 'Product' ? 'catalog' : 'stock'));
    assert.deepEqual([answer.status, isKept()], [200, false]);
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

async function ask(path: string) {
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${sharedKey}` } });
  const body = (await response.json()) as {
    readonly entries: readonly { readonly tags: readonly string[] }[];
    readonly note?: string;
    readonly error?: string;
    readonly process?: unknown;
  };
  return { status: response.status, ...body };
}

test('entries are shown without their data, and by which process', async () => {
  keep(['s:catalog', 't:catalog:Product']);
  const { entries, process: asked, note } = await ask('/entries?subgraph=catalog&type=Product');
  assert.deepEqual(Object.keys(entries[0] ?? {}), ['audience', 'state', 'age', 'ttl', 'bytes', 'tags']);
  assert.deepEqual([asked, note], [{ pid: process.pid, isWorker: false }, undefined]);
  assert.deepEqual((await ask('/entries?subgraph=catalog&type=Org')).entries, []);
});

test('entries of a type alone are those of any subgraph', async () => {
  keep(['s:catalog', 't:catalog:Product']);
  assert.equal((await ask('/entries?type=Product')).entries.length, 1);
  assert.deepEqual((await ask('/entries?type=Shelf')).entries, []);
  keep(['s:stock', 't:stock:Shelf']);
  assert.equal((await ask('/entries?type=Shelf')).entries.length, 1);
});

for (const [search, problem] of [
  ['type=Prodct', 'type: no type "Prodct" in any subgraph; did you mean "Product"?'],
  ['subgraph=stock&type=Product', 'type: no type "Product" in "stock"'],
  ['subgraph=catalgo', 'subgraph: no subgraph "catalgo"; did you mean "catalog"?'],
] as const) {
  test(`entries by ${search}: 404, with the name that was meant`, async () => {
    const { status, error } = await ask(`/entries?${search}`);
    assert.deepEqual([status, error], [404, problem]);
  });
}

test('more entries than are shown are said to be there', async () => {
  const { facts } = base;
  const most = cacheBase({ ...settings, memoryBytes: 10 ** 9 }, surroundings);
  const served = facts();
  if (served !== undefined) most.serve(served);
  const put = (count: number, tags: readonly string[]): void => {
    const from = most.storage.size().entries;
    const names = Array.from({ length: count }, (_, at) => String(from + at));
    most.storage.put(
      'group',
      names.map((name) => [name, entryWith(tags)] as const),
      most.counters.account('a', 'b'),
    );
  };
  const look = (search: string): readonly [number, string | undefined] => {
    const found = inspected(most, new URLSearchParams(search));
    return found.kind === 'entries' ? [found.entries.length, found.note] : assert.fail(found.problem);
  };
  put(100, ['s:catalog']);
  assert.deepEqual(look(''), [100, undefined]);
  put(1, ['s:stock']);
  const [shown, note] = look('');
  assert.equal(shown, 100);
  assert.match(note ?? '', /^only the oldest 100 are shown, .*: narrow them by subgraph, type or tag$/);
  assert.deepEqual(look('subgraph=stock'), [1, undefined]);
  put(199_899, ['s:catalog']);
  assert.deepEqual(look('subgraph=stock'), [1, undefined]);
  put(1, ['s:stock', 'c:stock:last']);
  assert.deepEqual(look('tag=last')[0], 0);
  assert.match(look('subgraph=stock')[1] ?? '', /^only the oldest 200,000 entries in memory were looked at/);
  await most.close();
});

test('an address of two slashes is nowhere', async () => {
  const { port } = new URL(url);
  const status = await new Promise((resolve, reject) => {
    const sent = { port, path: '//', headers: { authorization: sharedKey } };
    get({ host: '127.0.0.1', ...sent }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
  assert.equal(status, 404);
});

test('below the path / stand stats and entries', async (t) => {
  const root = invalidationEndpoint({ host: '127.0.0.1', port: 0, path: '/', sharedKey }, () => base);
  t.after(() => root.close());
  const asked = await fetch(new URL('/stats', await root.url), { headers: { authorization: sharedKey } });
  assert.equal(asked.status, 200);
});
