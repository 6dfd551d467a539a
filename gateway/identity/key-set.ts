import { createLocalJWKSet, type LocalJWKSet } from 'jose';
import { withDeadline } from '../model/deadline.ts';
import type { IssuerSettings } from './identity-settings.ts';
import { isTrustworthyKey } from './public-key.ts';
import type { ReadKeys } from './read-keys.ts';

/** Keys as they were last read. */
export interface Keys {
  readonly resolve: LocalJWKSet;
  readonly ids: ReadonlySet<string>;
  /** Another number after every change of the keys. */
  readonly version: number;
}

export type KeysFor =
  { readonly kind: 'keys'; readonly keys: Keys } | { readonly kind: 'unavailable'; readonly cause: unknown };

/** The keys of one issuer, read again when they grow old, kept while the issuer is down. */
export interface KeySet {
  /** Keys among which `kid` should be; reads them again for an unknown one, at most once per cooldown. */
  keysFor(kid: string | undefined): Promise<KeysFor>;
  /**
   * A token that was verified under keys of this version is still believed; `undefined` when no keys may be trusted.
   * At once while the keys are fresh.
   */
  trustedVersion(): number | undefined | Promise<number | undefined>;
  /** `true` once keys have been read. */
  ready(): boolean;
  close(): void;
}

export interface KeySetTools {
  readonly read: ReadKeys;
  /** Milliseconds; only differences matter. */
  readonly now: () => number;
  /** Told of every reading, whether it could be done. */
  readonly onRead?: ((isRead: boolean) => void) | undefined;
  /** Told about every failed reading. */
  readonly onFailure?: ((cause: unknown) => void) | undefined;
}

interface Reading {
  readonly text: string;
  readonly keys: Keys;
  readonly at: number;
}

const maxKeys = 200;
const maxBackOff = 30_000;

/** Starts reading the keys at once; a failure is not fatal, the next token tries again. */
export function keySet(settings: IssuerSettings, tools: KeySetTools): KeySet {
  const keys = new CachedKeys(settings, tools);
  void keys.refresh();
  return keys;
}

class CachedKeys implements KeySet {
  readonly #settings: IssuerSettings;
  readonly #tools: KeySetTools;
  readonly #ended = new AbortController();
  #reading: Reading | undefined;
  #inFlight: Promise<void> | undefined;
  #failures = 0;
  #lastCause: unknown;
  #startedAt = -Infinity;

  constructor(settings: IssuerSettings, tools: KeySetTools) {
    this.#settings = settings;
    this.#tools = tools;
  }

  async keysFor(kid: string | undefined): Promise<KeysFor> {
    await this.#freshen();
    const known = kid !== undefined && this.#reading?.keys.ids.has(kid) === true;
    if (!known && isPlausible(kid)) {
      if (this.#inFlight !== undefined || this.#mayRead(this.#settings.cooldown)) await this.refresh();
    }
    const keys = this.#trusted();
    return keys === undefined ? { kind: 'unavailable', cause: this.#lastCause } : { kind: 'keys', keys };
  }

  trustedVersion(): number | undefined | Promise<number | undefined> {
    if (this.#isFresh()) return this.#reading?.keys.version;
    return this.#freshen().then(() => this.#trusted()?.version);
  }

  ready(): boolean {
    return this.#reading !== undefined;
  }

  close(): void {
    this.#ended.abort();
  }

  /** Reads the keys, once for all who ask meanwhile; never rejects. */
  refresh(): Promise<void> {
    this.#inFlight ??= this.#read().finally(() => (this.#inFlight = undefined));
    return this.#inFlight;
  }

  /** Waits for fresh keys where a token must not be trusted to old ones; else lets a reading run beside it. */
  async #freshen(): Promise<void> {
    if (this.#isFresh()) return;
    const pending = this.#inFlight ?? (this.#mayRead(0) ? this.refresh() : undefined);
    const { maxAge, maxStale } = this.#settings;
    const issuerIsDown = this.#failures > 0 && this.#age() < maxStale;
    if (this.#age() >= maxAge && !issuerIsDown) await pending;
  }

  async #read(): Promise<void> {
    const at = this.#tools.now();
    this.#startedAt = at;
    try {
      const { keys: source, timeout } = this.#settings;
      const text = await withDeadline(this.#ended.signal, timeout, (signal) =>
        this.#tools.read(source, signal),
      );
      const before = this.#reading;
      const keys = before?.text === text ? before.keys : parsed(text, before?.keys.version);
      this.#reading = { text, keys, at };
      this.#failures = 0;
      this.#tools.onRead?.(true);
    } catch (cause) {
      this.#failures += 1;
      this.#lastCause = cause;
      if (this.#ended.signal.aborted) return;
      this.#tools.onRead?.(false);
      this.#tools.onFailure?.(cause);
    }
  }

  #trusted(): Keys | undefined {
    const { maxStale, maxAge } = this.#settings;
    return this.#age() < Math.max(maxStale, maxAge) ? this.#reading?.keys : undefined;
  }

  /** After failures the pause doubles, so that a struggling issuer is not hammered. */
  #mayRead(least: number): boolean {
    const { cooldown } = this.#settings;
    const backOff = this.#failures === 0 ? 0 : Math.min(cooldown * 2 ** (this.#failures - 1), maxBackOff);
    return this.#tools.now() - this.#startedAt >= Math.max(least, backOff);
  }

  #isFresh(): boolean {
    return this.#age() < Math.min(this.#settings.pollInterval, this.#settings.maxAge);
  }

  #age(): number {
    return this.#reading === undefined ? Infinity : this.#tools.now() - this.#reading.at;
  }
}

/** Ids that no issuer would choose are not worth a question to it. */
const isPlausible = (kid: string | undefined): boolean =>
  kid === undefined || /^[\x21-\x7e]{1,200}$/.test(kid);

/** Public signature keys only: a set that leaks private or shared keys does not make them trusted. */
function parsed(text: string, lastVersion = 0): Keys {
  const json: unknown = JSON.parse(text);
  const list = typeof json === 'object' && json !== null && 'keys' in json ? json.keys : undefined;
  if (!Array.isArray(list)) throw new Error('The key set has no list "keys"');
  if (list.length > maxKeys) throw new Error(`The key set has more than ${maxKeys} keys`);
  const keys = list.filter(isTrustworthyKey);
  if (keys.length === 0)
    throw new Error('The key set has no public key for signatures that is strong enough');
  const ids = new Set(keys.map(({ kid }) => kid).filter((kid) => kid !== undefined));
  return { resolve: createLocalJWKSet({ keys }), ids, version: lastVersion + 1 };
}
