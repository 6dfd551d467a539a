import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseConfig } from '../../gateway/config/config.ts';
import { startShop, type Shop, type ShopAnswer } from './cached-shop.ts';

let shop: Shop;
let parts: Shop;
before(async () => {
  shop = await startShop();
  parts = await startShop({ beside: shop, cache: { whole_responses: false } });
});
after(async () => {
  await parts.close();
  await shop.close();
});

let fresh = 100;
/** A product that no test has asked for. */
const nextId = (): string => String((fresh += 1));

beforeEach(() => {
  for (const server of [shop.goods, shop.stock]) {
    server.headers = {};
    server.extensions = undefined;
    server.trouble = undefined;
  }
  shop.calls();
});

const shared = { 'cache-control': 'public, max-age=60' };
const trace = { 'apollo-cache-debugging': 'true' };
const byId = 'query($id: ID!) { product(id: $id) { id name price } }';
const withStock = 'query($ids: [ID!]!) { products(ids: $ids) { id inStock } }';
const ids = (from: number, count: number) => Array.from({ length: count }, (_, at) => String(from + at));
const fetches = ({ extensions }: ShopAnswer) =>
  (extensions?.['cache'] as { readonly fetches: readonly Record<string, unknown>[] }).fetches;
const tokenOf = (sub: string, claims = {}) => shop.issuer.token({ sub, ...claims });

/** Asks twice; how many calls the second time took. */
async function secondCosts(query: string, ask: Parameters<Shop['ask']>[1] = {}, on = parts): Promise<number> {
  await on.ask(query, ask);
  shop.calls();
  await on.ask(query, ask);
  return shop.calls();
}

test('nothing is kept when nobody said so', async () => {
  assert.equal(await secondCosts(byId, { variables: { id: nextId() } }), 1);
});

test('of a batch of entities only those are asked for that are not known', async () => {
  shop.stock.headers = shared;
  await parts.ask(withStock, { variables: { ids: ids(1, 90) } });
  shop.calls();
  const answer = await parts.ask(withStock, { variables: { ids: ids(1, 100) }, headers: trace });
  const asked = JSON.parse(shop.stock.asked[0]?.body ?? '') as {
    readonly variables: { readonly representations: readonly unknown[] };
  };
  assert.equal(asked.variables.representations.length, 10);
  const products = answer.data?.['products'] as readonly { readonly inStock: number }[];
  assert.deepEqual(
    products.map(({ inStock }) => inStock),
    Array.from({ length: 100 }, (_, at) => at),
  );
  assert.deepEqual([fetches(answer)[1]?.['hit'], fetches(answer)[1]?.['miss']], [90, 10]);
});

test('a whole answer is served without any call, with its age', async () => {
  shop.goods.headers = shared;
  const id = nextId();
  const first = await shop.ask(byId, { variables: { id } });
  shop.calls();
  const second = await shop.ask(byId, { variables: { id } });
  assert.equal(shop.calls(), 0);
  assert.equal(second.text, first.text);
  assert.match(String(second.headers['cache-control']), /^max-age=\d+, public$/);
  assert.equal(Number(second.headers['age']) >= 0, true);
});

const refused: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['no-store', { 'cache-control': 'public, max-age=60, no-store' }],
  ['no-cache', { 'cache-control': 'public, max-age=60, no-cache' }],
  ['max-age=0', { 'cache-control': 'public, max-age=0' }],
  ['a negative age', { 'cache-control': 'public, max-age=-5' }],
  ['an age that is no number', { 'cache-control': 'public, max-age=abc' }],
  ['two ages, one of them 0', { 'cache-control': 'public, max-age=60, max-age=0' }],
  ['an Age over max-age', { ...shared, age: '61' }],
  ['Vary: *', { ...shared, vary: '*' }],
  ['Set-Cookie', { ...shared, 'set-cookie': 'a=b' }],
  ['private, for nobody known', { 'cache-control': 'private, max-age=60' }],
];
for (const [what, headers] of refused) {
  test(`${what}: not kept, and the client is told no-store`, async () => {
    shop.goods.headers = headers;
    const ask = { variables: { id: nextId() } };
    assert.equal(await secondCosts(byId, ask, shop), 1);
    assert.equal((await shop.ask(byId, ask)).headers['cache-control'], 'no-store');
  });
}

