import { createLocalJWKSet } from 'jose';
import { withDeadline } from "../model/deadline.js";
import { isTrustworthyKey } from "./public-key.js";
const maxKeys = 200;
const maxBackOff = 30_000;
/** Starts reading the keys at once; a failure is not fatal, the next token tries again. */
export function keySet(settings, tools) {
    const keys = new CachedKeys(settings, tools);
    void keys.refresh();
    return keys;
}
class CachedKeys {
    #settings;
    #tools;
    #ended = new AbortController();
    #reading;
    #inFlight;
    #failures = 0;
    #lastCause;
    #startedAt = -Infinity;
    constructor(settings, tools) {
        this.#settings = settings;
        this.#tools = tools;
    }
    async keysFor(kid) {
        await this.#freshen();
        const known = kid !== undefined && this.#reading?.keys.ids.has(kid) === true;
        if (!known && isPlausible(kid)) {
            if (this.#inFlight !== undefined || this.#mayRead(this.#settings.cooldown))
                await this.refresh();
        }
        const keys = this.#trusted();
        return keys === undefined ? { kind: 'unavailable', cause: this.#lastCause } : { kind: 'keys', keys };
    }
    trustedVersion() {
        if (this.#isFresh())
            return this.#reading?.keys.version;
        return this.#freshen().then(() => this.#trusted()?.version);
    }
    ready() {
        return this.#reading !== undefined;
    }
    close() {
        this.#ended.abort();
    }
    /** Reads the keys, once for all who ask meanwhile; never rejects. */
    refresh() {
        this.#inFlight ??= this.#read().finally(() => (this.#inFlight = undefined));
        return this.#inFlight;
    }
    /** Waits for fresh keys where a token must not be trusted to old ones; else lets a reading run beside it. */
    async #freshen() {
        if (this.#isFresh())
            return;
        const pending = this.#inFlight ?? (this.#mayRead(0) ? this.refresh() : undefined);
        const { maxAge, maxStale } = this.#settings;
        const issuerIsDown = this.#failures > 0 && this.#age() < maxStale;
        if (this.#age() >= maxAge && !issuerIsDown)
            await pending;
    }
    async #read() {
        const at = this.#tools.now();
        this.#startedAt = at;
        try {
            const { keys: source, timeout } = this.#settings;
            const text = await withDeadline(this.#ended.signal, timeout, (signal) => this.#tools.read(source, signal));
            const before = this.#reading;
            const keys = before?.text === text ? before.keys : parsed(text, before?.keys.version);
            this.#reading = { text, keys, at };
            this.#failures = 0;
            this.#tools.onRead?.(true);
        }
        catch (cause) {
            this.#failures += 1;
            this.#lastCause = cause;
            if (this.#ended.signal.aborted)
                return;
            this.#tools.onRead?.(false);
            this.#tools.onFailure?.(cause);
        }
    }
    #trusted() {
        const { maxStale, maxAge } = this.#settings;
        return this.#age() < Math.max(maxStale, maxAge) ? this.#reading?.keys : undefined;
    }
    /** After failures the pause doubles, so that a struggling issuer is not hammered. */
    #mayRead(least) {
        const { cooldown } = this.#settings;
        const backOff = this.#failures === 0 ? 0 : Math.min(cooldown * 2 ** (this.#failures - 1), maxBackOff);
        return this.#tools.now() - this.#startedAt >= Math.max(least, backOff);
    }
    #isFresh() {
        return this.#age() < Math.min(this.#settings.pollInterval, this.#settings.maxAge);
    }
    #age() {
        return this.#reading === undefined ? Infinity : this.#tools.now() - this.#reading.at;
    }
}
/** Ids that no issuer would choose are not worth a question to it. */
const isPlausible = (kid) => kid === undefined || /^[\x21-\x7e]{1,200}$/.test(kid);
/** Public signature keys only: a set that leaks private or shared keys does not make them trusted. */
function parsed(text, lastVersion = 0) {
    const json = JSON.parse(text);
    const list = typeof json === 'object' && json !== null && 'keys' in json ? json.keys : undefined;
    if (!Array.isArray(list))
        throw new Error('The key set has no list "keys"');
    if (list.length > maxKeys)
        throw new Error(`The key set has more than ${maxKeys} keys`);
    const keys = list.filter(isTrustworthyKey);
    if (keys.length === 0)
        throw new Error('The key set has no public key for signatures that is strong enough');
    const ids = new Set(keys.map(({ kid }) => kid).filter((kid) => kid !== undefined));
    return { resolve: createLocalJWKSet({ keys }), ids, version: lastVersion + 1 };
}
//# sourceMappingURL=key-set.js.map