import type { Account } from './counters.ts';
import type { Entry } from './entry.ts';

/** An entry in memory: one object, as each more would be another look at cold memory. */
export interface Kept extends Entry {
  readonly bytes: number;
  /** Where it is counted. */
  readonly account: Account;
  /** Since the hand last came by. */
  isUsed: boolean;
}

/** Field by field: what a hit reads has one hidden class, whoever made the entry. */
function keptOf(entry: Entry, bytes: number, account: Account): Kept {
  const { value, at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape } = entry;
  return {
    value,
    at,
    freshUntil,
    staleUntil,
    errorUntil,
    stamp,
    tags,
    audience,
    mayNeedEscape,
    bytes,
    account,
    isUsed: false,
  };
}

/** A Map of V8 takes 16.7 million entries and then throws. */
const mostEntries = 10_000_000;
/** Used entries that the hand passes to make room for one: no request waits for a walk through all. */
const longestWalk = 32;

/**
 * Entries by key, bounded by bytes. Who must go is chosen by SIEVE (Zhang and others, NSDI 2024): a hand walks from the
 * oldest to the newest and takes the first one that nobody asked for since it last came by. A hit only marks its entry; a
 * list of the least recently used would be written to at four places that are in no processor's cache.
 */
export class Memory {
  readonly #most: number;
  readonly #kept = new Map<string, Kept>();
  #hand = this.#kept.entries();
  #bytes = 0;
  #evictions = 0;

  /** @param most bytes, by what callers of `set` say. */
  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Kept | undefined {
    const kept = this.#kept.get(key);
    // Only where it changes something: a write costs more than a look.
    if (kept?.isUsed === false) kept.isUsed = true;
    return kept;
  }

  /** In place of what stood there; what is larger than the whole memory is not taken in. */
  set(key: string, entry: Entry, { bytes, account }: Pick<Kept, 'bytes' | 'account'>): void {
    this.delete(key);
    const size = bytes + key.length;
    if (size > this.#most) return;
    while (this.#bytes + size > this.#most || this.#kept.size >= mostEntries) this.#evict();
    this.#kept.set(key, keptOf(entry, size, account));
    this.#add(account, size, 1);
  }

  /** Without asking for it. */
  has(key: string): boolean {
    return this.#kept.has(key);
  }

  /** Whether so many bytes more fit in beside all others. */
  hasRoom(bytes: number): boolean {
    return this.#bytes + bytes <= this.#most && this.#kept.size < mostEntries;
  }

  delete(key: string): void {
    const kept = this.#kept.get(key);
    if (kept === undefined) return;
    this.#kept.delete(key);
    this.#add(kept.account, -kept.bytes, -1);
  }

  /** The oldest first. */
  entries(): IterableIterator<[string, Kept]> {
    return this.#kept.entries();
  }

  size(): { readonly entries: number; readonly bytes: number; readonly evictions: number } {
    return { entries: this.#kept.size, bytes: this.#bytes, evictions: this.#evictions };
  }

  #add(account: Account, bytes: number, entries: number): void {
    this.#bytes += bytes;
    account.bytes += bytes;
    account.entries += entries;
  }

  #evict(): void {
    for (let passed = 0; ; passed += 1) {
      const [key, kept] = this.#next();
      if (kept.isUsed && passed < longestWalk) {
        kept.isUsed = false;
        continue;
      }
      this.delete(key);
      kept.account.evicted += 1;
      this.#evictions += 1;
      return;
    }
  }

  /** Where the hand comes to, which begins anew behind the newest. */
  #next(): [string, Kept] {
    const here = this.#hand.next();
    if (here.done !== true) return here.value;
    this.#hand = this.#kept.entries();
    return (this.#hand.next() as IteratorYieldResult<[string, Kept]>).value;
  }
}