test('answers with errors, failures and mutations are never kept', async () => {
  shop.goods.headers = shared;
  for (const body of ['{"data":{"product":null},"errors":[{"message":"x"}]}', 'garbage', '{"data":{"pro']) {
    shop.goods.trouble = (response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...shared }).end(body);
    };
    const ask = { variables: { id: nextId() } };
    assert.equal(await secondCosts(byId, ask, shop), 1, body);
    assert.equal((await shop.ask(byId, ask)).headers['cache-control'], 'no-store');
  }
  shop.goods.trouble = undefined;
  const mutation = 'mutation { touch }';
  assert.equal(await secondCosts(mutation, {}, shop), 1);
  assert.equal((await shop.ask(mutation)).headers['cache-control'], 'no-store');
});

test('a missing entity is known to be missing for a while', async () => {
  shop.stock.headers = shared;
  const id = nextId();
  shop.data.stock.delete(id);
  await parts.ask(withStock, { variables: { ids: [id] } });
  shop.calls();
  await parts.ask(withStock, { variables: { ids: [id] } });
  assert.equal(shop.calls(), 1); // the root field alone
});

test('private answers are kept for each person alone, and for nobody who is unknown', async () => {
  shop.goods.headers = { 'cache-control': 'private, max-age=60' };
  shop.stock.headers = { 'cache-control': 'private, max-age=60' };
  const query = '{ me { name cart { id name } } }';
  for (const on of [shop, parts]) {
    const [ann, bob] = [tokenOf('ann'), tokenOf('bob')];
    const first = await on.ask(query, { token: ann });
    assert.match(first.text, /canary-ann/);
    assert.match(String(first.headers['cache-control']), /^max-age=\d+, private$/);
    assert.doesNotMatch((await on.ask(query, { token: bob })).text, /canary-ann/);
    assert.doesNotMatch((await on.ask(query)).text, /canary/);
    shop.calls();
    assert.match((await on.ask(query, { token: ann })).text, /canary-ann/);
    assert.equal(shop.calls(), 0);
  }
});

test('one person with other rights is another caller', async () => {
  shop.stock.headers = { 'cache-control': 'private, max-age=60' };
  const ask = (scope: string) =>
    parts.ask('query($ids: [ID!]!) { products(ids: $ids) { note } }', {
      ...{ token: tokenOf('ann', { scope }), variables: { ids: [id] } },
    });
  const id = nextId();
  await ask('a');
  shop.calls();
  await ask('a b');
  assert.equal(shop.calls(), 2);
});

test('what was asked with an identity is not everybody\u2019s unless it says public', async () => {
  shop.stock.headers = { 'cache-control': 'max-age=60' };
  const id = nextId();
  const query = 'query($ids: [ID!]!) { products(ids: $ids) { note } }';
  await parts.ask(query, { token: tokenOf('ann'), variables: { ids: [id] } });
  for (const token of [tokenOf('bob'), undefined]) {
    const answer = await parts.ask(query, {
      ...(token === undefined ? {} : { token }),
      variables: { ids: [id] },
    });
    assert.doesNotMatch(answer.text, /ann/);
  }
});

test('an answer that is said to vary by identity is not everybody\u2019s though it says public', async () => {
  shop.stock.headers = { ...shared, vary: 'Authorization' };
  const id = nextId();
  const query = 'query($ids: [ID!]!) { products(ids: $ids) { note } }';
  await parts.ask(query, { variables: { ids: [id] } });
  const answer = await parts.ask(query, { token: tokenOf('bob'), variables: { ids: [id] } });
  assert.match(answer.text, /note for bob/);
});

