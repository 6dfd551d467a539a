/** Hands out the event loop to heavy work, one piece per turn. */
export interface Turns {
  /** Resolves when the caller may work; `false` when it waited too long to be worth it. */
  readonly take: () => Promise<boolean>;
}

export interface TurnSettings {
  readonly longestWaitMs: number;
  /** So many may wait longer. */
  readonly shortQueue: number;
}

/**
 * Parsing and validation hold the event loop. One loop turn can accept hundreds of sockets, so without turns a burst of
 * unknown operations would delay every known one; who waited longer than `longestWaitMs` is refused instead, while more
 * than `shortQueue` wait: a few who were held up by something else, such as a new supergraph, are soon served.
 */
export function turns({ longestWaitMs, shortQueue }: TurnSettings, now: () => number): Turns {
  const waiting: { readonly since: number; readonly go: (inTime: boolean) => void }[] = [];
  let taken = false;

  const next = (): void => {
    taken = false;
    for (let first = waiting.shift(); first !== undefined; first = waiting.shift()) {
      const inTime = waiting.length < shortQueue || now() - first.since <= longestWaitMs;
      first.go(inTime);
      if (!inTime) continue;
      hold();
      return;
    }
  };
  const hold = (): void => {
    taken = true;
    setImmediate(next);
  };

  return {
    take: () => {
      if (taken) return new Promise((go) => waiting.push({ since: now(), go }));
      hold();
      return Promise.resolve(true);
    },
  };
}
