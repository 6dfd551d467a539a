import { setTimeout as sleep } from 'node:timers/promises';
import { notStored, type GraphQLResponse } from '../model/graphql-response.ts';
import type { Caller, Telling } from '../model/subgraph-call.ts';
import { AnswerParts, type Part } from './answer-parts.ts';
import type { CacheBase } from './cache-base.ts';
import { clientWish, noWish, type ClientWish } from './cache-control.ts';
import { settingsOf, type CacheSettings } from './cache-settings.ts';
import { cachedCalls, type CallKit } from './cached-calls.ts';
import { wholeAccount } from './counters.ts';
import { flights } from './flights.ts';
import { changedTags } from './mutations.ts';
import { questions } from './question.ts';
import { refreshes } from './refreshes.ts';
import { schemaFacts, type SchemaSource } from './schema-facts.ts';
import { identities, isTracing, type IdentityHeaders } from './variation.ts';
import {
  wholeAnswers,
  type AskedAudience,
  type FinishedAnswer,
  type FoundAnswer,
  type WholeAnswers,
  type WholeQuestion,
} from './whole-answers.ts';
import type { HeaderSettings } from './http-headers.ts';

export { cacheBase, type CacheBase } from './cache-base.ts';
export { cacheRecorder } from './recorder.ts';
export { invalidationEndpoint, type Endpoint } from './invalidation-endpoint.ts';
export type { CacheSettings, SubgraphCacheSettings } from './cache-settings.ts';
export type { WholeQuestion };