test('what only some may see is not served to others, and being refused is not kept', async () => {
  shop.goods.headers = shared;
  const query = '{ secretReport greeting }';
  const refusedFirst = await shop.ask(query);
  assert.doesNotMatch(refusedFirst.text, /canary/);
  const admin = await shop.ask(query, { token: tokenOf('root', { scope: 'admin' }) });
  assert.match(admin.text, /canary-report/);
  assert.match(String(admin.headers['cache-control']), /private/);
  assert.doesNotMatch((await shop.ask(query)).text, /canary/);
  assert.doesNotMatch((await shop.ask(query, { token: tokenOf('ann') })).text, /canary/);
});

test('a forwarded header is part of the key, and of Vary', async () => {
  shop.goods.headers = shared;
  for (const language of ['de', 'fr', 'de']) {
    const answer = await shop.ask('{ greeting }', { headers: { 'accept-language': language } });
    assert.match(answer.text, new RegExp(`hello ${language}`));
    assert.match(String(answer.headers['vary']), /accept-language/);
  }
  assert.equal(shop.calls(), 2);
});

test('headers that are not forwarded steer nothing', async () => {
  shop.goods.headers = shared;
  const id = nextId();
  await parts.ask(byId, { variables: { id } });
  shop.calls();
  await parts.ask(byId, { variables: { id }, headers: { 'x-user-id': 'ann', 'x-forwarded-host': 'evil' } });
  assert.equal(shop.calls(), 0);
});

test('arguments, their order, aliases and the selection are told apart', async () => {
  shop.stock.headers = shared;
  const id = nextId();
  const ask = async (selection: string) => {
    const answer = await parts.ask(`query($ids: [ID!]!) { products(ids: $ids) { ${selection} } }`, {
      variables: { ids: [id] },
    });
    return (answer.data?.['products'] as readonly Record<string, unknown>[])[0];
  };
  const near = Number(id) - 1;
  assert.deepEqual(await ask('inStock'), { inStock: near });
  assert.deepEqual(await ask('inStock(place: "far")'), { inStock: near + 1000 });
  // Two rounds, so that each is answered from what the others have left, too.
  for (let round = 0; round < 2; round += 1) {
    for (const [args, more] of [
      ['place: "far", shelf: "near"', 1_000],
      ['shelf: "far", place: "near"', 10_000],
      ['place: "near", shelf: "far"', 10_000],
      ['shelf: "near", place: "far"', 1_000],
      ['shelf: "far", place: "far"', 11_000],
    ] as const)
      assert.deepEqual(await ask(`inStock(${args})`), { inStock: near + more }, args);
  }
  assert.deepEqual(await ask('note: inStock(place: "far") inStock: note'), {
    note: near + 1000,
    inStock: 'note for all',
  });
  assert.deepEqual(await ask('inStock'), { inStock: near });
});

test('keys that only look alike are told apart', async () => {
  shop.stock.headers = shared;
  const alike = [
    '\u00e9',
    'e\u0301',
    'x1',
    ' x1',
    'X1',
    '__proto__',
    '{x}',
    'a'.repeat(5_000),
    '*',
    '\r\nFLUSHALL',
  ];
  for (const id of alike) {
    shop.data.prices.set(id, 1);
    shop.data.stock.set(id, 5_000 + alike.indexOf(id));
  }
  for (let round = 0; round < 2; round += 1) {
    for (const id of alike) {
      const answer = await parts.ask(withStock, { variables: { ids: [id] } });
      assert.deepEqual(answer.data, { products: [{ id, inStock: 5_000 + alike.indexOf(id) }] });
    }
  }
});

test('a `__typename` in the question does not change whose answer it is', async () => {
  shop.stock.headers = shared;
  const id = nextId();
  const query = (more: string) => `query($ids: [ID!]!) { products(ids: $ids) { ${more} inStock } }`;
  await parts.ask(query('__typename'), { variables: { ids: [id] } });
  const answer = await parts.ask(query('inStock: __typename id'), { variables: { ids: [id] } });
  assert.equal(answer.status, 400); // two meanings for one name
  const third = await parts.ask(query('type: __typename'), { variables: { ids: [id] } });
  assert.deepEqual(third.data, { products: [{ type: 'Product', inStock: Number(id) - 1 }] });
});

