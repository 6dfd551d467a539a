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
  readonly log: SharedLog;
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

export function createStorage(settings: StorageSettings, parts: StorageParts): Storage {
  const { shared, now, random } = parts;
  const drops = invalidations();
  const memory = new Memory(settings.memoryBytes);
  const find = (group: string, name: string, at = now()): Entry | undefined => {
    const entry = memory.get(group + name);
    if (entry === undefined) return undefined;
    if (drops.isValid(entry) && freshness(entry, at) !== 'gone') return entry;
    memory.delete(group + name);
    return undefined;
  };
  const put: Storage['put'] = (group, entries, account) => {
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
  };
  const takeIn = (group: string, loaded: Loaded, { sizes, account }: Sizes): void => {
    const isTaken = memory.hasRoom(sizes.reduce((sum, size) => sum + size, 0)) || random() < takenIn;
    let at = 0;
    for (const [name, entry] of loaded) {
      const bytes = sizes[at++] ?? 0;
      if (isTaken || memory.has(group + name)) memory.set(group + name, entry, { bytes, account });
    }
  };
  return {
    ...drops,
    ...{ now, find, put, shared },
    isUsable: () => shared === undefined || shared.log.isLive(),
    load: async (group, names, account) => {
      const loaded = new Map<string, Entry>();
      const texts = await shared?.store.readMany(group, names);
      const sizes: number[] = [];
      texts?.forEach((text, index) => {
        const name = names[index];
        if (text === undefined || name === undefined || loaded.has(name)) return;
        const entry = entryOf(group + name, text);
        if (entry === undefined) parts.onGarbage();
        else if (drops.isValid(entry) && freshness(entry, now()) !== 'gone') {
          loaded.set(name, entry);
          sizes.push(bytesOf(entry, text.length));
        }
      });
      takeIn(group, loaded, { sizes, account });
      return loaded;
    },
    entries: () => memory.entries(),
    size: () => memory.size(),
  };
}

const done = Promise.resolve();
