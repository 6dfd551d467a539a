/**
 * Moves on when something happened that whoever asks afterwards must see: a mutation has ended, kept answers were dropped.
 * What began in an earlier epoch is not shared with who comes in a later one.
 */
export class Epoch {
    #number = 0;
    /** Equal for as long as nothing happened. */
    get number() {
        return this.#number;
    }
    moveOn() {
        this.#number += 1;
    }
}
//# sourceMappingURL=epoch.js.map