import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { GraphQLResponse } from '../model/graphql-response.ts';
import type { Operation } from '../model/operation.ts';
import type { CallContext, Telling } from '../model/subgraph-call.ts';
import type { AnswerParts, Whole } from './answer-parts.ts';
import type { Account } from './counters.ts';
import { freshness, type Entry } from './entry.ts';
import { answerHeaders, tagHeader, type AnswerHeaders, type HeaderSettings } from './http-headers.ts';
import type { Storage } from './storage.ts';
import { variation, type Identities, type IdentityHeaders, type Partition } from './variation.ts';

/** An operation as one caller asks it. */
export interface WholeQuestion {
  readonly operation: Operation;
  /** What of it the caller may see. */
  readonly shape: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: CallContext;
}

/** What subgraphs are told, and by which claim their answers tell people apart. */
export interface AskedAudience {
  readonly telling: Telling;
  readonly privateId: string | undefined;
}

export interface WholeKit {
  readonly storage: Storage;
  readonly account: Account;
  readonly identities: Identities;
  readonly identityHeaders: IdentityHeaders;
  /** Who may be asked, each different. */
  readonly audiences: readonly AskedAudience[];
  readonly schemaId: string;
  readonly headers: HeaderSettings;
  readonly isKept: boolean;
}

/** Where a whole answer stands: one name for each audience. */
export interface WholePlace {
  readonly group: string;
  readonly partitions: readonly Partition[];
  readonly position: number;
}

export interface WholeAnswers {
  readonly placeOf: (question: WholeQuestion) => WholePlace;
  readonly find: (place: WholePlace, operation: Operation) => Promise<FoundAnswer | undefined>;
  /** Headers for an answer, which is kept as well where that may be. */
  readonly finished: (finished: FinishedAnswer) => Finish;
}

export interface FoundAnswer {
  readonly response: GraphQLResponse;
  readonly entry: Entry;
}

export interface FinishedAnswer {
  readonly place: WholePlace | undefined;
  readonly question: WholeQuestion;
  readonly parts: AnswerParts;
  readonly response: GraphQLResponse;
}

export interface Finish {
  /** `undefined`: nobody may keep it. */
  readonly headers: AnswerHeaders | undefined;
  /** Why it was not kept though it might have been. */
  readonly why: string | undefined;
}

type Value = Pick<GraphQLResponse, 'data' | 'extensions'> & {
  readonly tagged: AnswerHeaders;
  /** Whether what the caller may see shaped it. */
  readonly isGuarded: boolean;
};

/** A shared store may hold anything. */
function isValue(value: unknown): value is Value {
  if (typeof value !== 'object' || value === null || !('data' in value) || !('tagged' in value)) return false;
  return typeof value.data === 'string' && typeof value.tagged === 'object' && value.tagged !== null;
}

const mostOperations = 10_000;

export function wholeAnswers(kit: WholeKit): WholeAnswers {
  const { storage, account } = kit;
  /** Operations whose last answer was not kept: not looked for elsewhere until one is. */
  const unkept = new LRUCache<string, true>({ max: mostOperations });
  const inSecond = new WeakMap<Entry, { readonly second: number; readonly response: GraphQLResponse }>();
  const inMemory = ({ group, partitions }: WholePlace): Entry | undefined => {
    for (const { name } of partitions) {
      const entry = storage.find(group, name);
      if (entry !== undefined && freshness(entry, storage.now()) !== 'gone') return entry;
    }
    return undefined;
  };
  const responseOf = (entry: Entry): FoundAnswer | undefined => {
    const now = storage.now();
    const second = Math.floor((now - entry.at) / 1000);
    const made = inSecond.get(entry);
    // One object for a second: what answering makes of it is remembered with it.
    if (made?.second === second) return { response: made.response, entry };
    const response = responseFrom(entry, now, kit);
    if (response === undefined) return undefined;
    inSecond.set(entry, { second, response });
    return { response, entry };
  };
  return {
    placeOf: (question) => placeOf(kit, question),
    find: async (place, operation) => {
      if (!kit.isKept || !storage.isUsable()) return undefined;
      let entry = inMemory(place);
      if (entry === undefined && storage.shared !== undefined && !unkept.has(operation.hash)) {
        const names = place.partitions.map(({ name }) => name);
        const loaded = await storage.load(place.group, names, account);
        entry = names.map((name) => loaded.get(name)).find((one) => one !== undefined);
      }
      const found = entry === undefined ? undefined : responseOf(entry);
      if (found === undefined) account.miss += 1;
      else account.hit += 1;
      return found;
    },
    finished: (finished) => {
      const finish = finishOf(kit, finished);
      const { hash: known } = finished.question.operation;
      if (finish.headers === undefined || finish.why !== undefined) unkept.set(known, true);
      else unkept.delete(known);
      return finish;
    },
  };
}