test('an answer that is too large is not kept, and the trace says so', async () => {
  const small = await startShop({ beside: shop, cache: { max_entry_bytes: '1KB', whole_responses: false } });
  shop.goods.headers = shared;
  const ask = { variables: { ids: ids(1, 100) }, headers: trace };
  const query = 'query($ids: [ID!]!) { products(ids: $ids) { name } }';
  const answer = await small.ask(query, ask);
  assert.equal(fetches(answer)[0]?.['why'], 'too large');
  shop.calls();
  await small.ask(query, ask);
  assert.equal(shop.calls(), 1);
  await small.close();
});

test('what a mutation returns is fresh at once, everywhere, while the rest stays', async () => {
  shop.goods.headers = shared;
  shop.stock.headers = shared;
  const [changed, other] = [nextId(), nextId()];
  for (const on of [shop]) {
    await on.ask(byId, { variables: { id: changed } });
    await on.ask(byId, { variables: { id: other } });
    await on.ask('mutation($id: ID!) { setPrice(id: $id, price: 9999) { id price } }', {
      variables: { id: changed },
    });
    shop.calls();
    assert.match((await on.ask(byId, { variables: { id: changed } })).text, /9999/);
    assert.equal(shop.calls(), 1);
    await on.ask(byId, { variables: { id: other } });
    assert.equal(shop.calls(), 0);
  }
});

test('a client that has the answer already is sent none', async () => {
  shop.goods.headers = shared;
  const ask = { variables: { id: nextId() }, get: true };
  const first = await shop.ask(byId, ask);
  assert.match(String(first.headers['etag']), /^"[\w-]{27}"$/);
  assert.match(String(first.headers['vary']), /Accept/);
  const again = await shop.ask(byId, {
    ...ask,
    headers: { 'if-none-match': `"other", ${String(first.headers['etag'])}` },
  });
  assert.deepEqual([again.status, again.text, again.headers['etag']], [304, '', first.headers['etag']]);
  const changed = await shop.ask(byId, { ...ask, headers: { 'if-none-match': '"other"' } });
  assert.equal(changed.status, 200);
});

test('1,000 equal questions at once cost one call', async () => {
  shop.goods.headers = shared;
  shop.stock.headers = shared;
  const id = nextId();
  const query = (at: number) =>
    `query Q${String(at)}($ids: [ID!]!) { products(ids: $ids) { id price inStock } }`;
  await Promise.all(
    ids(0, 1_000).map((at) => parts.ask(query(Number(at) % 20), { variables: { ids: [id] } })),
  );
  assert.equal(shop.calls(), 2); // the root field once, the entity once
});

test('while one asks anew the others are served the old, which is marked as not to be kept', async () => {
  shop.goods.headers = { 'cache-control': 'public, max-age=1, stale-while-revalidate=600' };
  const id = nextId();
  const ask = () => parts.ask(byId, { variables: { id }, headers: trace });
  await ask();
  await sleep(1_100);
  shop.data.prices.set(id, 4_321);
  shop.calls();
  const old = await Promise.all(Array.from({ length: 20 }, ask));
  const stale = old.filter((answer) => fetches(answer)[0]?.['stale'] === 1);
  assert.ok(stale.length > 0);
  for (const answer of stale) assert.equal(answer.headers['cache-control'], 'no-store');
  while (!(await ask()).text.includes('4321')) await sleep(10);
  assert.equal(shop.calls(), 1);
});

test('a subgraph that fails keeps its last good answers, marked, and gets no answer without them', async () => {
  shop.goods.headers = { 'cache-control': 'public, max-age=1, stale-if-error=600' };
  const id = nextId();
  const first = await parts.ask(byId, { variables: { id } });
  await sleep(1_100);
  shop.goods.trouble = (response) => void response.writeHead(503).end();
  const answer = await parts.ask(byId, { variables: { id }, headers: trace });
  assert.deepEqual(answer.data, first.data);
  assert.equal(fetches(answer)[0]?.['stale-if-error'], 1);
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.deepEqual((await parts.ask(byId, { variables: { id: nextId() } })).data, { product: null });
});

