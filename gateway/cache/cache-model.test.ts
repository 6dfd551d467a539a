import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildASTSchema, parse } from 'graphql';
import { Cancellation } from '../model/cancellation.ts';
import type { EntryStore, LogReader } from '../model/cache-store.ts';
import { WeirError } from '../model/errors.ts';
import type { Operation } from '../model/operation.ts';
import { anonymous, type Principal } from '../model/principal.ts';
import type { CallContext, Caller, SubgraphAnswer, SubgraphCall, Told } from '../model/subgraph-call.ts';
import { cacheBase, createCache, type CacheSettings } from './cache.ts';

/**
 * Random histories of reads by several people, in several tenants and languages, writes, drops, time, subgraphs that fail or
 * leave things out, and failing stores, over two gateways, calls ending in any order. A model says which answers are allowed.
 */

const supergraph = parse(`
directive @join__graph(name: String!, url: String!) on ENUM_VALUE
directive @join__type(graph: join__Graph!, key: String) repeatable on OBJECT
enum join__Graph { GOODS @join__graph(name: "goods", url: "http://a") }
type Query @join__type(graph: GOODS) { me: User greeting: String }
type Mutation @join__type(graph: GOODS) { set(id: ID!): Product }
type Product @join__type(graph: GOODS, key: "id") { id: ID! version: Int note: String }
type User @join__type(graph: GOODS, key: "id") { id: ID! secret: String }
`);
/** `call`: what a call may take; an answer is as old as its call. */
const seconds = { fresh: 10, stale: 5, error: 20, call: 5 };
const usual: CacheSettings = {
  all: {
    ...{ enabled: true, ttlMs: 0, privateId: 'sub', negativeTtlMs: 1_000, types: {} },
    ...{ staleWhileRevalidateMs: seconds.stale * 1000, staleIfErrorMs: seconds.error * 1000 },
  },
  subgraphs: {},
  memoryBytes: 10_000_000,
  maxEntryBytes: 10_000,
  maxTtlMs: 1_000_000,
  wholeResponses: true,
  honorsClients: false,
  debug: false,
  tagHeader: undefined,
  identityHeaders: ['x-user-id', 'x-tenant'],
  credentialHeaders: [],
  callerHeaders: [],
  requiresIdentity: false,
};

/** By name and tenant: one person in two tenants is told two things. */
const people = ['ann@red', 'ann@blue', 'bob@red', 'nobody'] as const;
type Person = (typeof people)[number];
const languages = ['de', 'en'] as const;

/** How the subgraph learns who asks, and what it says of answers that depend on it. */
interface Manner {
  readonly told: 'headers' | 'claims' | 'both';
  readonly says: 'private' | 'nothing' | 'it varies';
}
const principals = new Map<Person, Principal>(
  people.map((name) => {
    const none = new Set<string>();
    const rights = { scopes: none, roles: none, policies: none };
    const [sub, tenant] = name.split('@');
    const known = {
      kind: 'known',
      subject: sub,
      issuer: 'i',
      claims: { sub, tenant },
      expiresAt: 1e12,
      ...rights,
    };
    return [name, name === 'nobody' ? anonymous : (known as Principal)];
  }),
);

type Action =
  | { readonly kind: 'read'; readonly by: Person; readonly on: number; readonly ids: readonly string[] }
  | { readonly kind: 'page'; readonly by: Person; readonly on: number; readonly ids: readonly string[] }
  | { readonly kind: 'notes'; readonly by: Person; readonly on: number; readonly ids: readonly string[] }
  | { readonly kind: 'me' | 'my-page'; readonly by: Person; readonly on: number }
  | { readonly kind: 'greet'; readonly by: Person; readonly on: number; readonly language: string }
  | { readonly kind: 'mutate'; readonly on: number; readonly id: string }
  | { readonly kind: 'drop'; readonly on: number; readonly id: string }
  | { readonly kind: 'write'; readonly id: string }
  | { readonly kind: 'time'; readonly seconds: number }
  | { readonly kind: 'subgraph' | 'store'; readonly fails: boolean }
  | { readonly kind: 'partial'; readonly is: boolean }
  | { readonly kind: 'settle' };

