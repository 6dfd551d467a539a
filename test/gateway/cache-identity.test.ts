import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { startShop, type Shop, type ShopAnswer } from './cached-shop.ts';
import type { Trouble } from './subgraph-server.ts';

/** Ways in which a subgraph learns who asks, other than a forwarded token; each shop has header rules of its own. */

const forAMinute = { 'cache-control': 'max-age=60' };
const fromClaim = (name: string, claim: string) => ({ insert: { name, from_claim: claim } });

let base: Shop;
before(async () => {
  base = await startShop();
});
after(() => base.close());
afterEach(() => {
  for (const server of [base.goods, base.stock]) {
    server.trouble = undefined;
    server.headers = {};
  }
});

async function withRules(t: { after: (end: () => Promise<void>) => void }, config: object): Promise<Shop> {
  const { authentication } = JSON.parse(base.configuration) as { readonly authentication: object };
  const own = 'authentication' in config ? (config.authentication as object) : {};
  const shop = await startShop({
    beside: base,
    config: { ...config, authentication: { ...authentication, ...own } },
  });
  t.after(() => shop.close());
  return shop;
}

const answering =
  (headers: Readonly<Record<string, string>>, data: (asked: Parameters<Trouble>[1]) => object): Trouble =>
  (response, asked) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ data: data(asked) }));
  };

const shown = ({ headers }: ShopAnswer): string => String(headers['cache-control']);
const variesBy = ({ headers }: ShopAnswer): readonly string[] =>
  String(headers['vary'])
    .split(',')
    .map((name) => name.trim().toLowerCase());

test('who is told of in extensions alone is answered alone', async (t) => {
  const shop = await withRules(t, {
    headers: { all: { request: [] } },
    authentication: {
      subgraph: { all: { claims_extension: { field_name: 'jwt', include_claims: ['sub'] } } },
    },
  });
  shop.goods.trouble = answering(forAMinute, ({ body }) => {
    const { extensions } = JSON.parse(body) as { extensions?: { jwt?: { sub: string } } };
    const sub = extensions?.jwt?.sub;
    return { me: sub === undefined ? null : { id: sub, name: `canary-${sub}` } };
  });
  const [ann, bob] = ['ann', 'bob'].map((sub) => ({ token: shop.issuer.token({ sub }) }));
  for (let round = 0; round < 2; round += 1) {
    const answers = [];
    for (const who of [ann, bob, {}]) answers.push(await shop.ask('{ me { id name } }', who));
    const names = answers.map(({ data }) => (data?.['me'] as { name: string } | null)?.name);
    assert.deepEqual(names, ['canary-ann', 'canary-bob', undefined]);
    assert.match(shown(answers[0] ?? assert.fail()), /private/);
    assert.equal(shop.calls(), round === 0 ? 3 : 0);
  }
});

for (const said of ['private, max-age=60', 'public, max-age=60']) {
  test(`one person in another tenant is another caller, where the answer is ${said}`, async (t) => {
    const shop = await withRules(t, {
      headers: { all: { request: [fromClaim('x-user-id', 'sub'), fromClaim('x-tenant', 'tenant')] } },
    });
    shop.goods.trouble = answering({ 'cache-control': said, vary: 'x-tenant' }, ({ headers }) => ({
      me: { id: 'ann', name: `of ${String(headers['x-tenant'])}` },
    }));
    for (let round = 0; round < 2; round += 1)
      for (const tenant of ['red', 'blue']) {
        const { data } = await shop.ask('{ me { id name } }', {
          token: shop.issuer.token({ sub: 'ann', tenant }),
        });
        assert.deepEqual(data?.['me'], { id: 'ann', name: `of ${tenant}` });
      }
    assert.equal(shop.calls(), 2, 'and each has their own from the cache');
  });
}

