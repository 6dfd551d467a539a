import type { Caller, SubgraphAnswer } from '../model/subgraph-call.ts';
import { answerPolicy, type AnswerPolicy } from './cache-control.ts';
import type { CacheSettings } from './cache-settings.ts';
import { lacksObject } from './document-facts.ts';
import type { Entry } from './entry.ts';
import { answerTags, entryTags, schemaTags } from './entry-tags.ts';
import { cutShort, incomplete, isCallersOwn } from './faults.ts';
import { learn, type Question } from './question.ts';
import type { SchemaFacts } from './schema-facts.ts';
import type { Storage } from './storage.ts';
import { valuesOf } from './subgraph-values.ts';
import { verdict, type Verdict } from './verdict.ts';
import type { Partition } from './variation.ts';

export interface AskKit {
  readonly settings: CacheSettings;
  readonly facts: SchemaFacts;
  readonly storage: Storage;
  /** 0 up to 1. */
  readonly random: () => number;
}

/** What asking a subgraph for some items brought. */
export interface Asked {
  readonly answer: SubgraphAnswer;
  readonly values: readonly (object | null)[] | undefined;
  /** One for each value that was kept. */
  readonly entries: readonly (Entry | undefined)[];
  /** Where they were kept. */
  readonly partition: Partition | undefined;
  /** Places of values that are not whole, where that was looked for: none of them is kept. */
  readonly unsound: ReadonlySet<number>;
  /** Whether all who waited for it may be given it, though it is not kept. */
  readonly isForWaiters: boolean;
  /** Why nothing was kept. */
  readonly why: string | undefined;
  /** Whose answer it is, kept or not; `undefined`: it could be given to nobody else. */
  readonly forWhom: Partition | undefined;
  /** What the call took. */
  readonly ms: number;
  /** Ends when the shared store has them. */
  readonly written: Promise<void>;
}

/** Expiry is spread over this part of the time to live, so that what came together does not go together. */
const jitter = 0.1;

/** Asks the subgraph for these items of a question, and keeps what may be kept. */
export async function ask(
  kit: AskKit,
  question: Question,
  indices: readonly number[],
  inner: Caller,
): Promise<Asked> {
  const { call, parts, context, items } = question;
  const { storage } = kit;
  const isAll = indices.length === items.length;
  const isEntities = parts.representations !== undefined;
  // Before the call: what is dropped while it is under way is dropped for its answer too.
  const asked = { at: storage.now(), stamp: storage.position() };
  const texts = isAll ? [] : indices.map((index) => items[index]?.text ?? '');
  const answer = await inner(
    isAll ? call : { ...call, body: parts.bodyFor(texts), entityCount: indices.length },
    context,
  );
  const ms = storage.now() - asked.at;
  const values = valuesOf(answer, isEntities, indices.length);
  const decided = decision(kit, question, answer, values);
  const isForWaiters = isForAll(kit, question, answer);
  if (decided.kind === 'skip' || values === undefined || answer.kind === 'failed') {
    const why = decided.kind === 'skip' ? decided.why : 'no answer';
    const forWhom = decided.partition;
    const unsound = answer.kind === 'failed' ? nothing : cutShort(values ?? [], answer.errors, isEntities);
    const unkept = { entries: [], partition: undefined, written: done };
    return { answer, values, ...unkept, unsound, isForWaiters, why, forWhom, ms };
  }
  const unsound = incomplete(question, values, indices);
  const entries = values.map((value, at) =>
    unsound.has(at)
      ? undefined
      : entryFor({ kit, question, answer, decided, asked }, value, { place: at, index: indices[at] ?? at }),
  );
  const { partition: forWhom } = decided;
  const made = kept(kit, question, { entries, indices, decided });
  const why = unsound.size > 0 ? 'the answer is not complete' : made.why;
  return { answer, values, unsound, isForWaiters, forWhom, ms, ...made, why };
}

const done = Promise.resolve();

const nothing: ReadonlySet<number> = new Set();

function decision(kit: AskKit, question: Question, answer: SubgraphAnswer, values: unknown): Verdict {
  const skip = (why: string): Verdict => ({ kind: 'skip', why, partition: undefined });
  if (answer.kind === 'failed') return skip('the call failed');
  if (answer.errors.length > 0) return skip('the answer has errors');
  if (values === undefined) return skip('not what was asked for');
  if (question.wish.noStore) return skip('the client said no-store');
  const decided = ruling(kit, question, answerPolicy(answer.headers));
  const became = decided.kind === 'skip' ? 'skip' : decided.partition.audience;
  learn(question.learned, became, kit.storage.now());
  return decided;
}

