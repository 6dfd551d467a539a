import type { Caller, SubgraphAnswer, SubgraphError } from '../model/subgraph-call.ts';
import { ask, type Asked, type AskKit } from './asked.ts';
import type { Outcome } from './counters.ts';
import type { Entry } from './entry.ts';
import { isRefusal } from './faults.ts';
import type { Departure, Flights, Landed } from './flights.ts';
import { lockedAsking, lockName } from './locked.ts';
import { isSettled, type Question } from './question.ts';
import { missingErrors, placed } from './subgraph-values.ts';

export interface ObtainKit extends AskKit {
  readonly flights: Flights;
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<unknown>;
}

/** What stands for one item of a question. */
export interface Slot {
  readonly value: unknown;
  /** `undefined`: it was not kept. */
  readonly entry: Entry | undefined;
  readonly outcome: Outcome;
  readonly mayNeedEscape: boolean;
}

export interface Obtained {
  /** By the item's index; those without one could not be had. */
  readonly slots: ReadonlyMap<number, Slot>;
  /** Where some could not be had, with why at the path of each. */
  readonly errors: readonly SubgraphError[];
  /** What was answered for those that could not be had, when there are any; of use when nothing could. */
  readonly failure: SubgraphAnswer | undefined;
  /** Why what was asked for was not kept. */
  readonly why: string | undefined;
  /** The call that was made for them; the first, if there were several. */
  readonly made: Pick<Asked, 'forWhom' | 'ms'> | undefined;
  /** The answer as it came, when it is the whole answer. */
  readonly sole: Asked | undefined;
}

/** Entries that are too old, but would do if nothing better can be had. */
export type Fallbacks = ReadonlyMap<number, Entry>;

interface Getting {
  readonly kit: ObtainKit;
  readonly question: Question;
  readonly inner: Caller;
  readonly fallbacks: Fallbacks;
  /** When what was seen before this began had been asked for, by index: what others bring must be newer. */
  readonly seen?: ReadonlyMap<number, number>;
}

/** What one call brought for some items of a question. */
interface Part {
  /** The call; `undefined`: another process's. */
  readonly asked: Asked | undefined;
  /** Whether it was made for this question. */
  readonly isOwn: boolean;
  readonly items: ReadonlyMap<number, Brought>;
}

interface Brought {
  /** Of the item in the call. */
  readonly place: number;
  readonly entry: Entry | undefined;
}

/** Nobody waits for others more often than this for one question. */
const mostWaits = 3;

/**
 * Gets what is not there: waits for calls under way, here or in another process, that will bring it, and asks the
 * subgraph for the rest in one call. Those for whom nothing came meet again, and one of them asks for all.
 */
export async function obtain(getting: Getting, indices: readonly number[]): Promise<Obtained> {
  const { kit, question } = getting;
  const parts: Part[] = [];
  let rest = indices;
  for (let round = 1; rest.length > 0; round += 1) {
    const isLast = round > mostWaits || question.context.signal.aborted;
    const place = isLast ? undefined : meetingPlace(question, kit.storage.now());
    const got = place === undefined ? [await asking(getting, rest)] : await meeting(getting, rest, place);
    parts.push(...got);
    const had = new Set(got.flatMap(({ items }) => [...items.keys()]));
    rest = rest.filter((index) => !had.has(index));
  }
  return settled(getting, parts);
}

/**
 * Where callers meet who may be given the same answer; `undefined`: nobody else may be given this one. Until it is known
 * better that may be everybody: what an answer says of itself decides when it is there.
 */
function meetingPlace({ learned, variation, wish }: Question, now: number): string | undefined {
  if (wish.noCache || isSettled(learned, 'skip', now)) return undefined;
  const { isPrivate } = learned.facts.schemaHint;
  const isNarrow = isPrivate || isSettled(learned, 'own', now) || isSettled(learned, 'anonymous', now);
  return isNarrow ? variation.partitions.filter((one) => one.audience !== 'public').at(-1)?.name : everybodys;
}

const everybodys = 'P';

async function meeting(
  getting: Getting,
  indices: readonly number[],
  place: string,
): Promise<readonly Part[]> {
  const { kit, question } = getting;
  const { items, group, context } = question;
  const keyOf = (index: number): string => `${group}${place}\n${items[index]?.name ?? ''}`;
  const moment = { now: kit.storage.now(), position: kit.storage.position() };
  const joined = new Map<number, Promise<Landed | undefined>>();
  for (const index of indices) {
    const landing = kit.flights.join(keyOf(index), moment, context.signal);
    if (landing !== undefined) joined.set(index, landing);
  }
  // What a call brought that ended since this question looked.
  const brought = fromMemory(
    getting,
    indices.filter((index) => !joined.has(index)),
  );
  const own = indices.filter((index) => !joined.has(index) && !brought.items.has(index));
  const mine = own.length === 0 ? [] : [leading(getting, own, { place, keys: own.map(keyOf) })];
  const [theirs, ...led] = await Promise.all([joining(getting, joined), ...mine]);
  return [...led, ...theirs, ...(brought.items.size > 0 ? [brought] : [])];
}