test('a token that is renewed leaves its owner what is kept for them', async (t) => {
  const shop = await withRules(t, {
    headers: { all: { request: [{ propagate: { named: 'authorization' } }, fromClaim('x-user-id', 'sub')] } },
  });
  shop.goods.headers = { 'cache-control': 'private, max-age=60' };
  for (const jti of ['first', 'second'])
    await shop.ask('{ me { id name } }', { token: shop.issuer.token({ sub: 'ann', jti }) });
  assert.equal(shop.calls(), 1);
});

test('networks are told that an answer varies by who asks, though no token goes on to subgraphs', async (t) => {
  const shop = await withRules(t, { headers: { all: { request: [fromClaim('x-user-id', 'sub')] } } });
  shop.goods.headers = forAMinute;
  const nobody = await shop.ask('{ me { id name } }', { get: true });
  const ann = await shop.ask('{ me { id name } }', { get: true, token: shop.issuer.token({ sub: 'ann' }) });
  assert.match(shown(nobody), /public/);
  assert.match(shown(ann), /private/);
  for (const answer of [nobody, ann]) assert.ok(variesBy(answer).includes('authorization'));
  const report = await shop.ask('{ secretReport }', {
    ...{ get: true, token: shop.issuer.token({ sub: 'root', scope: 'admin' }) },
  });
  assert.match(shown(report), /private/);
  assert.ok(variesBy(report).includes('authorization'));
});

test('an answer does not vary by what traces a request', async (t) => {
  const request = ['x-request-id', 'traceparent', 'accept-language'].map((named) => ({
    propagate: { named },
  }));
  const shop = await withRules(t, { headers: { all: { request } } });
  shop.goods.headers = { 'cache-control': 'public, max-age=60' };
  const answer = await shop.ask('{ greeting }', { get: true, headers: { 'x-request-id': 'mine' } });
  assert.deepEqual([...variesBy(answer)].sort(), ['accept', 'accept-encoding', 'accept-language']);
});

test('a subgraph whose answer varies by what traces a request is asked each time', async (t) => {
  const shop = await withRules(t, { headers: { all: { request: [{ propagate: { named: 'baggage' } }] } } });
  shop.goods.trouble = answering(
    { 'cache-control': 'public, max-age=60', vary: 'baggage' },
    ({ headers }) => ({
      greeting: `for ${String(headers['baggage'])}`,
    }),
  );
  for (const baggage of ['tenant=red', 'tenant=blue']) {
    const { data } = await shop.ask('{ greeting }', { headers: { baggage } });
    assert.equal(data?.['greeting'], `for ${baggage}`);
  }
});

test('subgraphs that are told different things under one name are told apart', async (t) => {
  const renamed = (named: string) => ({ request: [{ propagate: { named, rename: 'x-t' } }] });
  const shop = await withRules(t, {
    headers: { subgraphs: { goods: renamed('x-a'), stock: renamed('x-b') } },
  });
  const said = { 'cache-control': 'public, max-age=60' };
  shop.goods.trouble = answering(said, ({ headers }) => ({ greeting: `goods ${String(headers['x-t'])}` }));
  shop.stock.trouble = answering(said, ({ headers }) => ({ warehouse: `stock ${String(headers['x-t'])}` }));
  const first = await shop.ask('{ greeting warehouse }', { headers: { 'x-a': '1' } });
  const second = await shop.ask('{ greeting warehouse }', { headers: { 'x-b': '1' } });
  assert.deepEqual(first.data, { greeting: 'goods 1', warehouse: 'stock undefined' });
  assert.deepEqual(second.data, { greeting: 'goods undefined', warehouse: 'stock 1' });
});

test('what tells of the moment is kept by nobody: traces and plans', async (t) => {
  const shop = await withRules(t, {});
  shop.goods.headers = { 'cache-control': 'public, max-age=60' };
  const plain = await shop.ask('{ greeting }', { get: true });
  assert.match(shown(plain), /public/);
  for (const name of ['apollo-cache-debugging', 'apollo-expose-query-plan']) {
    const { headers } = await shop.ask('{ greeting }', { get: true, headers: { [name]: 'true' } });
    assert.deepEqual(
      [headers['cache-control'], headers['etag'], headers['age']],
      ['no-store', undefined, undefined],
    );
  }
});