test('tags of the schema and of answers drop what they name, over HTTP', async () => {
  const sharedKey = 'a key of some length';
  const invalidation = { listen: '127.0.0.1:0', shared_key: sharedKey };
  const tagged = await startShop({ beside: shop, cache: { invalidation, cache_tag_header: 'Cache-Tag' } });
  shop.goods.headers = shared;
  shop.goods.extensions = { apolloCacheTags: ['spring'] };
  const line = tagged.log.find((one) => one.includes('invalidations are taken')) ?? '{}';
  const { url } = JSON.parse(line) as { readonly url: string };
  const id = nextId();
  const ask = () => tagged.ask(byId, { variables: { id } });
  for (const tag of [`page-${id}`, 'spring']) {
    assert.match(String((await ask()).headers['cache-tag']), new RegExp(tag));
    shop.calls();
    await ask();
    assert.equal(shop.calls(), 0);
    const body = JSON.stringify([{ kind: 'cache_tag', subgraphs: ['goods'], cache_tag: tag }]);
    const dropped = await fetch(url, { method: 'POST', headers: { authorization: sharedKey }, body });
    assert.equal(dropped.status, 200);
    await ask();
    assert.equal(shop.calls(), 1, tag);
  }
  await tagged.close();
});

test('clients reach past what is kept only where the configuration lets them', async () => {
  const obeying = await startShop({ beside: shop, cache: { honor_client_cache_control: true } });
  shop.goods.headers = shared;
  const ask = { variables: { id: nextId() }, headers: { 'cache-control': 'no-cache' } };
  assert.equal(await secondCosts(byId, ask, obeying), 1);
  assert.equal(await secondCosts(byId, ask, shop), 0);
  await obeying.close();
});

test('tags that a subgraph gives each entity drop those that carry them, and no others', async () => {
  const sharedKey = 'a key of some length';
  const invalidation = { listen: '127.0.0.1:0', shared_key: sharedKey };
  const tagged = await startShop({ beside: shop, cache: { invalidation, whole_responses: false } });
  const line = tagged.log.find((one) => one.includes('invalidations are taken')) ?? '{}';
  const { url } = JSON.parse(line) as { readonly url: string };
  const drop = async (cache_tag: string, subgraph: string): Promise<void> => {
    const body = JSON.stringify([{ kind: 'cache_tag', subgraphs: [subgraph], cache_tag }]);
    const dropped = await fetch(url, { method: 'POST', headers: { authorization: sharedKey }, body });
    assert.equal(dropped.status, 200);
  };
  for (const server of [shop.goods, shop.stock]) server.headers = shared;
  const [red, blue] = [nextId(), nextId()];
  shop.stock.extensions = { apolloEntityCacheTags: [['red'], ['blue', 7]] };
  await tagged.ask(withStock, { variables: { ids: [red, blue] } });
  /** Of which products the stock is asked again. */
  const askedAgain = async (): Promise<readonly string[]> => {
    shop.calls();
    shop.stock.extensions = undefined;
    await tagged.ask(withStock, { variables: { ids: [red, blue] } });
    const { variables } = JSON.parse(shop.stock.asked[0]?.body ?? '{"variables":{"representations":[]}}') as {
      readonly variables: { readonly representations: readonly { readonly id: string }[] };
    };
    return variables.representations.map(({ id }) => id);
  };
  assert.deepEqual(await askedAgain(), []);
  await drop('red', 'goods'); // the same tag in another subgraph
  assert.deepEqual(await askedAgain(), []);
  await drop('blue', 'stock');
  assert.deepEqual(await askedAgain(), [blue]);
  await drop('red', 'stock');
  assert.deepEqual(await askedAgain(), [red]);

  const entity = 'query($id: ID!) { product(id: $id) { name } }';
  await tagged.ask(entity, { variables: { id: red } });
  await drop(`page-${red}`, 'goods');
  shop.calls();
  await tagged.ask(entity, { variables: { id: red } });
  assert.equal(shop.calls(), 1);
  await tagged.close();
});

