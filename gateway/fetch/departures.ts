import type { CancelSignal } from '../model/cancellation.ts';

/** Someone who has to know when the caller leaves. */
export interface Passenger {
  left(reason: unknown): void;
}

const passengersKey = Symbol('passengers');

/** A signal that carries whom to tell: a map from signals would keep the garbage collector busy with what comes and goes. */
interface WatchedSignal extends CancelSignal {
  [passengersKey]?: Set<Passenger>;
}

/** Tells when the signal aborts, until `forget`. One listener for all calls of a request: listeners are dear. */
export function watchFor(signal: WatchedSignal, passenger: Passenger): void {
  (signal[passengersKey] ?? begin(signal)).add(passenger);
}

export function forget(signal: WatchedSignal, passenger: Passenger): void {
  signal[passengersKey]?.delete(passenger);
}

function begin(signal: WatchedSignal): Set<Passenger> {
  const passengers = new Set<Passenger>();
  signal[passengersKey] = passengers;
  // Never removed: the signal is of one request and goes with it.
  signal.addEventListener('abort', () => {
    for (const passenger of passengers) passenger.left(signal.reason);
  });
  return passengers;
}