function responseFrom(entry: Entry, now: number, kit: WholeKit): GraphQLResponse | undefined {
  if (!isValue(entry.value)) return undefined;
  const { data, extensions, tagged, isGuarded } = entry.value;
  const { freshUntil, at: askedAt, audience } = entry;
  const headers = answerHeaders({ freshUntil, askedAt, audience, isGuarded }, now, kit.headers);
  if (headers === undefined) return undefined;
  return {
    status: 200,
    refusedByGraphQL: false,
    errors: [],
    data,
    extensions,
    headers: { ...headers, ...tagged },
  };
}

function placeOf(kit: WholeKit, { operation, shape, variables, context }: WholeQuestion): WholePlace {
  const { identities, identityHeaders } = kit;
  const { principal } = context;
  const access = identities.access(principal);
  const varies = kit.audiences.map(({ telling, privateId }) =>
    variation({ told: telling(context), identityHeaders, own: identities.own(principal, privateId) }),
  );
  // One after the other: two subgraphs may be told different things under one name.
  const headers = varies.map((one) => one.headers);
  const asked = JSON.stringify(['whole', kit.schemaId, operation.hash, shape, variables, headers]);
  const partitions: Partition[] = [
    { audience: 'public', name: 'P' },
    { audience: 'public', name: `P:${access}` },
  ];
  const namesOf = (audience: Partition['audience']): readonly (string | undefined)[] =>
    varies.map((one) => one.partitions.find((partition) => partition.audience === audience)?.name);
  if (!namesOf('anonymous').includes(undefined))
    partitions.push({ audience: 'anonymous', name: `A:${access}` });
  const owns = namesOf('own');
  if (owns.length > 0 && !owns.includes(undefined)) partitions.push({ audience: 'own', name: owns.join() });
  return { group: hash('sha256', asked, 'base64url'), partitions, position: kit.storage.position() };
}

const notFinished: Finish = { headers: undefined, why: undefined };

function finishOf(kit: WholeKit, { place, question, parts, response }: FinishedAnswer): Finish {
  const whole = parts.whole();
  if (whole === undefined || response.status !== 200 || isPartial(response)) return notFinished;
  const now = kit.storage.now();
  const isGuarded = whole.isProtected || question.shape !== 'all';
  const { freshUntil, askedAt, audience } = whole;
  const headers = answerHeaders({ freshUntil, askedAt, audience, isGuarded }, now, kit.headers);
  if (headers === undefined) return notFinished;
  const { tagHeader: name } = kit.headers;
  const tags = name !== undefined || place !== undefined ? parts.tags() : undefined;
  const tagged = taggedBy(name, tags);
  const given = { ...headers, ...tagged };
  if (place === undefined) return { headers: given, why: undefined };
  if (tags === undefined) return { headers: given, why: 'too many entities' };
  const { data, extensions } = response;
  const isPut = keep(kit, place, { whole, tags, value: { data, extensions, tagged, isGuarded } });
  return { headers: given, why: isPut ? undefined : 'too large' };
}

const taggedBy = (header: string | undefined, tags: readonly string[] | undefined): AnswerHeaders =>
  header === undefined || tags === undefined ? {} : tagHeader(header, tags);

/** A null in place of what broke the schema is an error, though it is not told as one. */
const isPartial = ({ errors, extensions }: GraphQLResponse): boolean =>
  errors.length > 0 || extensions?.['valueCompletion'] !== undefined;

interface KeptAnswer {
  readonly whole: Whole;
  readonly tags: readonly string[];
  readonly value: Value;
}

/** Whether there was room for it. */
function keep(
  { storage, account }: WholeKit,
  place: WholePlace,
  { whole, tags, value }: KeptAnswer,
): boolean {
  const { freshUntil, askedAt: at, audience } = whole;
  const partition = place.partitions.find((one) => {
    if (one.audience !== audience) return false;
    return audience !== 'public' || (one.name === 'P') === !value.isGuarded;
  });
  if (partition === undefined) return true;
  const until = { freshUntil, staleUntil: freshUntil, errorUntil: freshUntil };
  const entry: Entry = { value, at, ...until, stamp: place.position, tags, audience, mayNeedEscape: true };
  const { tooLarge } = storage.put(place.group, [[partition.name, entry]], account); // a store never rejects
  account.tooLarge += tooLarge;
  account.kept += 1 - tooLarge;
  return tooLarge === 0;
}