test('what the cache did is told to who asks for it, where the configuration lets them', async () => {
  shop.goods.headers = shared;
  const silent = await startShop({ beside: shop, cache: { debug: false } });
  const ask = { variables: { id: nextId() } };
  assert.equal((await shop.ask(byId, ask)).extensions, undefined);
  assert.equal((await silent.ask(byId, { ...ask, headers: trace })).extensions, undefined);
  const told = (await shop.ask(byId, { ...ask, headers: trace })).extensions?.['cache'] as {
    readonly response: { readonly outcome: string; readonly age: number; readonly ttl: number };
  };
  assert.equal(told.response.outcome, 'hit');
  assert.ok(told.response.age >= 0 && told.response.ttl > 0 && told.response.ttl <= 60);
  await silent.close();
});

test('the answer may be kept as long as its shortest-lived part, by those who may keep every part', async () => {
  shop.goods.headers = { 'cache-control': 'public, max-age=600' };
  shop.stock.headers = { 'cache-control': 'public, max-age=30' };
  const maxAge = (answer: ShopAnswer) =>
    /^max-age=(\d+), (\w+)$/.exec(String(answer.headers['cache-control']))?.slice(1);
  const [seconds, audience] = maxAge(await shop.ask(withStock, { variables: { ids: [nextId()] } })) ?? [];
  assert.ok(Number(seconds) <= 30 && Number(seconds) >= 26, seconds);
  assert.equal(audience, 'public');
  shop.stock.headers = { 'cache-control': 'private, max-age=30' };
  const own = await shop.ask(withStock, { variables: { ids: [nextId()] }, token: tokenOf('ann') });
  assert.equal(maxAge(own)?.[1], 'private');
  shop.stock.headers = {};
  const neither = await shop.ask(withStock, { variables: { ids: [nextId()] } });
  assert.equal(neither.headers['cache-control'], 'no-store');
});

test('no-store of a client keeps nothing, where it is obeyed; a subgraph that is off is always asked', async () => {
  const obeying = await startShop({
    beside: shop,
    cache: {
      honor_client_cache_control: true,
      whole_responses: false,
      subgraph: { subgraphs: { stock: { enabled: false } } },
    },
  });
  for (const server of [shop.goods, shop.stock]) server.headers = shared;
  const ask = { variables: { id: nextId() } };
  await obeying.ask(byId, { ...ask, headers: { 'cache-control': 'no-store' } });
  shop.calls();
  await obeying.ask(byId, ask);
  assert.equal(shop.calls(), 1);
  const variables = { ids: [nextId()] };
  await obeying.ask(withStock, { variables });
  shop.calls();
  const answer = await obeying.ask(withStock, { variables, headers: trace });
  assert.equal(shop.calls(), 1);
  assert.deepEqual(
    [fetches(answer)[1]?.['bypass'], fetches(answer)[1]?.['why']],
    [1, 'off for this subgraph'],
  );
  await obeying.close();
});

test('a trusted document that is asked for by its id may be kept by networks, and is revalidated', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-cached-documents-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const body = 'query Home { product(id: "7") { id name } }';
  const id = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const manifest = join(folder, 'manifest.json');
  const operations = [{ id, name: 'Home', type: 'query', body }];
  writeFileSync(
    manifest,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
  );
  const trusting = await startShop({
    beside: shop,
    config: { persisted_queries: { enabled: true, local_manifests: [manifest] } },
  });
  shop.goods.headers = shared;
  const url = `${trusting.gateway.url}?documentId=${encodeURIComponent(id)}`;
  const headers = { 'content-type': 'application/json' };
  const first = await fetch(url, { headers });
  const etag = first.headers.get('etag') ?? '';
  assert.deepEqual(
    [first.status, await first.json()],
    [200, { data: { product: { id: '7', name: 'Product 7' } } }],
  );
  assert.match(first.headers.get('cache-control') ?? '', /^max-age=\d+, public$/);
  shop.calls();
  const again = await fetch(url, { headers: { ...headers, 'if-none-match': etag } });
  assert.deepEqual([again.status, await again.text(), shop.calls()], [304, '', 0]);
  await trusting.close();
});

