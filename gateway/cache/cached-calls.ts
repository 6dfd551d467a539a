import type { Caller, SubgraphAnswer, SubgraphCall } from '../model/subgraph-call.ts';
import type { AnswerParts, Keeping } from './answer-parts.ts';
import type { ClientWish } from './cache-control.ts';
import type { Counters, Outcome } from './counters.ts';
import { freshness, type Entry, type Freshness } from './entry.ts';
import { namesOf, obtain, slotOf, type ObtainKit, type Obtained, type Slot } from './obtain.ts';
import { isSettled, type Question, type Questions } from './question.ts';
import { composed, held } from './subgraph-values.ts';
import type { Recorder } from './recorder.ts';
import type { Refreshes } from './refreshes.ts';
import type { Loaded } from './storage.ts';

export interface CallKit extends ObtainKit {
  readonly questions: Questions;
  readonly refreshes: Refreshes;
  readonly counters: Counters;
  /** `undefined`: nothing is recorded. */
  readonly recorder: Recorder | undefined;
  /** Drops what a mutation's answer shows to have changed. */
  readonly mutated: (call: SubgraphCall, answer: SubgraphAnswer) => Promise<void>;
}

/** What one client request is answered with. */
export interface Answering {
  readonly wish: ClientWish;
  readonly parts: AnswerParts;
}

/** Calls of one client request, answered from what is kept where that may be. */
export function cachedCalls(kit: CallKit, answering: Answering, inner: Caller): Caller {
  return async (call, context) => {
    const { parts: body } = call;
    if (call.operationKind !== 'query' || body === undefined) {
      const answer = await inner(call, context);
      if (call.operationKind === 'mutation') await kit.mutated(call, answer);
      bypassed(kit, answering, call, { type: call.operationKind, why: call.operationKind });
      return answer;
    }
    const learned = kit.questions.learned(call.subgraph, body.document);
    const why = whyNot(kit, answering.wish, learned.settings.enabled);
    if (why !== undefined) {
      bypassed(kit, answering, call, { type: learned.facts.topTypes[0] ?? '', why });
      return inner(call, context);
    }
    const question = kit.questions.of({ call, parts: body, context, wish: answering.wish }, learned);
    return answered(kit, question, answering, inner);
  };
}

function whyNot({ storage }: CallKit, wish: ClientWish, isEnabled: boolean): string | undefined {
  if (!isEnabled) return 'off for this subgraph';
  if (wish.noStore) return 'the client said no-store';
  return storage.isUsable() ? undefined : 'the shared store cannot be used';
}

function bypassed(
  { counters }: CallKit,
  { parts }: Answering,
  { subgraph, entityCount }: SubgraphCall,
  { type, why }: { readonly type: string; readonly why: string },
): void {
  const count = Math.max(1, entityCount);
  counters.account(subgraph, type).bypass += count;
  parts.add({ subgraph, type, outcomes: { bypass: count }, why, ageMs: 0, keeping: undefined });
}

async function answered(
  kit: CallKit,
  question: Question,
  answering: Answering,
  inner: Caller,
): Promise<SubgraphAnswer> {
  const { items, wish, group, learned } = question;
  const slots = new Array<Slot | undefined>(items.length).fill(undefined);
  const fallbacks = new Map<number, Entry>();
  let missing = items.map((_, index) => index);
  if (!wish.noCache) missing = lookUp(kit, question, { missing, slots, fallbacks }, inMemory(kit, question));
  const isKept = kit.storage.shared !== undefined && !isSettled(learned, 'skip', kit.storage.now());
  if (missing.length > 0 && isKept && !wish.noCache) {
    const loaded = await kit.storage.load(group, likelyNames(question, missing), learned.account);
    missing = lookUp(kit, question, { missing, slots, fallbacks }, among(loaded, question));
  }
  if (missing.length === 0) return fromSlots(kit, question, answering, { slots, obtained: undefined });
  const obtained = await obtain({ kit, question, inner, fallbacks }, missing);
  for (const [index, slot] of obtained.slots) slots[index] = slot;
  const { failure } = obtained;
  // With nothing at all the answer is the one that came; for a part of it there is none that speaks of the rest.
  if (failure !== undefined && slots.every((slot) => slot === undefined))
    return failed(question, { answering, obtained, failure });
  return fromSlots(kit, question, answering, { slots, obtained });
}

/** Where the shared store may have them: if the last answer to this was everybody's, this one will be. */
function likelyNames(question: Question, missing: readonly number[]): readonly string[] {
  const everybodys = question.learned.last === 'public' ? 1 : undefined;
  return missing.flatMap((index) => namesOf(question, index).slice(0, everybodys));
}

interface Filling {
  /** Items for which there is no slot. */
  readonly missing: readonly number[];
  readonly slots: (Slot | undefined)[];
  readonly fallbacks: Map<number, Entry>;
}

/** Fills slots with what is found; gives back the items still missing. Asks anew, aside, for what is getting old. */
function lookUp(
  kit: CallKit,
  question: Question,
  { missing: wanted, slots, fallbacks }: Filling,
  find: Finder,
): number[] {
  const now = kit.storage.now();
  const missing: number[] = [];
  const old: number[] = [];
  for (const index of wanted) {
    const entry = best(question, index, find, now);
    const state = entry === undefined ? 'gone' : freshness(entry, now);
    if (entry !== undefined && isServed(state)) {
      slots[index] = slotOf(entry, state === 'stale' ? 'stale' : 'hit');
      if (isWorthAsking(state, kit.random)) old.push(index);
      continue;
    }
    missing.push(index);
    if (entry !== undefined) fallbacks.set(index, entry);
  }
  if (old.length > 0) kit.refreshes.start(question, old);
  return missing;
}

