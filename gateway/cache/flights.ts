import { LRUCache } from 'lru-cache';
import { Cancellation, type CancelSignal } from '../model/cancellation.ts';
import type { Asked } from './asked.ts';
import type { Entry } from './entry.ts';

/** What a call that several wait for has brought for one item. */
export interface Landed {
  /** The call; `undefined`: it was made by another process. */
  readonly asked: Asked | undefined;
  /** Of the item in the call. */
  readonly place: number;
  /** `undefined`: it is not kept. */
  readonly entry: Entry | undefined;
  /** Name of the partition it may be given to; `undefined`: to all who waited for it. */
  readonly partition: string | undefined;
  /** Whether all who meet under this key may be given it. */
  readonly isForAll: boolean;
}

/** Calls under way, by what they will bring. */
export interface Flights {
  /**
   * Waits as long as the signal lets it; `undefined` when there is nothing to wait for, or it would be in vain. Whoever comes
   * after a drop does not wait for a call that began before it: it may bring what was dropped.
   */
  readonly join: (
    key: string,
    moment: Moment,
    signal: CancelSignal,
  ) => Promise<Landed | undefined> | undefined;
  /** Whether what came for this key of late was not for those who waited. */
  readonly isVain: (key: string, now: number) => boolean;
  /** Begins a call; what is under way already under one of the keys stays there, if it did not begin before a drop. */
  readonly start: (keys: readonly string[], position: number) => Departure;
}

export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Place in the log of drops. */
  readonly position: number;
}

export interface Departure {
  /** The call's own: aborts when nobody waits for it any more. */
  readonly signal: CancelSignal;
  /** Waits for what the call becomes, as one of those who want it; `undefined` when the signal aborts first. */
  readonly aboard: <T>(becomes: Promise<T>, signal: CancelSignal) => Promise<T | undefined>;
  /** Tells who waits, by the order of the keys; `undefined`: there is nothing for them, and they look for themselves. */
  readonly land: (landed: readonly (Landed | undefined)[], now: number) => void;
}

/** After so many in a row that were not for those who waited, nobody waits under this key for a while. */
const vainAfter = 2;
const vainMs = 5_000;
const mostVain = 10_000;

interface Vain {
  readonly inRow: number;
  readonly until: number;
}

export function flights(): Flights {
  const under = new Map<string, Flight>();
  const vain = new LRUCache<string, Vain>({ max: mostVain });
  const isVain = (key: string, now: number): boolean => {
    const known = vain.get(key);
    return known !== undefined && known.inRow >= vainAfter && known.until > now;
  };
  const note = (key: string, { isForAll }: Landed, now: number): void => {
    if (isForAll) vain.delete(key);
    else vain.set(key, { inRow: (vain.get(key)?.inRow ?? 0) + 1, until: now + vainMs });
  };
  return {
    isVain,
    join: (key, { now, position }, signal) => {
      const flight = isVain(key, now) ? undefined : under.get(key);
      if (flight === undefined || flight.position < position) return undefined;
      return flight.aboard(flight.landing(key), signal);
    },
    start: (keys, position) => {
      const free = keys.filter((key) => (under.get(key)?.position ?? -Infinity) < position);
      const flight = new Flight(free, position, () => {
        for (const key of free) if (under.get(key) === flight) under.delete(key);
      });
      for (const key of free) under.set(key, flight);
      return {
        signal: flight.signal,
        aboard: (becomes, signal) => flight.aboard(becomes, signal),
        land: (landed, now) => {
          const byKey = new Map<string, Landed>();
          keys.forEach((key, index) => {
            const one = landed[index];
            if (one === undefined) return;
            note(key, one, now);
            byKey.set(key, one);
          });
          flight.land(byKey);
        },
      };
    },
  };
}

/** One call and those who wait for it: it goes on until the last of them has left, whoever began it. */
class Flight {
  readonly #end = new Cancellation();
  readonly #landings = new Map<string, Promise<Landed | undefined>>();
  readonly #settles = new Map<string, (landed: Landed | undefined) => void>();
  readonly #remove: () => void;
  /** In the log of drops, when it began. */
  readonly position: number;
  #aboard = 0;

  constructor(keys: readonly string[], position: number, remove: () => void) {
    this.position = position;
    this.#remove = remove;
    for (const key of keys) {
      const landing = new Promise<Landed | undefined>((resolve) => this.#settles.set(key, resolve));
      this.#landings.set(key, landing);
    }
  }

  get signal(): CancelSignal {
    return this.#end;
  }

  landing(key: string): Promise<Landed | undefined> {
    return this.#landings.get(key) ?? Promise.resolve(undefined);
  }

  aboard<T>(becomes: Promise<T>, signal: CancelSignal): Promise<T | undefined> {
    this.#aboard += 1;
    return unlessAborted(becomes, signal, () => {
      this.#aboard -= 1;
      if (this.#aboard > 0) return;
      // Whoever comes now must not wait for what ends.
      this.#remove();
      this.#end.abort(signal.reason);
    });
  }

  land(landed: ReadonlyMap<string, Landed>): void {
    this.#remove();
    for (const [key, settle] of this.#settles) settle(landed.get(key));
  }
}

/** Waits as long as the signal lets it; `undefined` when it aborts first. */
function unlessAborted<T>(
  promise: Promise<T>,
  signal: CancelSignal,
  onLeave: () => void,
): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      onLeave();
      resolve(undefined);
    };
    signal.addEventListener('abort', leave, { once: true });
    const stay = (): void => signal.removeEventListener('abort', leave);
    promise.finally(stay).then(resolve, reject);
    if (signal.aborted) leave();
  });
}