const id = fc.constantFrom('1', '2', '3');
const on = fc.constantFrom(0, 1);
const by = fc.constantFrom(...people);
const ids = fc.uniqueArray(id, { minLength: 1 });
const single: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('read' as const), by, on, ids }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('page' as const), by, on, ids }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('notes' as const), by, on, ids }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('me' as const, 'my-page' as const), by, on }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('mutate' as const), on, id }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), on, id }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('write' as const), id }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('time' as const), seconds: fc.integer({ min: 1, max: 40 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('subgraph' as const), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('store' as const), fails: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('partial' as const), is: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('greet' as const),
      by,
      on,
      language: fc.constantFrom(...languages),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('settle' as const) }) },
);

/** What is dropped while a call for it is under way: the answer that comes later must not be believed. */
const race: fc.Arbitrary<readonly Action[]> = fc
  .record({ by, id, on, where: on, how: fc.constantFrom('read' as const, 'page' as const), last: on })
  .map(({ by: reader, id: one, on: first, where, how, last }) => [
    { kind: 'drop', on: where, id: one },
    { kind: 'settle' },
    { kind: how, by: reader, on: first, ids: [one] },
    { kind: 'write', id: one },
    { kind: 'drop', on: where, id: one },
    { kind: 'settle' },
    { kind: how, by: reader, on: last, ids: [one] },
  ]);
/** What came while something was left out, and what is asked when the subgraph is whole again. */
const healing: fc.Arbitrary<readonly Action[]> = fc
  .record({ by, ids, on, how: fc.constantFrom('read' as const, 'page' as const), last: on })
  .map(({ by: reader, ids: some, on: first, how, last }) => [
    { kind: 'drop', on: first, id: some[0] ?? '1' },
    { kind: 'partial', is: true },
    { kind: 'settle' },
    { kind: how, by: reader, on: first, ids: some },
    { kind: 'settle' },
    { kind: 'partial', is: false },
    { kind: 'settle' },
    { kind: how, by: reader, on: last, ids: some },
  ]);
const someActions = fc.oneof(
  { weight: 12, arbitrary: single.map((one) => [one]) },
  { weight: 1, arbitrary: race },
  { weight: 1, arbitrary: healing },
);

interface Version {
  readonly number: number;
  /** When the next one took its place. */
  endedAt: number;
  /** Place in the order of all that happened. */
  endedBy: number;
}

/** The subgraph's truth, and what may be answered. */
class World {
  now = 1_000_000;
  step = 0;
  /** Seconds that calls may have been under way. */
  callsSince = 0;
  subgraphFails = false;
  storeFails = false;
  /** Answers lack something, and no error says so. */
  isPartial = false;
  /** Whether calls under way may have met that. */
  wasPartial = false;
  reads = 0;
  readonly manner: Manner;

  constructor(manner: Manner = { told: 'headers', says: 'private' }) {
    this.manner = manner;
  }

  readonly versions = new Map<string, Version[]>();
  /** The step by which the last drop of an entity was told to everybody. */
  readonly dropped = new Map<string, number>();

  all(entity: string): Version[] {
    const known = this.versions.get(entity) ?? [{ number: 0, endedAt: Infinity, endedBy: Infinity }];
    this.versions.set(entity, known);
    return known;
  }

  write(entity: string): void {
    const all = this.all(entity);
    const last = all.at(-1);
    if (last === undefined) return;
    this.step += 1;
    last.endedAt = this.now;
    last.endedBy = this.step;
    all.push({ number: last.number + 1, endedAt: Infinity, endedBy: Infinity });
  }
}

interface Began {
  readonly at: number;
  readonly dropped: ReadonlyMap<string, number>;
}

function allowed(world: World, began: Began, entity: string, version: number): boolean {
  const found = world.all(entity)[version];
  if (found === undefined) return false;
  const oldest = began.at - (seconds.call + seconds.fresh + Math.max(seconds.stale, seconds.error)) * 1000;
  return found.endedAt >= oldest && found.endedBy > (began.dropped.get(entity) ?? -1);
}

const productDocument =
  'query Op__goods__0($representations:[_Any!]!){_entities(representations:$representations){...on Product{id version}}}';
