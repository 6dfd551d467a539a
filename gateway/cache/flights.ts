import type { CancelSignal } from '../model/cancellation.ts';
import type { Entry } from './entry.ts';

/** What a call that several wait for has brought. */
export interface Landed {
  readonly entry: Entry;
  /** Name of the partition it may be given to. */
  readonly partition: string;
}

/** Calls under way, by what they will bring. */
export interface Flights {
  readonly get: (key: string) => Promise<Landed | undefined> | undefined;
  /** Tells who waits what `land` is called with, which must be called once for each key. */
  readonly start: (keys: readonly string[]) => {
    readonly land: (landed: readonly (Landed | undefined)[]) => void;
  };
}

export function flights(): Flights {
  const under = new Map<string, Promise<Landed | undefined>>();
  return {
    get: (key) => under.get(key),
    start: (keys) => {
      const resolves = keys.map((key) => {
        let settle: (landed: Landed | undefined) => void = () => undefined;
        under.set(
          key,
          new Promise((resolve) => {
            settle = resolve;
          }),
        );
        return settle;
      });
      return {
        land: (landed) => {
          keys.forEach((key, index) => {
            under.delete(key);
            resolves[index]?.(landed[index]);
          });
        },
      };
    },
  };
}

/** Waits as long as the signal lets it; `undefined` when it aborts first. */
export function unlessAborted<T>(promise: Promise<T>, signal: CancelSignal): Promise<T | undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const leave = (): void => resolve(undefined);
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