async function joining(
  { kit, question: { variation } }: Getting,
  joined: ReadonlyMap<number, Promise<Landed | undefined>>,
): Promise<readonly Part[]> {
  const parts = new Map<Asked | undefined, Map<number, Brought>>();
  for (const [index, landing] of joined) {
    const landed = await landing;
    if (landed === undefined) continue;
    const { asked, place, entry, partition } = landed;
    // What turned out to be somebody's own is not for those who waited with them.
    if (partition !== undefined && variation.partitions.every(({ name }) => name !== partition)) continue;
    // Dropped while it was under way: who came after the drop must not be given it.
    if (entry !== undefined && !kit.storage.isValid(entry)) continue;
    const items = parts.get(asked) ?? new Map<number, Brought>();
    parts.set(asked, items.set(index, { place, entry }));
  }
  return [...parts].map(([asked, items]) => ({ asked, items, isOwn: false }));
}

interface Meeting {
  readonly place: string;
  readonly keys: readonly string[];
}

/** Asks for all who come meanwhile, and goes on for them when the one who began it leaves. */
async function leading(
  getting: Getting,
  indices: readonly number[],
  { place, keys }: Meeting,
): Promise<Part> {
  const { kit, question } = getting;
  const { flights, storage } = kit;
  const isVain = keys.some((key) => flights.isVain(key, storage.now()));
  const departure: Departure = flights.start(keys, storage.position());
  const context = { ...question.context, signal: departure.signal };
  const detached: Getting = { ...getting, question: { ...question, context } };
  const flown = (isVain ? asking(detached, indices) : besideOtherProcesses(detached, indices, place)).then(
    (part) => {
      departure.land(
        indices.map((index) => landedOf(question, part, index, place)),
        storage.now(),
      );
      return part;
    },
    (failure: unknown) => {
      departure.land([], storage.now());
      throw failure;
    },
  );
  const part = await departure.aboard(flown, question.context.signal);
  // Who has left is told so by their own signal; nothing is asked any more.
  return part ?? asking(getting, indices);
}

/** What those who wait are told of an item; `undefined`: nothing, and nothing is known of the next answer either. */
function landedOf({ variation }: Question, part: Part, index: number, place: string): Landed | undefined {
  const { asked } = part;
  const { entry, place: at } = part.items.get(index) ?? { entry: undefined, place: 0 };
  const audience = entry?.audience;
  if (entry !== undefined) {
    const partition = variation.partitions.find((one) => one.audience === audience)?.name ?? nobodys;
    return { asked, place: at, entry, partition, isForAll: partition === place || partition === everybodys };
  }
  if (asked === undefined) return undefined;
  if (asked.isForWaiters) return { asked, place: at, entry, partition: undefined, isForAll: true };
  if (asked.answer.kind === 'failed') return undefined;
  return { asked, place: at, entry, partition: nobodys, isForAll: false };
}

/** No partition has this name. */
const nobodys = '';

function besideOtherProcesses(getting: Getting, indices: readonly number[], place: string): Promise<Part> {
  const { kit, question } = getting;
  const { shared } = kit.storage;
  if (shared === undefined) return asking(getting, indices);
  const { group, items, context } = question;
  const isFound = ({ entries, partition }: Asked): boolean =>
    (partition?.name === place || partition?.name === everybodys) &&
    entries.every((entry) => entry !== undefined);
  return lockedAsking<Part>({
    lock: {
      ...{ store: shared.store, group },
      name: lockName(
        place,
        indices.map((index) => items[index]?.name),
      ),
    },
    ...{ signal: context.signal, now: kit.storage.now, pause: kit.pause },
    look: () => loaded(getting, indices),
    ask: () => asking(getting, indices),
    found: async ({ asked }) => {
      await asked?.written;
      return asked !== undefined && isFound(asked);
    },
  });
}

/** When what is in memory was asked for, by index. */
export function atHand(
  kit: ObtainKit,
  question: Question,
  indices: readonly number[],
): ReadonlyMap<number, number> {
  return new Map(
    indices.map((index) => [
      index,
      Math.max(-Infinity, ...entriesOf(kit, question, index).map(({ at }) => at)),
    ]),
  );
}

function entriesOf({ storage }: ObtainKit, question: Question, index: number): readonly Entry[] {
  return namesOf(question, index).flatMap((name) => storage.find(question.group, name) ?? []);
}

function fromMemory(getting: Getting, indices: readonly number[]): Part {
  const items = new Map<number, Brought>();
  for (const index of indices) {
    const entry = entriesOf(getting.kit, getting.question, index).find((one) => isNews(getting, index, one));
    if (entry !== undefined) items.set(index, { place: 0, entry });
  }
  return { asked: undefined, isOwn: false, items };
}