const noteDocument = productDocument.replace('version', 'note');
const meDocument = '{me{id secret}}';
const greetingDocument = '{greeting}';
const setDocument = 'mutation($id:ID!){set(id:$id){id version}}';

function entityCall(document: string, wanted: readonly string[]): SubgraphCall {
  const texts = wanted.map((one) => JSON.stringify({ __typename: 'Product', id: one }));
  const bodyFor = (some: readonly string[]): string => JSON.stringify({ document, some });
  return {
    ...{ subgraph: 'goods', operationKind: 'query', entityCount: wanted.length, body: bodyFor(texts) },
    parts: { document, variables: () => '', representations: texts, bodyFor },
  };
}

function rootCall(document: string, kind: 'query' | 'mutation', variables: string): SubgraphCall {
  const body = JSON.stringify({ document, variables });
  const parts = { document, variables: () => variables, representations: undefined, bodyFor: () => body };
  return { subgraph: 'goods', operationKind: kind, entityCount: 0, body, parts };
}

const nameOf = (principal: Principal): string =>
  principal.kind === 'known' ? `${principal.subject}@${String(principal.claims['tenant'])}` : 'nobody';
const languageOf = ({ clientHeaders }: CallContext): string => String(clientHeaders['accept-language']);

/** What the subgraph says, as of now. */
function subgraphAnswer(world: World, call: SubgraphCall, context: CallContext): SubgraphAnswer {
  if (world.subgraphFails) return { kind: 'failed', error: new WeirError('SUBREQUEST_HTTP_ERROR', 'down') };
  const asker = nameOf(context.principal);
  const answered = (data: Record<string, unknown>, cacheControl: string, vary?: string): SubgraphAnswer => ({
    ...{ kind: 'answered', data, errors: [], mayNeedEscape: false },
    headers: { 'cache-control': cacheControl, vary },
  });
  const dependingOnAsker = (data: Record<string, unknown>, otherwise: string): SubgraphAnswer => {
    const { told, says } = world.manner;
    // Only what it is told in headers can stand in `Vary`.
    if (says === 'it varies' && told !== 'claims')
      return answered(data, 'public, max-age=10', 'x-user-id, x-tenant');
    return answered(data, says === 'private' ? 'private, max-age=10' : otherwise);
  };
  const {
    document,
    some = [],
    variables = '',
  } = JSON.parse(call.body) as {
    readonly document: string;
    readonly some?: readonly string[];
    readonly variables?: string;
  };
  if (document === meDocument) {
    const me = asker === 'nobody' ? null : { id: asker, secret: `canary-${asker}` };
    return dependingOnAsker({ me }, 'max-age=10');
  }
  if (document === greetingDocument)
    return answered({ greeting: `in ${languageOf(context)}` }, 'public, max-age=10');
  if (document === setDocument) {
    const { id: changed } = JSON.parse(`{${variables}}`) as { readonly id: string };
    world.write(changed);
    return answered({ set: { id: changed, version: world.all(changed).at(-1)?.number } }, 'no-store');
  }
  const known = some.map((text) => (JSON.parse(text) as { readonly id: string }).id);
  if (document === noteDocument) {
    const entities = known.map((one) => ({ id: one, note: `canary-${asker}` }));
    return dependingOnAsker({ _entities: entities }, 'max-age=10');
  }
  if (world.isPartial)
    return answered({ _entities: known.map((one) => ({ id: one })) }, 'public, max-age=10');
  const entities = known.map((one) => ({ id: one, version: world.all(one).at(-1)?.number }));
  return answered({ _entities: entities }, 'public, max-age=10');
}

interface Lock {
  readonly by: object;
  readonly isMark?: true;
  readonly until: number;
}