function ruling({ settings }: AskKit, { learned, variation }: Question, policy: AnswerPolicy): Verdict {
  return verdict({
    ...{ policy, document: learned.facts, settings: learned.settings, variation },
    ...{ identityHeaders: new Set(settings.identityHeaders), maxTtlMs: settings.maxTtlMs },
  });
}

/** What is not kept is for those who waited only where it says itself that it is everybody's. */
function isForAll(kit: AskKit, question: Question, answer: SubgraphAnswer): boolean {
  if (answer.kind === 'failed') return !isCallersOwn(answer);
  const policy = answerPolicy(answer.headers);
  if (!policy.isPublic) return false;
  const { kind, partition } = ruling(kit, question, policy);
  return kind === 'keep' && partition.audience === 'public';
}

interface Making {
  readonly kit: AskKit;
  readonly question: Question;
  readonly answer: Extract<SubgraphAnswer, { kind: 'answered' }>;
  readonly decided: Extract<Verdict, { kind: 'keep' }>;
  readonly asked: { readonly at: number; readonly stamp: number };
}

type Json = Readonly<Record<string, unknown>>;

/** `undefined`: this one is not kept. */
function entryFor(
  { kit, question, answer, decided, asked }: Making,
  value: object | null,
  { place, index }: { readonly place: number; readonly index: number },
): Entry | undefined {
  const { settings, facts } = question.learned;
  const isRoot = question.parts.representations === undefined;
  const isMissing = value === null || (isRoot && lacksObject(facts.walk, value as Json));
  const ttlMs = isMissing ? Math.min(decided.ttlMs, settings.negativeTtlMs) : decided.ttlMs;
  if (ttlMs <= 0) return undefined;
  const freshUntil = asked.at + Math.max(1, Math.round(ttlMs * (1 - jitter * kit.random())));
  return {
    value,
    ...asked,
    freshUntil,
    staleUntil: freshUntil + (isMissing ? 0 : decided.staleMs),
    errorUntil: freshUntil + (isMissing ? 0 : decided.errorMs),
    tags: tagsOf(kit, question, { answer, value, place, index }),
    audience: decided.partition.audience,
    mayNeedEscape: answer.mayNeedEscape,
  };
}

interface Tagging {
  readonly answer: Making['answer'];
  readonly value: unknown;
  readonly place: number;
  readonly index: number;
}

function tagsOf(
  { facts }: AskKit,
  question: Question,
  { answer, value, place, index }: Tagging,
): readonly string[] {
  const { parts, learned, items } = question;
  const tagged = { facts, document: learned.facts };
  const { subgraph } = learned.facts;
  const isEntity = parts.representations !== undefined;
  const identity = isEntity ? (JSON.parse(items[index]?.text ?? '{}') as Record<string, unknown>) : undefined;
  const variables = isEntity ? {} : (JSON.parse(`{${parts.variables()}}`) as Record<string, unknown>);
  const byEntity = answer.extensions?.['apolloEntityCacheTags'];
  const sent = isEntity
    ? Array.isArray(byEntity)
      ? (byEntity[place] as unknown)
      : undefined
    : answer.extensions?.['apolloCacheTags'];
  return [
    ...entryTags(tagged, value, identity),
    ...schemaTags(tagged, identity, variables),
    ...answerTags(subgraph, sent),
  ];
}

interface Keeping {
  readonly entries: readonly (Entry | undefined)[];
  readonly indices: readonly number[];
  readonly decided: Extract<Verdict, { kind: 'keep' }>;
}

function kept(
  { storage }: AskKit,
  { group, items, learned }: Question,
  { entries, indices, decided }: Keeping,
): Pick<Asked, 'entries' | 'partition' | 'why' | 'written'> {
  const { partition } = decided;
  const named = entries.flatMap((entry, at) => {
    const name = `${partition.name}\n${items[indices[at] ?? -1]?.name ?? ''}`;
    return entry === undefined ? [] : [[name, entry] as const];
  });
  const { account } = learned;
  const { tooLarge, written } = storage.put(group, named, account);
  account.kept += named.length - tooLarge;
  account.tooLarge += tooLarge;
  return { entries, partition, why: tooLarge > 0 ? 'too large' : undefined, written };
}
