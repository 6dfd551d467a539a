import { hash } from 'node:crypto';
import type { EntryStore } from '../model/cache-store.ts';
import type { CancelSignal } from '../model/cancellation.ts';

/** A lock holds others off for this long; who asks prolongs it for as long as the call takes. */
const lockMs = 2_000;
const firstPauseMs = 10;
const longestPauseMs = 80;
/** Longer than any subgraph's own limit, which is what ends a slow call, and with it its lock. */
const longestMs = 30_000;

export interface Lock {
  readonly store: EntryStore;
  readonly group: string;
  readonly name: string;
}

/** One lock for one set of items: sets that only overlap are asked for once each. */
export function lockName(place: string, items: readonly (string | undefined)[]): string {
  return hash('sha256', JSON.stringify(['lock', place, items]), 'base64url');
}

interface Locking<T> {
  readonly lock: Lock;
  readonly signal: CancelSignal;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
  /** What another process has brought by now. */
  readonly look: () => Promise<T | undefined>;
  readonly ask: () => Promise<T>;
  /** Ends when others can find what was asked for; whether they can. */
  readonly found: (asked: T) => Promise<boolean>;
}

/**
 * Asks, unless another process is asking for the same: then it waits for what that one brings. Where the other one found
 * nothing that may be kept it asks as well, and so does everybody else then, at once.
 */
export async function lockedAsking<T>(locking: Locking<T>): Promise<T> {
  const { lock, signal, now, pause, look, ask } = locking;
  const { store, group, name } = lock;
  const until = now() + longestMs;
  let pauseMs = firstPauseMs;
  for (;;) {
    const state = await store.lock(group, name, lockMs);
    if (state === 'unavailable') return ask();
    // Another process may have been done between our look and our lock.
    const brought = await look();
    if (brought !== undefined) {
      if (state === 'ours') await store.unlock(group, name, 'free');
      return brought;
    }
    if (state === 'ours') return asOwner(locking);
    if (state === 'unkept' || now() >= until || signal.aborted) return ask();
    await pause(pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

async function asOwner<T>({ lock, signal, ask, found }: Locking<T>): Promise<T> {
  const { store, group, name } = lock;
  // Not by the clock of tests: a lock stands in a store that has a clock of its own.
  const timer = setInterval(() => void store.extend(group, name, lockMs), lockMs / 4).unref(); // a store never rejects
  const release = async (isFound: boolean): Promise<void> => {
    clearInterval(timer);
    // A call that was given up says nothing of the next one.
    await store.unlock(group, name, isFound || signal.aborted ? 'free' : 'unkept');
  };
  try {
    const asked = await ask();
    void found(asked).then(release); // neither of them rejects
    return asked;
  } catch (failure) {
    await release(false);
    throw failure;
  }
}
