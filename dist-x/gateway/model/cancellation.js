/** Cancels one piece of work, at most once; listeners are told in the order in which they came. */
export class Cancellation {
    aborted = false;
    reason = undefined;
    #listeners;
    abort(reason) {
        if (this.aborted)
            return;
        this.aborted = true;
        this.reason = reason;
        const listeners = this.#listeners ?? [];
        this.#listeners = undefined;
        for (const listener of listeners)
            listener();
    }
    /** As with `AbortSignal`, who comes after the end is not told: look at `aborted` first. */
    addEventListener(_type, listener) {
        if (this.aborted)
            return;
        if (this.#listeners === undefined)
            this.#listeners = [listener];
        else
            this.#listeners.push(listener);
    }
    removeEventListener(_type, listener) {
        const at = this.#listeners?.indexOf(listener) ?? -1;
        if (at >= 0)
            this.#listeners?.splice(at, 1);
    }
}
//# sourceMappingURL=cancellation.js.map