const isServed = (state: Freshness): boolean => state !== 'gone' && state !== 'error-only';

const isWorthAsking = (state: Freshness, random: () => number): boolean =>
  state === 'stale' || (state === 'ageing' && random() < earlyRefresh);

/** Part of the requests for an ageing entry that ask anew: seldom for what is seldom asked for. */
const earlyRefresh = 0.02;

/** Finds an item in one of the partitions in which the caller may look. */
type Finder = (partition: number, name: string, now: number) => Entry | undefined;

function inMemory({ storage }: CallKit, { group, variation }: Question): Finder {
  const places = variation.partitions.map(({ name }) => `${group}${name}\n`);
  return (partition, name, now) => storage.find(places[partition] ?? '', name, now);
}

const among =
  (loaded: Loaded, { variation }: Question): Finder =>
  (partition, name) =>
    loaded.get(`${variation.partitions[partition]?.name ?? ''}\n${name}`);

/** The best there is for this caller: what is fresh in any partition before what is not. */
function best({ variation, items }: Question, index: number, find: Finder, now: number): Entry | undefined {
  const name = items[index]?.name ?? '';
  let found: Entry | undefined;
  for (let partition = 0; partition < variation.partitions.length; partition += 1) {
    const entry = find(partition, name, now);
    if (entry === undefined) continue;
    if (entry.freshUntil > now) return entry;
    if (found === undefined || entry.freshUntil > found.freshUntil) found = entry;
  }
  return found;
}

interface Filled {
  readonly slots: readonly (Slot | undefined)[];
  readonly obtained: Obtained | undefined;
}

function fromSlots(
  kit: CallKit,
  question: Question,
  { parts }: Answering,
  { slots, obtained }: Filled,
): SubgraphAnswer {
  const { learned, parts: body } = question;
  const { subgraph, topTypes } = learned.facts;
  const type = topTypes[0] ?? '';
  const now = kit.storage.now();
  const { outcomes, oldest, mayNeedEscape } = summed(slots, now);
  for (const [outcome, count] of Object.entries(outcomes)) learned.account[outcome as Outcome] += count;
  const errors = obtained?.errors ?? [];
  if (errors.length === 0) kit.recorder?.add(question, { slots, obtained, now });
  const keeping = errors.length > 0 ? undefined : keepingOf(question, slots, now);
  parts.add({ subgraph, type, outcomes, why: obtained?.why, ageMs: now - oldest, keeping });
  const sole = soleAnswer(obtained, slots.length);
  if (sole !== undefined) return sole;
  const values = slots.map((slot) => slot?.value ?? null);
  return composed(values, body.representations !== undefined, { errors, mayNeedEscape });
}

/** The answer as it came, with its headers for rules that pass some on, when it is all there is. */
function soleAnswer(obtained: Obtained | undefined, count: number): SubgraphAnswer | undefined {
  if (obtained?.sole?.answer.kind !== 'answered' || obtained.slots.size !== count) return undefined;
  const { answer, partition, isForWaiters } = obtained.sole;
  return partition === undefined && !isForWaiters ? answer : held(answer);
}

interface Summed {
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly oldest: number;
  readonly mayNeedEscape: boolean;
}

function summed(slots: readonly (Slot | undefined)[], now: number): Summed {
  const outcomes: Partial<Record<Outcome, number>> = {};
  let oldest = now;
  let mayNeedEscape = false;
  for (const slot of slots) {
    if (slot === undefined) {
      outcomes.miss = (outcomes.miss ?? 0) + 1;
      continue;
    }
    outcomes[slot.outcome] = (outcomes[slot.outcome] ?? 0) + 1;
    if (slot.entry !== undefined) oldest = Math.min(oldest, slot.entry.at);
    mayNeedEscape ||= slot.mayNeedEscape;
  }
  return { outcomes, oldest, mayNeedEscape };
}

function keepingOf(
  { learned, variation }: Question,
  slots: readonly (Slot | undefined)[],
  now: number,
): Keeping | undefined {
  const made: Entry[] = [];
  let [freshUntil, askedAt, audience] = [Infinity, Infinity, 'public' as Entry['audience']];
  for (const slot of slots) {
    const entry = slot?.entry;
    if (entry === undefined || entry.freshUntil <= now) return undefined;
    freshUntil = Math.min(freshUntil, entry.freshUntil);
    askedAt = Math.min(askedAt, entry.at);
    if (entry.audience === 'own' || (entry.audience === 'anonymous' && audience === 'public'))
      audience = entry.audience;
    made.push(entry);
  }
  const { isProtected } = learned.facts;
  return { freshUntil, askedAt, audience, isProtected, vary: variation.headerNames, made };
}

interface Failing {
  readonly answering: Answering;
  readonly obtained: Obtained;
  readonly failure: SubgraphAnswer;
}

/** Nothing is there, new or old. */
function failed({ learned, items }: Question, { answering, obtained, failure }: Failing): SubgraphAnswer {
  const { subgraph, topTypes } = learned.facts;
  const type = topTypes[0] ?? '';
  const why = obtained.why ?? 'the call failed';
  const outcomes = { miss: items.length };
  learned.account.miss += items.length;
  answering.parts.add({ subgraph, type, outcomes, why, ageMs: 0, keeping: undefined });
  // Others may have been given it too.
  return failure.kind === 'failed' ? failure : held(failure);
}
