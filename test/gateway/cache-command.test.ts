import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { recordedQuestion } from '../../gateway/model/cache-recording.ts';
import { startShop, type Shop } from './cached-shop.ts';
import { freePort, startRedis, withoutRedis as skip } from './redis-server.ts';
import { runWeir } from './run-weir.ts';
import { serve } from './served.ts';

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

const errorIn = (json: string) => {
  const { errors } = JSON.parse(json) as {
    readonly errors: readonly { readonly code: string; readonly message: string }[];
  };
  return errors[0] ?? assert.fail(json);
};

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
  const alone = 'dropped in this gateway; without Redis others are told nothing\n';
  assert.deepEqual([dropped.exitCode, dropped.out, dropped.err], [0, alone, '']);
  await shop.ask(byId, { variables: { id: '4' } });
  assert.equal(shop.calls(), 1);

  const unknown = await drop('--type', 'Prodct');
  assert.equal(unknown.exitCode, 2);
  assert.match(
    unknown.err,
    /^error\[WEIR-F017\]: type: no type "Prodct" in "goods"; did you mean "Product"\? \(404\)\n/,
  );
  const noKey = await drop('--type', 'Product', '--entity', '{"id":{"a":1}}');
  assert.equal(noKey.exitCode, 2);
  assert.match(noKey.err, /^error\[WEIR-F017\]: key\.id: expected text or a number \(400\)\n/);
  const unfinished = await drop('--entity', '{"id":"4"}');
  assert.deepEqual(
    [unfinished.exitCode, unfinished.err],
    [2, 'error[WEIR-F017]: --entity needs --type\n  see  weir cache invalidate --help\n'],
  );
  assert.equal((await drop('--type', 'Product', '--entity', '{id')).exitCode, 2);
  assert.equal((await cache('invalidate')).exitCode, 2);
});

test('invalidate: a tag beside a type or an entity drops nothing and is wrong usage, for programs too', async () => {
  await shop.ask(byId, { variables: { id: '8' } });
  shop.calls();
  const tagged = (...more: readonly string[]) =>
    cache('invalidate', '--subgraph', 'goods', '--tag', 'product-8', ...more);
  const typed = await tagged('--type', 'Product');
  assert.equal(typed.exitCode, 2);
  assert.match(typed.err, /^error\[WEIR-F017\]: --tag .*: leave out --type and --entity, or --tag\n {2}see /);
  const named = await tagged('--type', 'Product', '--entity', '{"id":"8"}', '--format', 'json');
  assert.deepEqual([named.exitCode, errorIn(named.out).code, named.err], [2, 'WEIR-F017', '']);
  await shop.ask(byId, { variables: { id: '8' } });
  assert.equal(shop.calls(), 0);
});

test('inspect: a type in any subgraph, unknown names with what was meant', async () => {
  await shop.ask(byId, { variables: { id: '9' } });
  const product = await cache('inspect', '--type', 'Product', '--tag', 'page-9');
  assert.match(product.out, /^public .* t:goods:Product /m);
  const user = await cache('inspect', '--type', 'User', '--tag', 'page-9');
  assert.equal(user.out, 'no such entries in the memory of this gateway\n');
  const unknown = await cache('inspect', '--type', 'Prodct');
  assert.equal(unknown.exitCode, 2);
  assert.match(unknown.err, /no type "Prodct" in any subgraph; did you mean "Product"\? \(404\)/);
  const stranger = await cache('inspect', '--subgraph', 'godos', '--format', 'json');
  assert.equal(stranger.exitCode, 2);
  assert.match(errorIn(stranger.out).message, /no subgraph "godos"; did you mean "goods"\?/);
});

test('inspect: that there are more entries than are shown is said, with how to see them', async () => {
  for (let id = 1; id <= 101; id += 1) await shop.ask(byId, { variables: { id: String(id) } });
  const { out } = await cache('inspect');
  assert.equal(out.split('\n').filter((line) => line.startsWith('public ')).length, 100);
  assert.match(
    out,
    /\nonly the oldest 100 are shown, there are more: narrow them by subgraph, type or tag\n$/,
  );
  const { data } = JSON.parse((await cache('inspect', '--format', 'json')).out) as {
    readonly data: { readonly note?: string };
  };
  assert.match(data.note ?? '', /^only the oldest 100 are shown/);
  assert.doesNotMatch((await cache('inspect', '--tag', 'page-101')).out, /there are more/);
});

for (const url of ['foo', 'localhost:4009/invalidation', 'ftp://localhost/', 'http://u:p@localhost/']) {
  test(`the address ${url} is wrong usage`, async () => {
    const { exitCode, err } = await runWeir(['cache', 'stats', '--url', url]);
    assert.equal(exitCode, 2);
    assert.equal(
      err,
      `error[WEIR-F017]: --url ${url} is no address\n  expected one such as  http://127.0.0.1:4009/invalidation\n`,
    );
  });
}

test('an address where something else answers is told from one where nothing does', async () => {
  const own = await runWeir(['cache', 'stats', '--url', shop.gateway.url, '--key', sharedKey]);
  assert.equal(own.exitCode, 3);
  assert.match(own.err, /^error\[WEIR-N005\]: not an answer of a gateway \(\d+\): /);
  const { origin } = new URL(url);
  const beside = await runWeir(['cache', 'stats', '--url', `${origin}/elsewhere`, '--key', sharedKey]);
  assert.equal(beside.exitCode, 2);
  assert.match(beside.err, /nothing is answered here; ask \/invalidation \(404\)\n {2}at {2}http/);
  assert.equal((await cache('stats', '--url', `${url}/`)).exitCode, 0);
});

