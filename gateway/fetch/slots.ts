/** Someone who waits for a place. */
export interface Waiter {
  /** A place is yours now; give it back with `leave`. */
  admitted(): void;
}

/** A bounded number of places with a bounded queue in front, first come first served. */
export interface Slots {
  /** `admitted` is called at once when a place is free; `full` means that there is no room to wait either. */
  enter(waiter: Waiter): 'admitted' | 'queued' | 'full';
  /** Gives a place back. */
  leave(): void;
  /** For one who waited and no longer wants to. */
  giveUp(waiter: Waiter): void;
  /** Resolves once nobody is in and nobody waits. */
  idle(): Promise<void>;
  stats(): { readonly active: number; readonly queued: number };
}

export function slots(places: number, maxQueued: number): Slots {
  let active = 0;
  // A Set keeps the order of arrival and forgets anyone in constant time.
  const queue = new Set<Waiter>();
  const onIdle: (() => void)[] = [];
  const isIdle = (): boolean => active === 0 && queue.size === 0;
  const admitWaiting = (): void => {
    for (const waiter of queue) {
      if (active >= places) return;
      queue.delete(waiter);
      active += 1;
      waiter.admitted();
    }
  };
  return {
    enter(waiter) {
      if (active >= places) {
        if (queue.size >= maxQueued) return 'full';
        queue.add(waiter);
        return 'queued';
      }
      active += 1;
      waiter.admitted();
      return 'admitted';
    },
    leave() {
      active -= 1;
      // Later, not now: when all who wait fail at once, each would otherwise admit the next one deeper in the stack.
      if (queue.size > 0) queueMicrotask(admitWaiting);
      else if (active === 0) for (const resolve of onIdle.splice(0)) resolve();
    },
    giveUp: (waiter) => void queue.delete(waiter),
    idle: () => (isIdle() ? Promise.resolve() : new Promise((resolve) => onIdle.push(resolve))),
    stats: () => ({ active, queued: queue.size }),
  };
}
