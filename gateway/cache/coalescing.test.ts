import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildASTSchema, parse } from 'graphql';
import { Cancellation } from '../model/cancellation.ts';
import { WeirError } from '../model/errors.ts';
import type { Operation } from '../model/operation.ts';
import { anonymous, type Principal } from '../model/principal.ts';
import type { CallContext, Caller, SubgraphAnswer, SubgraphCall } from '../model/subgraph-call.ts';
import { cacheBase, createCache, type CacheSettings } from './cache.ts';

const supergraph = parse(`
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT
enum join__Graph { GOODS @join__graph(name: "goods", url: "http://a") }
type Query @join__type(graph: GOODS) { me: User product(id: ID!): Product }
type Product @join__type(graph: GOODS, key: "id") { id: ID! price: Int }
type User @join__type(graph: GOODS, key: "id") { id: ID! }
`);
const settings: CacheSettings = {
  all: {
    ...{ enabled: true, ttlMs: 0, privateId: 'sub', negativeTtlMs: 1_000, types: {} },
    ...{ staleWhileRevalidateMs: 0, staleIfErrorMs: 600_000 },
  },
  ...{ subgraphs: {}, memoryBytes: 10_000_000, maxEntryBytes: 10_000, maxTtlMs: 1_000_000 },
  ...{ wholeResponses: false, honorsClients: false, debug: false, tagHeader: undefined },
  ...{ identityHeaders: ['x-user-id'], credentialHeaders: [], callerHeaders: [], requiresIdentity: false },
};

function person(name: string): Principal {
  const none = new Set<string>();
  const rights = { scopes: none, roles: none, policies: none };
  const known = { kind: 'known' as const, subject: name, issuer: 'i', claims: { sub: name }, ...rights };
  return { ...known, expiresAt: 1e12 };
}
const people = Array.from({ length: 40 }, (_, at) => person(`person-${String(at)}`));

interface Made {
  readonly call: SubgraphCall;
  readonly context: CallContext;
  readonly answer: (answer: SubgraphAnswer) => void;
}

const left: SubgraphAnswer = { kind: 'failed', error: new WeirError('SUBREQUEST_HTTP_ERROR', 'left') };

/** A cache whose subgraph answers when, and what, the test says. */
function stage() {
  const made: Made[] = [];
  const state = { now: 1_000_000 };
  const inner: Caller = (call, context) =>
    new Promise((resolve) => {
      if (context.signal.aborted) {
        resolve(left);
        return;
      }
      context.signal.addEventListener('abort', () => {
        resolve(left);
      });
      made.push({ call, context, answer: resolve });
    });
  const base = cacheBase(settings, {
    ...{ open: undefined, now: () => state.now, random: () => 0 },
    onGarbage: () => assert.fail('nothing is shared'),
    onStrangeDrop: () => assert.fail('nothing is dropped'),
  });
  const cache = createCache({
    ...{ settings, base, schemaId: 'x', call: inner, random: () => 1 },
    schema: { document: supergraph, schema: buildASTSchema(supergraph), accessDirectives: new Set() },
    tellingOf:
      () =>
      ({ principal }) => ({
        headers: principal.kind === 'known' ? ['x-user-id', principal.subject] : [],
        claims: '',
      }),
    clientHeaders: { names: [], hasPatterns: false },
  });
  const operation = { hash: 'x', kind: 'query' } as unknown as Operation;
  const ask = async (
    call: SubgraphCall,
    principal: Principal = anonymous,
    signal = new Cancellation(),
  ): Promise<SubgraphAnswer> => {
    const context: CallContext = { requestId: 'r', principal, clientHeaders: {}, signal };
    const visit = await cache.visit({ operation, shape: 'all', variables: {}, context });
    return visit.calls(inner)(call, context);
  };
  /** Lets everything happen that waits for nothing else. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  };
  /** Answers all calls that are and will be made, until nobody waits; how many there were. */
  const answerAll = async (answerOf: (one: Made) => SubgraphAnswer): Promise<number> => {
    let count = 0;
    await settle();
    while (made.length > 0) {
      count += made.length;
      for (const one of made.splice(0)) one.answer(answerOf(one));
      await settle();
    }
    return count;
  };
  return { made, state, ask, settle, answerAll };
}

