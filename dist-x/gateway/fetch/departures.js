const passengersKey = Symbol('passengers');
/** Tells when the signal aborts, until `forget`. One listener for all calls of a request: listeners are dear. */
export function watchFor(signal, passenger) {
    (signal[passengersKey] ?? begin(signal)).add(passenger);
}
export function forget(signal, passenger) {
    signal[passengersKey]?.delete(passenger);
}
function begin(signal) {
    const passengers = new Set();
    signal[passengersKey] = passengers;
    // Never removed: the signal is of one request and goes with it.
    signal.addEventListener('abort', () => {
        for (const passenger of passengers)
            passenger.left(signal.reason);
    });
    return passengers;
}
//# sourceMappingURL=departures.js.map