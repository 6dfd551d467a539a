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
const version = 2;

/** The entry as text: version and key, and on the next line what is known of it, in this order. */
export function entryText(key: string, entry: Entry): string {
  const { value, at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape } = entry;
  const times = [at, freshUntil, staleUntil, errorUntil, stamp];
  return headOf(key) + JSON.stringify([...times, tags, audience, mayNeedEscape, value]);
}

/** Compared as it stands: a key that is parsed costs as much as a small entity. */
const headOf = (key: string): string => `${String(version)} ${key}\n`;

/** `undefined`: not an entry of this version, or not this key's. */
export function entryOf(key: string, text: string): Entry | undefined {
  const head = headOf(key);
  if (!text.startsWith(head)) return undefined;
  let read: unknown;
  try {
    read = JSON.parse(text.slice(head.length));
  } catch {
    return undefined;
  }
  if (!isWritten(read)) return undefined;
  const [at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape, value] = read;
  return { value, at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape };
}

/** A list without names, as it is read for each entity that comes from a shared store. */
type Written = readonly [
  at: number,
  freshUntil: number,
  staleUntil: number,
  errorUntil: number,
  stamp: number,
  tags: readonly string[],
  audience: Audience,
  mayNeedEscape: boolean,
  value: unknown,
];

function isWritten(read: unknown): read is Written {
  if (!Array.isArray(read) || read.length !== 9) return false;
  const [at, freshUntil, staleUntil, errorUntil, stamp, tags, audience, mayNeedEscape, value] =
    read as readonly unknown[];
  return (
    Number.isFinite(at) &&
    Number.isFinite(freshUntil) &&
    Number.isFinite(staleUntil) &&
    Number.isFinite(errorUntil) &&
    Number.isFinite(stamp) &&
    isTexts(tags) &&
    isAudience(audience) &&
    typeof mayNeedEscape === 'boolean' &&
    typeof value === 'object'
  );
}

function isTexts(tags: unknown): boolean {
  if (!Array.isArray(tags)) return false;
  for (const tag of tags) if (typeof tag !== 'string') return false;
  return true;
}

const isAudience = (audience: unknown): boolean =>
  audience === 'public' || audience === 'anonymous' || audience === 'own';