function rootCall(document: string, variables = ''): SubgraphCall {
  const body = JSON.stringify({ document, variables });
  const parts = { document, variables: () => variables, representations: undefined, bodyFor: () => body };
  return { subgraph: 'goods', operationKind: 'query', entityCount: 0, body, parts };
}
const product = (id: string) => rootCall('query($id:ID!){product(id:$id){id price}}', `"id":"${id}"`);
const me = rootCall('{me{id}}');

const pricesDocument =
  'query($representations:[_Any!]!){_entities(representations:$representations){...on Product{price}}}';
function prices(...ids: readonly string[]): SubgraphCall {
  const representations = ids.map((id) => JSON.stringify({ __typename: 'Product', id }));
  const bodyFor = (some: readonly string[]): string => JSON.stringify(some);
  const parts = { document: pricesDocument, variables: () => '', representations, bodyFor };
  const body = bodyFor(representations);
  return { subgraph: 'goods', operationKind: 'query', entityCount: ids.length, body, parts };
}

type Errors = Extract<SubgraphAnswer, { kind: 'answered' }>['errors'];
const answered = (
  data: Record<string, unknown> | null,
  cacheControl: string,
  errors: Errors = [],
): SubgraphAnswer => ({
  ...{ kind: 'answered', data, errors, mayNeedEscape: false, headers: { 'cache-control': cacheControl } },
});
const shared = 'public, max-age=60';
const seven = answered({ product: { id: '7', price: 7 } }, shared);
const failedWith = (status: number): SubgraphAnswer => ({
  kind: 'failed',
  error: new WeirError('SUBREQUEST_HTTP_ERROR', 'no', { extensions: { http: { status } } }),
});
const dataOf = (answer: SubgraphAnswer) => (answer.kind === 'answered' ? answer.data : undefined);
const subjectOf = ({ context: { principal } }: Made): string =>
  principal.kind === 'known' ? principal.subject : 'nobody';
const trouble = { message: 'x', path: undefined, extensions: undefined };

test('40 people who ask what nobody asked before cost one call', async () => {
  const { ask, answerAll } = stage();
  const asked = people.map((one) => ask(product('7'), one));
  assert.equal(await answerAll(() => seven), 1);
  for (const answer of await Promise.all(asked))
    assert.deepEqual(dataOf(answer), { product: { id: '7', price: 7 } });
});

test('a private answer is never given to those who waited for it with a stranger', async () => {
  for (const cacheControl of ['private, max-age=60', 'max-age=60', 'no-store', 'public, no-store', '']) {
    const { ask, answerAll } = stage();
    for (let round = 0; round < 3; round += 1) {
      const asked = people.map((one) => ask(me, one));
      await answerAll((one) => answered({ me: { id: subjectOf(one) } }, cacheControl));
      const given = (await Promise.all(asked)).map(dataOf);
      assert.deepEqual(
        given,
        people.map((_, at) => ({ me: { id: `person-${String(at)}` } })),
        cacheControl,
      );
    }
  }
});

test('errors of one person are never given to those who waited, unless the answer says it is everybody\u2019s', async () => {
  for (const cacheControl of ['private, max-age=60', 'max-age=60', 'no-store', 'public, no-store', '']) {
    const { ask, answerAll } = stage();
    const asked = people.map((one) => ask(product('7'), one));
    await answerAll((one) =>
      answered({ product: null }, cacheControl, [{ ...trouble, message: subjectOf(one) }]),
    );
    const told = (await Promise.all(asked)).map((one) =>
      one.kind === 'answered' ? one.errors[0]?.message : '',
    );
    assert.deepEqual(
      told,
      people.map((_, at) => `person-${String(at)}`),
      cacheControl,
    );
  }
  const { ask, answerAll } = stage();
  const asked = people.map((one) => ask(product('7'), one));
  assert.equal(await answerAll(() => answered({ product: null }, shared, [trouble])), 1);
  for (const one of await Promise.all(asked)) assert.deepEqual(dataOf(one), { product: null });
  assert.equal((await Promise.all([ask(product('7')), answerAll(() => seven)]))[1], 1, 'it was not kept');
});

