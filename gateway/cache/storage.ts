import type { EntryStore, SharedLog } from '../model/cache-store.ts';
import type { Account } from './counters.ts';
import { entryOf, entryText, freshness, keptUntil, type Entry } from './entry.ts';
import { invalidations, type Invalidations } from './invalidations.ts';
import { Memory, type Kept } from './memory.ts';

export interface StorageSettings {
  readonly memoryBytes: number;
  readonly maxEntryBytes: number;
}

/** What other gateways share with this one; memory alone without it. */
export interface SharedParts {
  readonly store: EntryStore;
  readonly log: SharedLog & {
    /** How far the clock that all gateways go by is ahead of ours, milliseconds. */
    readonly aheadMs?: () => number;
  };
}

export interface StorageParts {
  readonly shared: SharedParts | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 up to 1. */
  readonly random: () => number;
  /** A shared store holds what is no entry of ours. */
  readonly onGarbage: () => void;
}

/** Entries in memory and, where there is one, in a shared store. */
export interface Storage extends Pick<
  Invalidations,
  'position' | 'drop' | 'reached' | 'forgetBefore' | 'isValid'
> {
  readonly now: () => number;
  /** Whether what is kept may be believed: drops by other gateways are known here. */
  readonly isUsable: () => boolean;
  /** From memory; nothing that was dropped or is too old for anything. */
  readonly find: (group: string, name: string, now?: number) => Entry | undefined;
  /** What the shared store has, by name; it is brought into memory as well, where it may not stay for long. */
  readonly load: (group: string, names: readonly string[], account: Account) => Promise<Loaded>;
  /** What is too large is not kept; tells how many were. */
  readonly put: (
    group: string,
    entries: readonly (readonly [name: string, entry: Entry])[],
    account: Account,
  ) => Put;
  readonly shared: SharedParts | undefined;
  readonly entries: () => IterableIterator<[string, Kept]>;
  readonly size: () => { readonly entries: number; readonly bytes: number; readonly evictions: number };
}

interface Sizes {
  /** Bytes of each, in its order. */
  readonly sizes: readonly number[];
  readonly account: Account;
}

export type Loaded = ReadonlyMap<string, Entry>;

export interface Put {
  readonly tooLarge: number;
  /** Ends when the shared store has it, or not. */
  readonly written: Promise<void>;
}

/**
 * Part of what the shared store brings that is taken into a full memory. What is asked for again and again soon is among it;
 * of the rest, most would push out what is worth more, and be pushed out before anybody asks for it again.
 */
const takenIn = 1 / 8;

/** Objects take more than their text: measured 2 to 4 times, beside what each entry and its tags take. */
const bytesPerCharacter = 3;
const bytesPerEntry = 400;

function bytesOf({ tags }: Entry, characters: number): number {
  const tagged = tags.reduce((sum, tag) => sum + tag.length + 16, 0);
  return characters * bytesPerCharacter + tagged + bytesPerEntry;
}

/** Clocks of gateways agree to about a second; what was asked for later than that was written by one that is wrong. */
const mostAheadMs = 5_000;

export function createStorage(settings: StorageSettings, parts: StorageParts): Storage {
  const { shared } = parts;
  const drops = invalidations();
  const memory = new Memory(settings.memoryBytes);
  // The clock of what gateways share: by their own ones an entry would be fresh for as long as they differ.
  const now = (): number => parts.now() + (shared?.log.aheadMs?.() ?? 0);
  const isGood = (entry: Entry, at: number): boolean =>
    drops.isValid(entry) && freshness(entry, at) !== 'gone';
  const kit: StorageKit = { settings, parts, memory, now, isGood };
  return {
    ...drops,
    ...{ now, shared },
    isUsable: () => shared === undefined || shared.log.isLive(),
    find: (group, name, at = now()) => {
      const entry = memory.get(group + name);
      if (entry === undefined || isGood(entry, at)) return entry;
      memory.delete(group + name);
      return undefined;
    },
    load: (group, names, account) => load(kit, { group, names, account }),
    put: (group, entries, account) => put(kit, { group, entries, account }),
    entries: () => memory.entries(),
    size: () => memory.size(),
  };
}

interface StorageKit {
  readonly settings: StorageSettings;
  readonly parts: StorageParts;
  readonly memory: Memory;
  readonly now: () => number;
  /** Neither dropped nor too old for anything. */
  readonly isGood: (entry: Entry, at: number) => boolean;
}

interface Putting {
  readonly group: string;
  readonly entries: readonly (readonly [name: string, entry: Entry])[];
  readonly account: Account;
}

function put({ settings, parts, memory, now }: StorageKit, { group, entries, account }: Putting): Put {
  const { shared } = parts;
  const texts = [];
  let tooLarge = 0;
  for (const [name, entry] of entries) {
    const text = entryText(group + name, entry);
    const ttlMs = keptUntil(entry) - now();
    if (text.length > settings.maxEntryBytes) tooLarge += 1;
    else if (ttlMs > 0) {
      memory.set(group + name, entry, { bytes: bytesOf(entry, text.length), account });
      texts.push({ name, text, ttlMs });
    }
  }
  const written = shared === undefined || texts.length === 0 ? done : shared.store.writeMany(group, texts);
  return { tooLarge, written };
}

interface Loading {
  readonly group: string;
  readonly names: readonly string[];
  readonly account: Account;
}

async function load(kit: StorageKit, { group, names, account }: Loading): Promise<Loaded> {
  const { parts, now, isGood } = kit;
  const loaded = new Map<string, Entry>();
  const texts = await parts.shared?.store.readMany(group, names);
  const sizes: number[] = [];
  const at = now();
  texts?.forEach((text, index) => {
    const name = names[index];
    if (text === undefined || name === undefined || loaded.has(name)) return;
    const entry = entryOf(group + name, text);
    if (entry === undefined) parts.onGarbage();
    else if (entry.at <= at + mostAheadMs && isGood(entry, at)) {
      loaded.set(name, entry);
      sizes.push(bytesOf(entry, text.length));
    }
  });
  takeIn(kit, group, loaded, { sizes, account });
  return loaded;
}

function takeIn(
  { parts, memory }: StorageKit,
  group: string,
  loaded: Loaded,
  { sizes, account }: Sizes,
): void {
  const isTaken = memory.hasRoom(sizes.reduce((sum, size) => sum + size, 0)) || parts.random() < takenIn;
  let at = 0;
  for (const [name, entry] of loaded) {
    const bytes = sizes[at++] ?? 0;
    if (isTaken || memory.has(group + name)) memory.set(group + name, entry, { bytes, account });
  }
}

const done = Promise.resolve();
