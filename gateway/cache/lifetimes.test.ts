import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildASTSchema, parse, print, type DocumentNode } from 'graphql';
import { Cancellation } from '../model/cancellation.ts';
import type { Operation } from '../model/operation.ts';
import { anonymous } from '../model/principal.ts';
import type { CallContext, Caller, SubgraphCall } from '../model/subgraph-call.ts';
import { cacheBase, createCache, type CacheSettings, type SubgraphCacheSettings } from './cache.ts';

const supergraph = parse(`
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT
enum join__Graph { GOODS @join__graph(name: "goods", url: "http://a") }
type Query @join__type(graph: GOODS) { product: Product }
type Product @join__type(graph: GOODS, key: "id") { id: ID! version: Int }
`);
const document =
  'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{version}}}';

const usual: SubgraphCacheSettings = {
  ...{ enabled: true, ttlMs: 0, privateId: 'sub', negativeTtlMs: 5_000, types: {} },
  ...{ staleWhileRevalidateMs: 0, staleIfErrorMs: 0 },
};
const settings: CacheSettings = {
  ...{ all: usual, subgraphs: {}, memoryBytes: 1_000_000, maxEntryBytes: 10_000, maxTtlMs: 1_000_000 },
  ...{ wholeResponses: false, honorsClients: false, debug: false, tagHeader: undefined },
  ...{ identityHeaders: [], credentialHeaders: [], callerHeaders: [], requiresIdentity: false },
};

interface Stage {
  readonly all?: Partial<SubgraphCacheSettings>;
  readonly maxTtlMs?: number;
  readonly cacheControl?: string;
}

/** One gateway's cache before a subgraph that counts: each answer has the number of the call that brought it. */
function stage({ all = {}, maxTtlMs = settings.maxTtlMs, cacheControl = 'public, max-age=100' }: Stage = {}) {
  const state = { now: 1_000_000, random: 0, calls: 0, exists: true };
  const base = cacheBase(settings, {
    ...{
      open: undefined,
      now: () => state.now,
      random: () => 0,
      onGarbage: () => undefined,
      onStrangeDrop: () => undefined,
    },
  });
  const call: Caller = () => {
    state.calls += 1;
    return Promise.resolve({
      ...{ kind: 'answered', errors: [], mayNeedEscape: false },
      data: { _entities: [state.exists ? { version: state.calls } : null] },
      headers: { 'cache-control': cacheControl },
    });
  };
  const cacheOf = (of: DocumentNode) =>
    createCache({
      ...{ base, schemaId: 'x', call, random: () => state.random },
      settings: { ...settings, maxTtlMs, all: { ...usual, ...all } },
      schema: { document: of, schema: buildASTSchema(of), accessDirectives: new Set() },
      tellingOf: () => () => ({ headers: [], claims: '' }),
      clientHeaders: { names: [], hasPatterns: false },
    });
  const cache = cacheOf(supergraph);
  const ask = async (id = '1'): Promise<unknown> => {
    const texts = [JSON.stringify({ __typename: 'Product', id })];
    const one: SubgraphCall = {
      ...{ subgraph: 'goods', operationKind: 'query', entityCount: 1, body: '' },
      parts: { document, variables: () => '', representations: texts, bodyFor: () => '' },
    };
    const context: CallContext = {
      ...{ requestId: 'r', principal: anonymous, clientHeaders: {}, signal: new Cancellation() },
    };
    const operation = { hash: 'h', kind: 'query' } as unknown as Operation;
    const visit = await cache.visit({ operation, shape: 'all', variables: {}, context });
    const answer = await visit.calls(call)(one, context);
    assert.equal(answer.kind, 'answered');
    const [entity] = answer.data?.['_entities'] as readonly ({ readonly version: number } | null)[];
    return entity?.version;
  };
  return { ask, state, base, cacheOf };
}

/** Lets what is asked aside come in. */
const settled = () => new Promise(setImmediate);