export interface CacheParts {
  readonly settings: CacheSettings;
  readonly base: CacheBase;
  readonly schema: SchemaSource;
  readonly schemaId: string;
  /** Asks subgraphs. */
  readonly call: Caller;
  /** The same function for subgraphs that are told the same. */
  readonly tellingOf: (subgraph: string) => Telling;
  /** Client headers that may go on to subgraphs, lower case. */
  readonly clientHeaders: { readonly names: readonly string[]; readonly hasPatterns: boolean };
  /** 0 up to 1. */
  readonly random: () => number;
  /** Waits so many milliseconds; by the clock when it is left out. */
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** The cache of one supergraph's service. */
export interface Cache {
  readonly visit: (question: WholeQuestion) => Promise<Visit>;
  /** For who is neither answered from what is kept nor adds to it: what their mutations change is dropped all the same. */
  readonly passing: Visit;
  /** To be called when its supergraph is served: what is dropped is understood by it from then on. */
  readonly takeOver: () => void;
  /** Ends what is asked aside. */
  readonly close: () => Promise<void>;
}

/** What the cache does for one client request. */
export interface Visit {
  /** The whole answer, when it is kept. */
  readonly response: GraphQLResponse | undefined;
  /** Only requests with equal modes may share one execution. */
  readonly mode: string;
  /** The same calls, answered from what is kept where that may be. */
  readonly calls: (inner: Caller) => Caller;
  /** The answer with what its headers say of keeping it; it is kept here where that may be. */
  readonly finish: (response: GraphQLResponse) => GraphQLResponse;
}

/** Opens the cache for one supergraph; entries stand in `base`, under keys of this supergraph's versions. */
export function createCache(parts: CacheParts): Cache {
  const { settings, base, call, tellingOf, random, pause = sleep } = parts;
  const facts = schemaFacts(parts.schema);
  if (base.facts() === undefined) base.serve(facts);
  const known = identities();
  const { counters } = base;
  const identityHeaders: IdentityHeaders = {
    all: new Set(settings.identityHeaders),
    credentials: new Set(settings.credentialHeaders),
  };
  const asking = questions({ settings, facts, identities: known, identityHeaders, tellingOf, counters });
  const kit = { settings, facts, storage: base.storage, counters, random, pause, flights: flights() };
  const refreshing = refreshes(kit, call);
  const whole = wholeAnswers({
    ...{
      storage: base.storage,
      account: counters.account(wholeAccount.subgraph, wholeAccount.type),
      identities: known,
      schemaId: parts.schemaId,
      isKept: settings.wholeResponses,
    },
    identityHeaders,
    audiences: audiencesOf(parts, [...facts.subgraphs].sort()),
    headers: headerSettings(parts),
  });
  const callKit: CallKit = {
    ...kit,
    questions: asking,
    refreshes: refreshing,
    recorder: base.recorder,
    mutated: async (asked, answer) => {
      await base.drop(changedTags(facts, asking, asked, answer));
    },
  };
  const visiting: Visiting = { settings, base, whole, callKit };
  return {
    visit: (question) => visit(visiting, question),
    passing: passing(callKit),
    takeOver: () => base.serve(facts),
    close: () => refreshing.close(),
  };
}

const passing = ({ mutated }: CallKit): Visit => ({
  response: undefined,
  mode: 'passing',
  calls: (inner) => async (call, context) => {
    const answer = await inner(call, context);
    if (call.operationKind === 'mutation') await mutated(call, answer);
    return answer;
  },
  finish: (response) => response,
});

function audiencesOf(
  { settings, tellingOf }: CacheParts,
  subgraphs: readonly string[],
): readonly AskedAudience[] {
  const audiences: AskedAudience[] = [];
  for (const name of subgraphs) {
    const [telling, { privateId }] = [tellingOf(name), settingsOf(settings, name)];
    if (!audiences.some((one) => one.telling === telling && one.privateId === privateId))
      audiences.push({ telling, privateId });
  }
  return audiences;
}

interface Visiting {
  readonly settings: CacheSettings;
  readonly base: CacheBase;
  readonly whole: WholeAnswers;
  readonly callKit: CallKit;
}

async function visit(visiting: Visiting, question: WholeQuestion): Promise<Visit> {
  const { settings, base, whole, callKit } = visiting;
  const { clientHeaders } = question.context;
  const wish = settings.honorsClients ? clientWish(clientHeaders) : noWish;
  const isTraced = settings.debug && clientHeaders['apollo-cache-debugging'] === 'true';
  const isQuery = question.operation.kind === 'query';
  const place = isQuery && settings.wholeResponses ? whole.placeOf(question) : undefined;
  const isSought = place !== undefined && !wish.noCache;
  const found = isSought ? await whole.find(place, question.operation) : undefined;
  const parts = new AnswerParts();
  return {
    response: found === undefined ? undefined : servedWhole(found, isTraced, base.storage.now()),
    mode: `${String(isTraced)} ${String(wish.noCache)} ${String(wish.noStore)}`,
    calls: (inner) => cachedCalls(callKit, { wish, parts }, inner),
    finish: (response) => {
      const unkept = { response, why: undefined };
      const finished = isQuery ? kept(visiting, { place, question, parts, response }, wish) : unkept;
      if (!isTraced) return finished.response;
      const { why } = finished;
      const whole = why === undefined ? {} : { response: { outcome: 'miss', why } };
      return traced(
        finished.response,
        { ...whole, fetches: parts.all.map(partTrace(base.storage.now())) },
        wish,
      );
    },
  };
}

interface Finished {
  readonly response: GraphQLResponse;
  /** Why it was not kept, where nothing forbids it. */
  readonly why: string | undefined;
}

/** The answer with its headers; kept where settings, client and store let it be. */
function kept(
  { base, whole }: Visiting,
  { place, question, parts, response }: FinishedAnswer,
  wish: ClientWish,
): Finished {
  const isKept = !wish.noStore && base.storage.isUsable();
  const { headers, why } = whole.finished({ place: isKept ? place : undefined, question, parts, response });
  if (headers === undefined) return { response, why };
  return { response: { ...response, headers: { ...response.headers, ...headers } }, why };
}

function headerSettings({ settings, clientHeaders }: CacheParts): HeaderSettings {
  const identity = new Set([...settings.identityHeaders, ...settings.callerHeaders]);
  const { names } = clientHeaders;
  const forwarded = names.filter((name) => identity.has(name));
  return {
    varyNames: names.filter((name) => !identity.has(name) && !isTracing(name)),
    identityNames: [...new Set([...forwarded, ...settings.callerHeaders])],
    hasPatterns: clientHeaders.hasPatterns,
    requiresIdentity: settings.requiresIdentity,
    tagHeader: settings.tagHeader,
  };
}

function servedWhole({ response, entry }: FoundAnswer, isTraced: boolean, now: number): GraphQLResponse {
  if (!isTraced) return response;
  return traced(
    response,
    { response: { outcome: 'hit', ...seconds(entry.at, entry.freshUntil, now) } },
    noWish,
  );
}

const seconds = (askedAt: number, freshUntil: number, now: number) => ({
  age: Math.round((now - askedAt) / 1000),
  ttl: Math.round((freshUntil - now) / 1000),
});

const partTrace =
  (now: number) =>
  ({ subgraph, type, outcomes, why, ageMs, keeping }: Part) => ({
    ...{ subgraph, type, ...outcomes },
    age: Math.round(ageMs / 1000),
    ...(keeping === undefined ? {} : { ttl: Math.round((keeping.freshUntil - now) / 1000) }),
    ...(keeping === undefined ? {} : { audience: keeping.audience }),
    ...(why === undefined ? {} : { why }),
  });

function traced(response: GraphQLResponse, cache: object, wish: ClientWish): GraphQLResponse {
  const asked = wish.noCache ? { client: wish.noStore ? 'no-store' : 'no-cache' } : {};
  // For who asked for it alone.
  return notStored({ ...response, extensions: { ...response.extensions, cache: { ...cache, ...asked } } });
}
