import { createHash } from 'node:crypto';
import { print } from 'graphql';
import { LRUCache } from 'lru-cache';
import { planningFailures } from "./planning-failures.js";
/** Remembers plans, bounded by number and bytes; the same plan asked for twice at once is made once. */
export class PlanCache {
    #planning;
    #plans;
    #failures;
    #flights = new Map();
    #keys = new WeakMap();
    #hits = 0;
    #misses = 0;
    #joined = 0;
    constructor(settings, planning) {
        this.#planning = planning;
        this.#plans = new LRUCache({ max: settings.maxPlans, maxSize: settings.maxBytes });
        this.#failures = new LRUCache({ max: settings.maxPlans, ttl: settings.failureMs });
    }
    /** The plan when it is remembered, at the cost of a lookup. */
    known(subject) {
        const entry = this.#plans.get(this.#key(subject));
        if (entry === undefined)
            return undefined;
        this.#hits += 1;
        entry.uses += 1;
        return entry.plan;
    }
    /** Remembered, or made; ends early with a failure when the signal aborts. Never rejects. */
    async plan(subject, signal) {
        for (;;) {
            const result = await this.#knownOrMade(subject, signal);
            // Whoever asked before had just left, and the planning was given up with them: it is started anew.
            const wasGivenUp = result.kind === 'failed' && result.failure === planningFailures.aborted;
            if (!wasGivenUp || signal.aborted)
                return result;
        }
    }
    async #knownOrMade(subject, signal) {
        const known = this.known(subject);
        if (known !== undefined)
            return { kind: 'planned', plan: known };
        const key = this.#key(subject);
        const failure = this.#failures.get(key);
        if (failure !== undefined)
            return { kind: 'failed', failure };
        if (signal.aborted)
            return { kind: 'failed', failure: planningFailures.aborted };
        return this.#join(this.#flight(key, subject), signal);
    }
    /** The most used operations, most used first. */
    hottest(count) {
        const entries = [...this.#plans.values()].sort((one, other) => other.uses - one.uses);
        return entries.slice(0, count).map(({ subject, uses }) => ({ ...subject, uses }));
    }
    stats() {
        const { size, calculatedSize } = this.#plans;
        return {
            plans: size,
            bytes: calculatedSize,
            hits: this.#hits,
            misses: this.#misses,
            joined: this.#joined,
        };
    }
    #flight(key, subject) {
        const known = this.#flights.get(key);
        if (known !== undefined) {
            this.#joined += 1;
            return known;
        }
        this.#misses += 1;
        const giveUp = new AbortController();
        const result = this.#made(key, subject, giveUp.signal).finally(() => this.#flights.delete(key));
        const flight = { result, giveUp, callers: 0 };
        this.#flights.set(key, flight);
        return flight;
    }
    async #made(key, subject, signal) {
        const text = print(subject.operation.document);
        const outcome = await this.#planning({ text, labels: [...subject.labels] }, signal);
        if (outcome.kind === 'failed') {
            if (outcome.lasting)
                this.#failures.set(key, outcome.failure);
            return { kind: 'failed', failure: outcome.failure };
        }
        const { plan, bytes } = outcome;
        this.#plans.set(key, { subject, plan, uses: 1 }, { size: bytesOf(bytes, text, key) });
        return { kind: 'planned', plan };
    }
    #join(flight, signal) {
        flight.callers += 1;
        return new Promise((resolve) => {
            const leave = (result) => {
                signal.removeEventListener('abort', onAbort);
                flight.callers -= 1;
                if (flight.callers === 0)
                    flight.giveUp.abort();
                resolve(result);
            };
            const onAbort = () => leave({ kind: 'failed', failure: planningFailures.aborted });
            signal.addEventListener('abort', onAbort, { once: true });
            void flight.result.then(leave);
        });
    }
    #key({ operation, shape, labels }) {
        const key = this.#keyWithoutLabels(operation, shape);
        return labels.size === 0 ? key : `${key} ${JSON.stringify([...labels].sort())}`;
    }
    /** The same string for the same operation: its hash as a key of maps is computed once. */
    #keyWithoutLabels({ hash, document }, shape) {
        const known = this.#keys.get(document);
        if (known?.hash === hash && known.shape === shape)
            return known.key;
        // The document counts too: after a reload one hash and shape may stand for other allowed parts than before.
        const digest = known?.digest ?? createHash('sha256').update(print(document)).digest('base64');
        const key = JSON.stringify([hash, digest, shape]);
        this.#keys.set(document, { digest, hash, shape, key });
        return key;
    }
}
/** Objects take several times the text they are made of; the kept operation's syntax tree about twenty times. */
function bytesOf(planBytes, text, key) {
    return planBytes * 4 + text.length * 24 + key.length * 2;
}
//# sourceMappingURL=plan-cache.js.map