function isNews({ kit, fallbacks, seen }: Getting, index: number, { at, freshUntil }: Entry): boolean {
  return freshUntil > kit.storage.now() && at > (seen?.get(index) ?? fallbacks.get(index)?.at ?? -Infinity);
}

export function namesOf({ variation, items }: Question, index: number): readonly string[] {
  return variation.partitions.map(({ name }) => `${name}\n${items[index]?.name ?? ''}`);
}

/** What the shared store has by now, if it has all of it; only what is fresh, and newer than what was seen. */
async function loaded(getting: Getting, indices: readonly number[]): Promise<Part | undefined> {
  const { question, kit } = getting;
  const names = indices.flatMap((index) => namesOf(question, index));
  const brought = await kit.storage.load(question.group, names, question.learned.account);
  const items = new Map<number, Brought>();
  for (const index of indices) {
    const entry = namesOf(question, index)
      .flatMap((name) => brought.get(name) ?? [])
      .find((one) => isNews(getting, index, one));
    if (entry === undefined) return undefined;
    items.set(index, { place: 0, entry });
  }
  return { asked: undefined, isOwn: false, items };
}

/** One call. */
async function asking({ kit, question, inner }: Getting, indices: readonly number[]): Promise<Part> {
  const asked = await ask(kit, question, indices, inner);
  const items = new Map(indices.map((index, place) => [index, { place, entry: asked.entries[place] }]));
  return { asked, isOwn: true, items };
}

export const slotOf = (entry: Entry, outcome: Outcome): Slot => ({
  value: entry.value,
  entry,
  outcome,
  mayNeedEscape: entry.mayNeedEscape,
});

function settled({ question, fallbacks }: Getting, parts: readonly Part[]): Obtained {
  const slots = new Map<number, Slot>();
  for (const part of parts)
    for (const [index, brought] of part.items) {
      const slot = slotFrom(part, brought, fallbacks.get(index));
      if (slot !== undefined) slots.set(index, slot);
    }
  const own = parts.flatMap(({ asked, isOwn }) => (isOwn && asked !== undefined ? [asked] : []));
  const calls = parts.flatMap(({ asked }) => asked ?? []);
  const isEntities = question.parts.representations !== undefined;
  const failing = parts.find(({ items }) => [...items.keys()].some((index) => !slots.has(index)));
  return {
    slots,
    errors: parts.flatMap((part) => errorsOf(part, slots, isEntities)),
    failure: failing?.asked === undefined ? undefined : failureOf(failing.asked, failing),
    why: calls.find(({ why }) => why !== undefined)?.why,
    made: own[0],
    sole:
      parts.length === 1 && [...slots.values()].every(({ outcome }) => outcome === 'miss')
        ? own[0]
        : undefined,
  };
}

/** `undefined`: it could not be had, and there is nothing that could stand in for it. */
function slotFrom(
  { asked, isOwn }: Part,
  { place, entry }: Brought,
  fallback: Entry | undefined,
): Slot | undefined {
  if (entry !== undefined) return slotOf(entry, isOwn ? 'miss' : 'coalesced');
  if (asked === undefined) return undefined;
  const { values, answer, unsound } = asked;
  const isBad = values === undefined || unsound.has(place);
  if (isBad && fallback !== undefined && !isRefusal(answer)) return slotOf(fallback, 'stale-if-error');
  if (values === undefined) return undefined;
  const mayNeedEscape = answer.kind === 'answered' && answer.mayNeedEscape;
  return { value: values[place], entry, outcome: isOwn ? 'miss' : 'coalesced', mayNeedEscape };
}

/** Errors that speak of what is answered with, and why the rest could not be had. */
function errorsOf(
  { asked, items }: Part,
  slots: ReadonlyMap<number, Slot>,
  isEntities: boolean,
): readonly SubgraphError[] {
  if (asked === undefined) return [];
  const open = [...items].filter(([index]) => slots.get(index)?.outcome !== 'stale-if-error');
  if (open.length === 0) return [];
  const told = toldOf(asked, open);
  const missing = open.flatMap(([index]) => (slots.has(index) ? [] : [index]));
  return missing.length === 0 || !isEntities ? told : missingErrors(asked.answer, told, missing);
}

function toldOf({ answer }: Asked, items: Iterable<readonly [number, Brought]>): readonly SubgraphError[] {
  if (answer.kind === 'failed') return [];
  return placed(answer.errors, new Map([...items].map(([index, { place }]) => [place, index])));
}

function failureOf(asked: Asked, { items }: Part): SubgraphAnswer {
  const { answer } = asked;
  return answer.kind === 'failed' ? answer : { ...answer, errors: toldOf(asked, items) };
}
