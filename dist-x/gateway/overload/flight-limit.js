/** A slow moment, such as a garbage collection, is no overload. */
const patience = 2;
/**
 * How many requests may be under way next: fewer while the event loop stays late, and more again when it does not and
 * the limit is felt. One turn of a loop that is overloaded takes in all that came meanwhile and takes ever longer, so a
 * very late one is acted upon at once; what that costs after a mere pause comes back within a second. How long requests
 * take says nothing: a subgraph that hangs must not cost those of the others.
 */
export function nextLimit({ limit, late }, { delayMs, peak }, { most, fewest, maxDelayMs, growth }) {
    const least = Math.min(most, fewest);
    const lowered = (share) => Math.max(least, Math.floor(Math.min(limit, peak) * share));
    if (delayMs > 3 * maxDelayMs)
        return { limit: lowered(0.5), late: late + 1 };
    if (delayMs > maxDelayMs)
        return { limit: late + 1 < patience ? limit : lowered(0.85), late: late + 1 };
    const isFelt = peak >= limit * 0.7;
    return {
        limit: isFelt ? Math.min(most, limit + Math.ceil(limit * growth)) : Math.min(limit, most),
        late: 0,
    };
}
//# sourceMappingURL=flight-limit.js.map