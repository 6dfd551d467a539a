import type { Audience } from './variation.ts';

/** One kept answer: an entity, the data of a root call, or a whole response. Times in milliseconds since 1970. */
export interface Entry {
  /** Never changed by anybody; who extends it copies it first. */
  readonly value: unknown;
  /** When it was asked for. */
  readonly at: number;
  readonly freshUntil: number;
  /** Until then it may be served while one caller asks anew. */
  readonly staleUntil: number;
  /** Until then it may stand in for an answer that cannot be had. */
  readonly errorUntil: number;
  /** Place in the invalidation log up to which it is known to hold. */
  readonly stamp: number;
  readonly tags: readonly string[];
  readonly audience: Audience;
  readonly mayNeedEscape: boolean;
}

export type Freshness = 'fresh' | 'ageing' | 'stale' | 'error-only' | 'gone';

/** In its last tenth an entry is ageing: still fresh, and worth asking anew early when it is asked for a lot. */
export function freshness(entry: Entry, now: number): Freshness {
  if (now < entry.freshUntil) {
    return now > entry.freshUntil - (entry.freshUntil - entry.at) / 10 ? 'ageing' : 'fresh';
  }
  if (now < entry.staleUntil) return 'stale';
  return now < entry.errorUntil ? 'error-only' : 'gone';
}

export const keptUntil = (entry: Entry): number =>
  Math.max(entry.freshUntil, entry.staleUntil, entry.errorUntil);

/** Foreign versions are not believed. */
const version = 1;

/** The entry as text, with the key it stands under. */
export function entryText(key: string, entry: Entry): string {
  const { value, ...rest } = entry;
  return JSON.stringify({ version, key, ...rest, value });
}

/** `undefined`: not an entry of this version, or not this key's. */
export function entryOf(key: string, text: string): Entry | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const found: Partial<Written> = read;
  if (found.version !== version || found.key !== key || !isWritten(found)) return undefined;
  const { value, at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape } = found;
  // Field by field: this is done for each entity that comes from a shared store.
  return { value, at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape };
}

/** An entry as `entryText` writes it. */
interface Written extends Entry {
  readonly version: number;
  readonly key: string;
}

function isWritten(found: Partial<Written>): found is Written {
  return (
    Number.isFinite(found.at) &&
    Number.isFinite(found.freshUntil) &&
    Number.isFinite(found.staleUntil) &&
    Number.isFinite(found.errorUntil) &&
    Number.isFinite(found.stamp) &&
    typeof found.value === 'object' &&
    isTexts(found.tags) &&
    isAudience(found.audience) &&
    typeof found.mayNeedEscape === 'boolean'
  );
}

function isTexts(tags: unknown): boolean {
  if (!Array.isArray(tags)) return false;
  for (const tag of tags) if (typeof tag !== 'string') return false;
  return true;
}

const isAudience = (audience: unknown): boolean =>
  audience === 'public' || audience === 'anonymous' || audience === 'own';