test('when the first caller leaves, the others go on waiting for the same call', async () => {
  const { ask, made, settle } = stage();
  const signal = new Cancellation();
  const first = ask(product('7'), people[0], signal);
  await settle();
  const others = people.slice(1).map((one) => ask(product('7'), one));
  await settle();
  signal.abort(new Error('gone'));
  assert.equal((await first).kind, 'failed');
  await settle();
  const [call] = made;
  assert.ok(call !== undefined && !call.context.signal.aborted);
  call.answer(seven);
  for (const one of await Promise.all(others)) assert.notEqual(dataOf(one)?.['product'], undefined);
  assert.equal(made.length, 1);
});

test('when the last one who waits has left, the call ends, and nobody waits for it any more', async () => {
  const { ask, made, settle, answerAll } = stage();
  const signals = people.map(() => new Cancellation());
  const asked = people.map((one, at) => ask(product('7'), one, signals[at]));
  await settle();
  for (const signal of signals.slice(1)) signal.abort(new Error('gone'));
  const [call] = made.splice(0);
  assert.ok(call !== undefined && !call.context.signal.aborted);
  signals[0]?.abort(new Error('gone'));
  assert.equal(call.context.signal.aborted, true);
  const late = ask(product('7'));
  assert.equal(await answerAll(() => seven), 1);
  assert.notEqual(dataOf(await late)?.['product'], undefined);
  assert.ok((await Promise.all(asked)).every(({ kind }) => kind === 'failed'));
});

test('a call that fails fails for those who waited; one that was refused is made again', async () => {
  const { ask, answerAll } = stage();
  const failing = people.map((one) => ask(product('7'), one));
  assert.equal(await answerAll(() => failedWith(503)), 1);
  assert.ok((await Promise.all(failing)).every(({ kind }) => kind === 'failed'));
  const refused = people.map((one) => ask(product('8'), one));
  const eight = answered({ product: { id: '8', price: 8 } }, shared);
  const count = await answerAll((one) => (subjectOf(one) === 'person-0' ? failedWith(401) : eight));
  assert.equal(count, 2, 'whose token is bad spoils nobody\u2019s answer');
  const given = await Promise.all(refused);
  assert.equal(given.filter(({ kind }) => kind === 'failed').length, 1);
});

test('nobody waits for ever: with refusals for all, each is refused', async () => {
  const { ask, answerAll } = stage();
  const refused = people.map((one) => ask(product('7'), one));
  assert.ok((await answerAll(() => failedWith(401))) <= people.length);
  assert.ok((await Promise.all(refused)).every(({ kind }) => kind === 'failed'));
});

test('one answer that is not kept turns off nothing for the rest of its document', async () => {
  const { ask, answerAll } = stage();
  const once = ask(product('200'));
  await answerAll(() => answered({ product: { id: '200', price: 1 } }, 'no-store'));
  await once;
  const asked = people.map((one) => ask(product('7'), one));
  assert.equal(await answerAll(() => seven), 1);
  await Promise.all(asked);
});

test('for what is not kept again and again nobody waits', async () => {
  const { ask, made, settle, answerAll } = stage();
  const unkept = () => answered({ product: { id: '200', price: 1 } }, 'no-store');
  for (let round = 0; round < 2; round += 1) await Promise.all([ask(product('200')), answerAll(unkept)]);
  const asked = people.map((one) => ask(product('200'), one));
  await settle();
  assert.equal(made.length, people.length);
  await answerAll(unkept);
  await Promise.all(asked);
});

