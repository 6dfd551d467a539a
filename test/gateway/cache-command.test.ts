import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { recordedQuestion } from '../../gateway/model/cache-recording.ts';
import { startShop, type Shop } from './cached-shop.ts';
import { runWeir } from './run-weir.ts';

const sharedKey = 'a key of some length';
const shared = { 'cache-control': 'public, max-age=600' };
const byId = 'query($id: ID!) { product(id: $id) { id name price } }';
const folder = mkdtempSync(join(tmpdir(), 'weir-cache-command-'));

let shop: Shop;
let url: string;

function addressOf({ log }: Shop): string {
  const line = log.find((one) => one.includes('invalidations are taken')) ?? '{}';
  return (JSON.parse(line) as { readonly url: string }).url;
}

before(async () => {
  shop = await startShop({ cache: { invalidation: { listen: '127.0.0.1:0', shared_key: sharedKey } } });
  url = addressOf(shop);
});
after(async () => {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  shop.goods.headers = shared;
  shop.stock.headers = shared;
});

const cache = (verb: string, ...more: readonly string[]) =>
  runWeir(['cache', verb, '--url', url, '--key', sharedKey, ...more]);

/** Lines of a table without the spaces that align it. */
const lines = (text: string): readonly string[] =>
  text.split('\n').map((line) => line.trim().replace(/ {2,}/g, ' | '));

test('stats: what was asked, kept and dropped, by subgraph and type', async () => {
  for (const id of ['1', '2'])
    for (let times = 0; times < 3; times += 1) await shop.ask(byId, { variables: { id } });
  await cache('invalidate', '--subgraph', 'goods', '--type', 'Product');
  const { exitCode, out } = await cache('stats');
  assert.equal(exitCode, 0);
  assert.match(out, /^4 entries in 0\.0 MB, 0 made room for others\n/);
  const [, , titles, whole, product] = lines(out);
  assert.equal(
    titles,
    'subgraph | type | asked | hits | stale | misses | past it | entries | MB | evicted | drops',
  );
  assert.match(whole ?? '', /^\(whole answers\) \| 6 \| 66 % \| 0 \| 2 \| 0 \| 2 \| 0\.0 \| 0 \| 0$/);
  assert.match(product ?? '', /^goods \| Product \| 2 \| 0 % \| 0 \| 2 \| 0 \| 2 \| 0\.0 \| 0 \| 1$/);
  const json = JSON.parse((await cache('stats', '--format', 'json')).out) as {
    readonly success: boolean;
    readonly data: {
      readonly subgraphs: { readonly goods: { readonly Product: { readonly miss: number } } };
    };
  };
  assert.deepEqual([json.success, json.data.subgraphs.goods.Product.miss], [true, 2]);
});

test('inspect: entries by their tags, for whom, how old; never their data', async () => {
  await shop.ask(byId, { variables: { id: '3' } });
  const { exitCode, out } = await cache('inspect', '--tag', 'page-3');
  assert.equal(exitCode, 0);
  assert.equal(lines(out)[0], 'for | state | age | left | bytes | tags');
  assert.match(out, /^public +fresh +\d+s +\d+s +[\d,]+ +s:goods t:goods:/m);
  assert.doesNotMatch(out, /Product 3/);
  assert.equal(
    (await cache('inspect', '--tag', 'nowhere')).out,
    'no such entries in the memory of this gateway\n',
  );
});

