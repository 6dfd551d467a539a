/** Someone who has to know when the caller leaves. */
export interface Passenger {
  left(reason: unknown): void;
}

/** Tells of aborts with one listener for each signal: a request makes many calls, and listeners are dear. */
export interface Departures {
  watch(signal: AbortSignal, passenger: Passenger): void;
  forget(signal: AbortSignal, passenger: Passenger): void;
}

export function departures(): Departures {
  const bySignal = new WeakMap<AbortSignal, Set<Passenger>>();
  const begin = (signal: AbortSignal): Set<Passenger> => {
    const passengers = new Set<Passenger>();
    bySignal.set(signal, passengers);
    // Never removed: the signal is of one request and goes with it.
    signal.addEventListener(
      'abort',
      () => {
        for (const passenger of passengers) passenger.left(signal.reason);
      },
      { once: true },
    );
    return passengers;
  };
  return {
    watch: (signal, passenger) => void (bySignal.get(signal) ?? begin(signal)).add(passenger),
    forget: (signal, passenger) => void bySignal.get(signal)?.delete(passenger),
  };
}