test('a lifetime ends up to a tenth early, by chance, so that what came together does not go together', async () => {
  for (const [random, last] of [
    [0, 99_999],
    [0.5, 94_999],
    [0.999_999, 89_999],
  ] as const) {
    const { ask, state } = stage();
    state.random = random;
    await ask();
    state.random = 0.5; // whether an early refresh begins is another chance
    state.now += last;
    assert.equal(await ask(), 1);
    state.now += 1;
    assert.equal(await ask(), 2);
  }
});

test('what is asked for a lot is asked anew shortly before its end, while the old is served', async () => {
  const { ask, state } = stage();
  await ask();
  state.now += 89_000;
  assert.equal(await ask(), 1);
  await settled();
  assert.equal(state.calls, 1); // not in the last tenth yet
  state.now += 6_000;
  state.random = 0.5;
  assert.equal(await ask(), 1);
  await settled();
  assert.equal(state.calls, 1); // seldom asked for: chance leaves it alone
  state.random = 0.01;
  assert.deepEqual(await Promise.all([ask(), ask(), ask()]), [1, 1, 1]);
  await settled();
  assert.equal(state.calls, 2);
  state.now += 20_000;
  assert.equal(await ask(), 2);
});

test('"no such entity" is believed for its own time alone, and not at all when that is 0', async () => {
  for (const [negativeTtlMs, calls] of [
    [5_000, [1, 1, 2]],
    [0, [1, 2, 3]],
  ] as const) {
    const { ask, state } = stage({ all: { negativeTtlMs } });
    state.exists = false;
    const seen: number[] = [];
    for (const wait of [0, 4_999, 2]) {
      state.now += wait;
      assert.equal(await ask(), undefined);
      state.random = 0.5; // nothing is asked anew early
      seen.push(state.calls);
    }
    assert.deepEqual(seen, calls);
  }
});

test('how long: by type before what the subgraph says, the configuration where nobody says, never longer than allowed', async () => {
  const lasts = async (ms: number, options: Stage): Promise<boolean> => {
    const { ask, state } = stage(options);
    await ask();
    state.now += ms;
    state.random = 0.5;
    return (await ask()) === 1;
  };
  assert.equal(await lasts(1, { cacheControl: 'public' }), false);
  assert.equal(await lasts(9_999, { cacheControl: 'public', all: { ttlMs: 10_000 } }), true);
  assert.equal(await lasts(10_000, { cacheControl: 'public', all: { ttlMs: 10_000 } }), false);
  assert.equal(await lasts(100_000, { all: { ttlMs: 200_000 } }), false);
  assert.equal(await lasts(150_000, { all: { types: { Product: 200_000 } } }), true);
  assert.equal(await lasts(1, { all: { types: { Product: 0 } } }), false);
  assert.equal(await lasts(1, { cacheControl: 'no-store', all: { types: { Product: 1_000 } } }), false);
  assert.equal(await lasts(50_000, { maxTtlMs: 50_000 }), false);
});

test('stale answers are served while one asks anew, for their time and not longer', async () => {
  const { ask, state } = stage({ all: { staleWhileRevalidateMs: 10_000 } });
  await ask();
  state.now += 109_999;
  assert.deepEqual(await Promise.all([ask(), ask()]), [1, 1]);
  await settled();
  assert.equal(state.calls, 2);
  state.now += 110_000;
  assert.equal(await ask(), 3);
});

test('what is dropped is understood by the supergraph that is served, not by one that is only tried', () => {
  const { base, cacheOf } = stage();
  const knows = (type: string): boolean | undefined => base.facts()?.typesOf('goods').has(type);
  const renamed = cacheOf(parse(print(supergraph).replaceAll('Product', 'Article')));
  assert.deepEqual([knows('Product'), knows('Article')], [true, false]);
  renamed.takeOver();
  assert.deepEqual([knows('Product'), knows('Article')], [false, true]);
});