test('help of every command has groups, examples, the key, and fits a screen', async () => {
  for (const name of ['stats', 'inspect', 'invalidate', 'advise']) {
    const { out } = await runWeir(['cache', name, '--help']);
    assert.ok(out.split('\n').length <= 40, name);
    assert.match(out, /^(?:Input|Behaviour):$[^]*^Output:$/m, name);
    assert.ok((out.match(/^ {2}weir cache \w+ ?/gm) ?? []).length >= 3, name);
    assert.match(out, /Exit codes: /, name);
    assert.match(out, name === 'advise' ? /no key/ : /WEIR_INVALIDATION_KEY, or by --key/, name);
    if (['stats', 'inspect'].includes(name)) assert.match(out, /With workers, one of them answers/, name);
  }
  const { out } = await runWeir(['cache', '--help']);
  assert.match(out, /Examples:\n {2}weir cache stats\n[^]*Exit codes: /);
  assert.match((await runWeir(['cache', 'advise', '--help'])).out, /default: "10s,60s,5m"/);
});

test('of several workers one tells what it has itself, and says so', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-cache-workers-'));
  const config = join(folder, 'gateway.yaml');
  const redis = await startRedis(await freePort());
  const listen = `127.0.0.1:${String(await freePort())}`;
  const { response_cache: own, ...rest } = JSON.parse(shop.configuration) as {
    readonly response_cache: object;
  };
  const invalidation = { listen, shared_key: sharedKey };
  writeFileSync(
    config,
    JSON.stringify({
      ...rest,
      response_cache: { ...own, invalidation, storage: { redis: { urls: [redis.url] } } },
      workers: 2,
    }),
  );
  const starting = serve('--supergraph', shop.supergraph, '--config', config, '--port', '0');
  t.after(async () => {
    const served = await starting.catch(() => undefined);
    served?.signal('SIGTERM');
    await served?.ended;
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  await starting;
  const ask = (verb: string, ...more: readonly string[]) =>
    runWeir(['cache', verb, '--url', `http://${listen}/invalidation`, '--key', sharedKey, ...more]);
  const said = /^only of worker process \d+: each has its own, and the next answer may be another's\n/;
  assert.match((await ask('stats')).out, said);
  assert.match((await ask('inspect')).out, said);
  assert.match(
    (await ask('invalidate', '--subgraph', 'goods')).out,
    /^dropped in all gateways that share its Redis\n$/,
  );
});

test('a wrong key, a gateway that is not there: what to do about it', async () => {
  const wrong = await runWeir(['cache', 'stats', '--url', url], {
    WEIR_INVALIDATION_KEY: 'another key altogether',
  });
  assert.equal(wrong.exitCode, 3);
  assert.match(
    wrong.err,
    /^error\[WEIR-N005\]: the shared key is needed in "authorization" \(401\)\n {2}give it by --key, or in WEIR_INVALIDATION_KEY\n$/,
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
  assert.match(
    missing.err,
    /^error\[WEIR-F001\]: no such file: .*\n {2}a gateway records with {2}response_cache: /,
  );
  const unwanted = await runWeir(['cache', 'advise', folder]);
  assert.deepEqual([unwanted.exitCode, unwanted.out], [2, '']);
  assert.match(unwanted.err, /^error\[WEIR-F002\]: .* is not a file\n/);
  const forPrograms = await runWeir(['cache', 'advise', folder, '--format', 'json']);
  assert.equal(errorIn(forPrograms.out).code, 'WEIR-F002');
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
  for (const wrong of [
    ['--ttl', 'soon'],
    ['--ttl', '1s,2s,3s,4s,5s,6s,7s'],
    ['--outdated', '101'],
  ]) {
    const refused = await runWeir(['cache', 'advise', mixed, ...wrong, '--format', 'json']);
    assert.deepEqual([refused.exitCode, errorIn(refused.out).code], [2, 'WEIR-F017']);
  }
});

test('advise: times that are too short for what is asked again are called so', async () => {
  const file = join(folder, 'rare.recording');
  const rare = (at: number) => ({ at: at * 60_000, outcome: 'miss', answer: 'same', ms: 1 });
  const line = { subgraph: 'goods', type: 'Product', key: 'k' };
  const write = (outcome: string): void =>
    writeFileSync(
      file,
      Array.from({ length: 40 }, (_, at) =>
        JSON.stringify({ ...line, ...rare(at), ...(at === 0 ? {} : { outcome }) }),
      ).join('\n'),
    );
  const verdict = async (ttl: string): Promise<string> =>
    lines((await runWeir(['cache', 'advise', file, '--ttl', ttl])).out)[3] ?? '';
  write('miss');
  assert.match(await verdict('5s'), /\| 97 % \| 0 \| 0 % \| 0 % \(0 %\) \| try longer times$/);
  assert.match(await verdict('5s,1h'), /\| 1h: spares /);
  write('hit');
  assert.match(await verdict('5s'), /\| 97 % \| 0 % \(0 %\) \| kept well already$/);
});
