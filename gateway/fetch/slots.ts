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
  stats(): { readonly active: number; readonly queued: number };
}

export function slots(places: number, maxQueued: number): Slots {
  let active = 0;
  // A Set keeps the order of arrival and forgets anyone in constant time.
  const queue = new Set<Waiter>();
  const admitNext = (): void => {
    for (const waiter of queue) {
      queue.delete(waiter);
      active += 1;
      waiter.admitted();
      return;
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
      if (active < places) admitNext();
    },
    giveUp: (waiter) => void queue.delete(waiter),
    stats: () => ({ active, queued: queue.size }),
  };
}