test('invalidate: one entity is dropped, and what was not understood is said', async () => {
  await shop.ask(byId, { variables: { id: '4' } });
  shop.calls();
  const drop = (...more: readonly string[]) => cache('invalidate', '--subgraph', 'goods', ...more);
  const dropped = await drop('--type', 'Product', '--entity', '{"id":"4"}');
  assert.deepEqual([dropped.exitCode, dropped.out, dropped.err], [0, 'dropped in all gateways\n', '']);
  await shop.ask(byId, { variables: { id: '4' } });
  assert.equal(shop.calls(), 1);

  const unknown = await drop('--type', 'Prodct');
  assert.equal(unknown.exitCode, 3);
  assert.match(unknown.err, /^error: .*no type "Prodct" in "goods"; did you mean "Product"\? \(404\)\n/);
  const unfinished = await drop('--entity', '{"id":"4"}');
  assert.deepEqual(
    [unfinished.exitCode, unfinished.err],
    [2, 'error: --entity needs --type\n  see  weir cache invalidate --help\n'],
  );
  assert.equal((await drop('--type', 'Product', '--entity', '{id')).exitCode, 2);
  assert.equal((await cache('invalidate')).exitCode, 2);
});

test('a wrong key, a gateway that is not there: what to do about it', async () => {
  const wrong = await runWeir(['cache', 'stats', '--url', url], {
    WEIR_INVALIDATION_KEY: 'another key altogether',
  });
  assert.equal(wrong.exitCode, 3);
  assert.match(
    wrong.err,
    /^error: the shared key is needed in "authorization" \(401\)\n {2}give it by --key, or in WEIR_INVALIDATION_KEY\n$/,
  );
  const away = await runWeir([
    'cache',
    'stats',
    '--url',
    'http://127.0.0.1:1/invalidation',
    '--format',
    'json',
  ]);
  const { success, errors } = JSON.parse(away.out) as {
    readonly success: boolean;
    readonly errors: readonly { readonly code: string; readonly message: string }[];
  };
  assert.deepEqual([away.exitCode, success, errors[0]?.code], [3, false, 'WEIR-N005']);
  assert.match(errors[0]?.message ?? '', /^not reached: /);
});

/** A gateway that records, asked by `traffic`; the file that it leaves. */
async function recorded(name: string, traffic: (recording: Shop) => Promise<void>): Promise<string> {
  const file = join(folder, name);
  const recording = await startShop({ beside: shop, cache: { record: { file }, whole_responses: false } });
  await traffic(recording);
  await recording.close();
  return file;
}

const withStock = 'query($ids: [ID!]!) { products(ids: $ids) { id inStock } }';
const times = async (count: number, run: (round: number) => Promise<unknown>): Promise<void> => {
  for (let round = 0; round < count; round += 1) await run(round);
};

test('advise: what is asked again and stays the same is worth keeping, what changes is not', async () => {
  // Nobody says how long: nothing is kept while it is recorded.
  shop.goods.headers = { 'cache-control': 'public' };
  shop.stock.headers = { 'cache-control': 'no-store' };
  const file = await recorded('first.recording', async (recording) => {
    await times(20, () => recording.ask(byId, { variables: { id: '5' } }));
    await times(20, (round) => {
      shop.data.greeting = `hello ${String(round)}`;
      return recording.ask('{ greeting }');
    });
    await times(4, () => recording.ask(withStock, { variables: { ids: ['6', '7'] } }));
  });
  const { exitCode, out, err } = await runWeir(['cache', 'advise', file]);
  assert.deepEqual([exitCode, err], [0, '']);
  assert.match(out, /^52 questions in /);
  const table = lines(out);
  assert.equal(
    table[2],
    'subgraph | type | questions | asked again | changed | hits now | 10s | 1m | 5m | advice',
  );
  const row = (start: string): string => table.find((line) => line.startsWith(start)) ?? '';
  assert.match(
    row('goods | Product'),
    /^goods \| Product \| 24 \| 91 % \| 0 \| 0 % \| 91 % \(0 %\) \| 91 % \(0 %\) \| 91 % \(0 %\) \| 10s: spares /,
  );
  assert.match(
    row('goods | String'),
    /^goods \| String \| 20 \| 95 % \| 19 \| 0 % \| .*\(100 %\) \| changes too often$/,
  );
  assert.match(row('stock | Product'), /\| the subgraph forbids it$/);
  assert.ok(
    out.endsWith(`response_cache:
  subgraph:
    subgraphs:
      goods:
        types:
          Product: { ttl: 10s } # 91 % without a call, now 0 %
`),
    out,
  );

  // What is advised is what happens.
  const types = { Product: { ttl: '10s' } };
  const advised = await startShop({
    beside: shop,
    cache: { whole_responses: false, subgraph: { subgraphs: { goods: { types } } } },
  });
  shop.calls();
  await times(20, () => advised.ask(byId, { variables: { id: '5' } }));
  assert.equal(shop.calls(), 1);
  await advised.close();
});