const fresh = (ids: readonly string[]) =>
  answered({ _entities: ids.map((id) => ({ price: Number(id) })) }, shared);

for (const [what, bad] of [
  ['a failure', failedWith(503)],
  ['null and an error', answered(null, shared, [trouble])],
  ['nonsense', answered({ _entities: 'x' }, shared)],
] as const) {
  test(`${what} for a part of a batch costs that part alone, and one call`, async () => {
    const { ask, answerAll } = stage();
    await Promise.all([ask(prices('1', '2')), answerAll(() => fresh(['1', '2']))]);
    const asked = ask(prices('1', '3', '2', '4'));
    assert.equal(await answerAll(() => bad), 1);
    const answer = await asked;
    assert.deepEqual(dataOf(answer), { _entities: [{ price: 1 }, null, { price: 2 }, null] });
    const paths = answer.kind === 'answered' ? answer.errors.map(({ path }) => path) : [];
    assert.deepEqual(paths, [
      ['_entities', 1],
      ['_entities', 3],
    ]);
  });
}

test('batches that overlap share what is under way, and errors keep their places', async () => {
  const { ask, made, settle } = stage();
  const [first, second] = [ask(prices('1', '2')), ask(prices('3', '2'))];
  await settle();
  assert.deepEqual(
    made.map(({ call }) => call.entityCount),
    [2, 1],
  );
  const error = { ...trouble, path: ['_entities', 1, 'price'] };
  made[0]?.answer(answered({ _entities: [{ price: 1 }, { price: null }] }, shared, [error]));
  made[1]?.answer(fresh(['3']));
  const [one, other] = [await first, await second];
  assert.deepEqual(dataOf(one), { _entities: [{ price: 1 }, { price: null }] });
  assert.deepEqual(dataOf(other), { _entities: [{ price: 3 }, { price: null }] });
  assert.deepEqual(other.kind === 'answered' && other.errors.map(({ path }) => path), [
    ['_entities', 1, 'price'],
  ]);
});

test('the last good answer stands in for one with errors, and for one with parts missing, not for a refusal', async () => {
  for (const [bad, stands] of [
    [answered({ product: null }, shared, [trouble]), true],
    [answered(null, shared, [trouble]), true],
    [answered({ product: { price: 1 } }, shared), true],
    [failedWith(503), true],
    [failedWith(403), false],
    [answered({ product: null }, shared, [{ ...trouble, extensions: { code: 'FORBIDDEN' } }]), false],
  ] as const) {
    const { ask, state, answerAll } = stage();
    await Promise.all([ask(product('7')), answerAll(() => seven)]);
    state.now += 61_000;
    const asked = ask(product('7'));
    assert.equal(await answerAll(() => bad), 1);
    const answer = await asked;
    assert.deepEqual(dataOf(answer), stands ? { product: { id: '7', price: 7 } } : dataOf(bad));
    if (stands && answer.kind === 'answered') assert.deepEqual(answer.errors, []);
  }
});

test('an answer with parts missing is not kept', async () => {
  for (const bad of [{}, { product: {} }, { product: { id: null, price: 1 } }, { product: { id: '7' } }]) {
    const { ask, answerAll } = stage();
    await Promise.all([ask(product('7')), answerAll(() => answered(bad, shared))]);
    const [answer, count] = await Promise.all([ask(product('7')), answerAll(() => seven)]);
    assert.deepEqual([dataOf(answer), count], [dataOf(seven), 1], JSON.stringify(bad));
  }
  const { ask, answerAll } = stage();
  const partly = answered({ _entities: [{ price: 1 }, {}] }, shared);
  await Promise.all([ask(prices('1', '2')), answerAll(() => partly)]);
  const [answer, count] = await Promise.all([ask(prices('1', '2')), answerAll(() => fresh(['2']))]);
  assert.deepEqual([dataOf(answer), count], [{ _entities: [{ price: 1 }, { price: 2 }] }, 1]);
});
