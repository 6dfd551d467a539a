/** Who is told of a store that fails, and of its return. */
export interface BreatherEvents {
  readonly onDown: (reason: string) => void;
  readonly onUp: () => void;
}

/** Remembers whether a store works: after each failure it is left alone for a while. */
export interface Breather {
  readonly isResting: () => boolean;
  readonly failed: (reason: string) => void;
  readonly succeeded: () => void;
}

export interface BreatherSettings {
  readonly pauseMs: number;
  /** Milliseconds; only differences matter. */
  readonly now: () => number;
}

/** Begins as one that works. Failure and return are told once each. */
export function breather({ pauseMs, now }: BreatherSettings, events: BreatherEvents): Breather {
  let down = false;
  let restsUntil = -Infinity;
  return {
    isResting: () => now() < restsUntil,
    failed: (reason) => {
      restsUntil = now() + pauseMs;
      if (!down) events.onDown(reason);
      down = true;
    },
    succeeded: () => {
      if (down) events.onUp();
      down = false;
    },
  };
}