test('advise: private answers count for each person alone; what nobody else may be given is not advised', async () => {
  shop.goods.headers = { 'cache-control': 'private' };
  const me = '{ me { id name } }';
  const file = await recorded('private.recording', async (recording) => {
    for (const sub of ['ann', 'bob', 'cid'])
      await times(2, () => recording.ask(me, { token: shop.issuer.token({ sub }) }));
    await times(3, () => recording.ask(me));
  });
  const { out } = await runWeir(['cache', 'advise', file, '--format', 'json']);
  const { data } = JSON.parse(out) as {
    readonly data: {
      readonly advice: readonly {
        readonly type: string;
        readonly questions: number;
        readonly repeated: number;
      }[];
    };
  };
  const [user] = data.advice;
  assert.deepEqual([user?.type, user?.questions, user?.repeated], ['User', 9, 3]);
});

test('a recording names nobody and holds no data, and stays within its size', async () => {
  shop.goods.headers = { 'cache-control': 'private' };
  const file = join(folder, 'bounded.recording');
  const recording = await startShop({
    beside: shop,
    cache: { record: { file, max_size: '64KB' }, whole_responses: false },
  });
  const ids = Array.from({ length: 100 }, (_, at) => String(at + 1));
  await recording.ask('{ me { id name } }', { token: shop.issuer.token({ sub: 'canary-person' }) });
  for (let round = 0; round < 8; round += 1) {
    await recording.ask(withStock, { variables: { ids } });
    await new Promise((resolve) => setTimeout(resolve, 600)); // what is written is written twice a second
  }
  await recording.close();
  const texts = [`${file}.1`, file].map((name) => readFileSync(name, 'utf8'));
  for (const text of texts) {
    assert.ok(text.length > 0 && text.length < 64 * 1024, String(text.length));
    assert.ok(
      text
        .trim()
        .split('\n')
        .every((line) => recordedQuestion(line) !== undefined),
    );
    assert.doesNotMatch(text, /canary|Product \d|ann/);
  }
});

test('advise: a file that is missing, empty or no recording', async () => {
  const missing = await runWeir(['cache', 'advise', join(folder, 'none')]);
  assert.equal(missing.exitCode, 2);
  assert.match(missing.err, /^error: no such file: .*\n {2}a gateway records with {2}response_cache: /);
  const garbage = join(folder, 'garbage');
  writeFileSync(garbage, 'x\n[]\n{"at":1}\n');
  const empty = await runWeir(['cache', 'advise', garbage, '--format', 'json']);
  assert.deepEqual(
    [empty.exitCode, (JSON.parse(empty.out) as { readonly success: boolean }).success],
    [2, false],
  );
  const mixed = join(folder, 'mixed');
  const line = { at: 1, subgraph: 'a', type: 'T', key: 'k', outcome: 'miss', answer: 'x', ms: 1 };
  writeFileSync(mixed, `${JSON.stringify(line)}\nx\n${JSON.stringify({ ...line, at: 2 })}\n`);
  const read = await runWeir(['cache', 'advise', mixed, '--ttl', '1h']);
  assert.match(read.out, /^2 questions in 1ms,/);
  assert.match(read.out, /1 lines are no recording and were left out/);
  assert.equal((await runWeir(['cache', 'advise', mixed, '--ttl', 'soon'])).exitCode, 2);
});