function sharedBy(world: World) {
  const locks = new Map<string, Lock>();
  const texts = new Map<string, string>();
  const readers: LogReader[] = [];
  let position = 1;
  const storeOf = (by: object): EntryStore => ({
    readMany: (group, names) => {
      world.reads += 1;
      return Promise.resolve(world.storeFails ? undefined : names.map((name) => texts.get(group + name)));
    },
    writeMany: async (group, entries) => {
      for (const { name, text } of entries) if (!world.storeFails) texts.set(group + name, text);
      return Promise.resolve();
    },
    lock: (group, name, ttlMs) => {
      if (world.storeFails) return Promise.resolve('unavailable');
      const held = locks.get(group + name);
      if (held !== undefined && held.until > world.now)
        return Promise.resolve(held.isMark === true ? 'unkept' : 'held');
      locks.set(group + name, { by, until: world.now + ttlMs });
      return Promise.resolve('ours');
    },
    extend: (group, name, ttlMs) => {
      const isOurs = !world.storeFails && locks.get(group + name)?.by === by;
      if (isOurs) locks.set(group + name, { by, until: world.now + ttlMs });
      return Promise.resolve();
    },
    unlock: (group, name, leaving) => {
      if (world.storeFails || locks.get(group + name)?.by !== by) return Promise.resolve();
      if (leaving === 'free') locks.delete(group + name);
      else locks.set(group + name, { by: {}, until: world.now + 1_000, isMark: true });
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
  return (reader: LogReader) => {
    readers.push(reader);
    const append = (text: string): Promise<number | undefined> => {
      if (world.storeFails) return Promise.resolve(undefined);
      position += 1;
      for (const one of readers) {
        one.read(text, position);
        one.reached(position);
      }
      return Promise.resolve(position);
    };
    return {
      store: storeOf(reader),
      log: { append, isLive: () => !world.storeFails, close: () => Promise.resolve() },
    };
  };
}

/** Room for an entry or two. */
const tinyMemory = 2_000;

interface Parts {
  readonly memoryBytes?: number;
  readonly open: ReturnType<typeof sharedBy>;
  readonly call: Caller;
  readonly pause: () => Promise<unknown>;
}

function gatewayOn(world: World, { open, call, pause, memoryBytes = usual.memoryBytes }: Parts) {
  const settings = { ...usual, memoryBytes };
  let loads = 0;
  const base = cacheBase(settings, {
    // A full memory takes in every other load.
    ...{ open, now: () => world.now, random: () => (loads++ % 2) / 2 },
    onGarbage: () => assert.fail('what one gateway writes another one can read'),
    onStrangeDrop: () => assert.fail('what is dropped is known'),
  });
  const cache = createCache({
    ...{ settings, base, schemaId: 'x', call, pause, random: () => 0.01 },
    schema: { document: supergraph, schema: buildASTSchema(supergraph), accessDirectives: new Set() },
    tellingOf: () => (context) => toldBy(world.manner, context),
    clientHeaders: { names: [], hasPatterns: false },
  });
  return { base, cache };
}

function toldBy({ told }: Manner, context: CallContext): Told {
  const { principal } = context;
  const language = ['accept-language', languageOf(context)];
  if (principal.kind === 'anonymous') return { headers: language, claims: '' };
  const names = ['x-user-id', principal.subject, 'x-tenant', String(principal.claims['tenant'])];
  return {
    headers: told === 'claims' ? language : [...language, ...names],
    claims: told === 'headers' ? '' : JSON.stringify(principal.claims),
  };
}

const operation = (hash: string) => ({ hash, kind: 'query' }) as unknown as Operation;

type Product = Readonly<Record<string, unknown>>;

async function history(manner: Manner, actions: readonly Action[], scheduler: fc.Scheduler): Promise<void> {
  const world = new World(manner);
  const call: Caller = async (one, context) => {
    // The truth is read when the call arrives, and its answer is under way for as long as the scheduler likes.
    const answer = subgraphAnswer(world, one, context);
    return scheduler.schedule(Promise.resolve(answer), one.operationKind);
  };
  const open = sharedBy(world);
  const pause = () => scheduler.schedule(Promise.resolve(), 'pause');
  const gateways = [
    gatewayOn(world, { open, call, pause }),
    gatewayOn(world, { open, call, pause, memoryBytes: tinyMemory }),
  ];
  const visited = (by: Person, where: number, what: string, language = 'de') => {
    const principal = principals.get(by) ?? anonymous;
    const clientHeaders = { 'accept-language': language };
    const context: CallContext = { requestId: 'r', principal, clientHeaders, signal: new Cancellation() };
    const question = { operation: operation(what), shape: 'all', variables: {}, context };
    return { context, visiting: gateways[where]?.cache.visit(question) };
  };
  /** A whole request: its answer is kept as a whole, where that may be. */
  const pageOf = async (
    by: Person,
    where: number,
    one: SubgraphCall,
    language?: string,
  ): Promise<unknown> => {
    const { context, visiting } = visited(by, where, one.body, language);
    const visit = (await visiting) ?? assert.fail();
    if (visit.response !== undefined) return JSON.parse(visit.response.data ?? 'null');
    const answer = await visit.calls(call)(one, context);
    if (answer.kind === 'failed') return undefined;
    const data = JSON.stringify(answer.data);
    visit.finish({
      status: 200,
      refusedByGraphQL: false,
      data,
      errors: [],
      extensions: undefined,
      headers: {},
    });
    return answer.errors.length > 0 ? undefined : JSON.parse(data);
  };
  const asked = async (by: Person, where: number, one: SubgraphCall): Promise<SubgraphAnswer> => {
    const { context, visiting } = visited(by, where, 'uncached');
    const visit = (await visiting) ?? assert.fail();
    return visit.calls(call)(one, context);
  };
  const began = (): Began => ({ at: world.now, dropped: new Map(world.dropped) });
  /** `undefined`: it could not be had, and an error says so at its path. */
  const entitiesOf = (answer: SubgraphAnswer): readonly (Product | undefined)[] => {
    if (answer.kind === 'failed') return [];
    return (answer.data?.['_entities'] as readonly (Product | null)[]).map((entity, at) => {
      if (entity !== null) return entity;
      assert.deepEqual(answer.errors.find(({ path }) => path?.[1] === at)?.path, ['_entities', at]);
      return undefined;
    });
  };
  const checkProducts = (
    found: readonly (Product | undefined)[],
    wanted: readonly string[],
    from: Began,
  ): void => {
    found.forEach((entity, at) => {
      if (entity === undefined) return;
      assert.equal(entity['id'], wanted[at]);
      if (entity['version'] === undefined) {
        assert.ok(world.wasPartial, 'nothing that is not whole is kept');
        return;
      }
      const isAllowed = allowed(world, from, String(entity['id']), Number(entity['version']));
      assert.ok(isAllowed, JSON.stringify(entity));
    });
  };
  const settle = async (): Promise<void> => {
    await scheduler.waitIdle();
    world.callsSince = 0;
    world.wasPartial = world.isPartial;
  };
  const run = async (one: Action): Promise<void> => {
    switch (one.kind) {
      case 'read': {
        const from = began();
        const found = entitiesOf(await asked(one.by, one.on, entityCall(productDocument, one.ids)));
        checkProducts(found, one.ids, from);
        return;
      }
      case 'page': {
        const from = began();
        const data = await pageOf(one.by, one.on, entityCall(productDocument, one.ids));
        if (data === undefined) return;
        checkProducts((data as { readonly _entities: readonly Product[] })._entities, one.ids, from);
        return;
      }
      case 'my-page': {
        const data = await pageOf(one.by, one.on, rootCall(meDocument, 'query', ''));
        const me = one.by === 'nobody' ? null : { id: one.by, secret: `canary-${one.by}` };
        if (data !== undefined) assert.deepEqual(data, { me });
        return;
      }
      case 'notes': {
        const found = entitiesOf(await asked(one.by, one.on, entityCall(noteDocument, one.ids)));
        for (const entity of found)
          if (entity !== undefined) assert.equal(entity['note'], `canary-${one.by}`);
        return;
      }
      case 'me': {
        const answer = await asked(one.by, one.on, rootCall(meDocument, 'query', ''));
        const me = one.by === 'nobody' ? null : { id: one.by, secret: `canary-${one.by}` };
        if (answer.kind === 'answered') assert.deepEqual(answer.data, { me });
        return;
      }
      case 'mutate': {
        const failed = world.storeFails;
        const answer = await asked('nobody', one.on, rootCall(setDocument, 'mutation', `"id":"${one.id}"`));
        if (answer.kind === 'answered' && !failed && !world.storeFails) {
          const { version } = answer.data?.['set'] as { readonly version: number };
          const before = world.all(one.id)[version - 1]?.endedBy ?? 0;
          world.dropped.set(one.id, Math.max(before, world.dropped.get(one.id) ?? 0));
        }
        return;
      }
      case 'drop': {
        const at = world.step;
        const tags = [`e:goods:Product:id=${JSON.stringify([one.id])}`];
        if ((await gateways[one.on]?.base.drop(tags)) === true) world.dropped.set(one.id, at);
        return;
      }
      case 'write':
        world.write(one.id);
        return;
      case 'time':
        // No call outlives its deadline.
        if (world.callsSince + one.seconds > seconds.call) await settle();
        world.callsSince += one.seconds;
        world.now += one.seconds * 1000;
        return;
      case 'subgraph':
        world.subgraphFails = one.fails;
        return;
      case 'store':
        world.storeFails = one.fails;
        return;
      case 'partial':
        world.isPartial = one.is;
        world.wasPartial ||= one.is;
        return;
      case 'greet': {
        const data = await pageOf(one.by, one.on, rootCall(greetingDocument, 'query', ''), one.language);
        if (data !== undefined) assert.deepEqual(data, { greeting: `in ${one.language}` });
        return;
      }
      case 'settle':
        return settle();
    }
  };
  const running: Promise<void>[] = [];
  for (const one of actions) {
    const started = run(one);
    // It is awaited at the end; until then a failure must not count as nobody's.
    started.catch(() => undefined);
    if (one.kind === 'settle' || one.kind === 'time') await started;
    else running.push(started);
    await new Promise(setImmediate);
  }
  const all = Promise.all(running);
  await scheduler.waitFor(all);
  for (const { cache, base } of gateways) {
    const closed = cache.close();
    await scheduler.waitIdle();
    await closed;
    await base.close();
  }
}

const manners = fc.record({
  told: fc.constantFrom('headers' as const, 'claims' as const, 'both' as const),
  says: fc.constantFrom('private' as const, 'nothing' as const, 'it varies' as const),
});
const histories = fc.array(someActions, { minLength: 5, maxLength: 40 }).map((parts) => parts.flat());

/** Histories of one seed in each run, which once found a dropped entity in a call under way; WEIR_FUZZ_SEED looks at others. */
const fixed = { seed: -405_837_829 };
const seed = process.env['WEIR_FUZZ_SEED'];

test('no answer is somebody else\u2019s, older than its bound, or from before its drop', async () => {
  await fc.assert(fc.asyncProperty(manners, histories, fc.scheduler(), history), {
    ...(seed === undefined ? fixed : { seed: Number(seed) }),
    numRuns: 60,
    includeErrorInReport: true,
  });
});

test('what is too much for the memory is answered from the shared store with one question', async () => {
  const world = new World();
  let calls = 0;
  const call: Caller = (one, context) => {
    calls += 1;
    return Promise.resolve(subgraphAnswer(world, one, context));
  };
  const parts = { open: sharedBy(world), call, pause: () => Promise.resolve(), memoryBytes: tinyMemory };
  const { cache, base } = gatewayOn(world, parts);
  const context = { requestId: 'r', principal: anonymous, clientHeaders: {}, signal: new Cancellation() };
  const ids = ['1', '2', '3'];
  const asked = async (): Promise<SubgraphAnswer> => {
    const visit = await cache.visit({
      operation: operation('uncached'),
      shape: 'all',
      variables: {},
      context,
    });
    // The whole answer was looked for, too.
    world.reads = 0;
    return visit.calls(call)(entityCall(productDocument, ids), context);
  };
  const dataOf = (answer: SubgraphAnswer) => (answer.kind === 'answered' ? answer.data : undefined);
  const first = dataOf(await asked());
  assert.ok(base.storage.size().entries < ids.length);
  const again = dataOf(await asked());
  assert.deepEqual([calls, world.reads], [1, 1]);
  assert.notEqual(first, undefined);
  assert.deepEqual(again, first);
  await cache.close();
  await base.close();
});