test('an answer as a whole that is too large says so in the trace, though its parts are kept', async () => {
  const roomy = await startShop({ beside: shop, cache: { max_entry_bytes: '1KB' } });
  shop.goods.headers = shared;
  const aliases = ['a', 'b'].map((name) => `${name}: products(ids: $ids) { id code name price }`);
  const query = `query($ids: [ID!]!) { ${aliases.join(' ')} product(id: "1") { id ...on Product { inStock } } }`;
  shop.stock.headers = shared;
  const { extensions } = await roomy.ask(query, { variables: { ids: ids(1, 9) }, headers: trace });
  const { response } = extensions?.['cache'] as { readonly response?: unknown };
  assert.deepEqual(response, { outcome: 'miss', why: 'too large' });
  await roomy.close();
});

test('the address for invalidations outlives a new configuration, and moves with it', async () => {
  const sharedKey = 'a key of some length';
  const invalidation = { listen: '127.0.0.1:0', shared_key: sharedKey };
  const own = await startShop({ beside: shop, cache: { invalidation } });
  const addresses = () =>
    own.log.flatMap((line) =>
      line.includes('invalidations are taken') ? [(JSON.parse(line) as { readonly url: string }).url] : [],
    );
  const change = (cache: object) => {
    const text = JSON.parse(own.configuration) as { readonly response_cache: object };
    const changed = JSON.stringify({ ...text, response_cache: { ...text.response_cache, ...cache } });
    return own.gateway.reconfigure(parseConfig({ file: 'gateway.yaml', text: changed }, tmpdir(), {}));
  };
  const drop = async (url = ''): Promise<number> => {
    const body = JSON.stringify([{ kind: 'subgraph', subgraph: 'goods' }]);
    return (await fetch(url, { method: 'POST', headers: { authorization: sharedKey }, body })).status;
  };
  const [first] = addresses();
  await change({ subgraph: { all: { ttl: '25s' } } });
  assert.equal(await secondCosts('{ greeting }', {}, own), 0, 'the new base keeps by the new time');
  assert.equal(await drop(first), 200);
  await own.ask('{ greeting }');
  assert.equal(shop.calls(), 1, 'what is dropped is what the new base keeps');

  await change({ invalidation: { ...invalidation, path: '/drops' } });
  const late = AbortSignal.timeout(10_000);
  while (addresses().length < 2) await sleep(10, undefined, { signal: late });
  const [, second] = addresses();
  assert.match(second ?? '', /\/drops$/);
  assert.equal(await drop(second), 200);
  await assert.rejects(drop(first));
  await own.close();
  await assert.rejects(drop(second));
});

test('an address for invalidations that another has is taken when it is free', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const invalidation = { listen: `127.0.0.1:${String(port)}`, shared_key: 'a key of some length' };
  const own = await startShop({ beside: shop, cache: { invalidation } });
  const late = AbortSignal.timeout(20_000);
  const logged = async (text: string): Promise<void> => {
    while (!own.log.some((line) => line.includes(text))) await sleep(10, undefined, { signal: late });
  };
  await logged('invalidations cannot be taken');
  holder.close();
  await logged('invalidations are taken');
  await own.close();
});

test('mutations of a program without the cache drop what others are served', async () => {
  const profiled = await startShop({
    beside: shop,
    config: { client_profiles: { live: { client: 'live', response_cache: false } } },
  });
  const live = { 'graphql-client-name': 'live' };
  shop.goods.headers = shared;
  const id = nextId();
  await profiled.ask(byId, { variables: { id } });
  const change = 'mutation($id: ID!) { setPrice(id: $id, price: 4711) { id price } }';
  const { headers } = await profiled.ask(change, { variables: { id }, headers: live });
  assert.equal(headers['cache-control'], 'no-store');
  assert.match((await profiled.ask(byId, { variables: { id } })).text, /4711/);
  await profiled.close();
});
