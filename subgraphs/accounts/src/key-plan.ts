import { accessTokenSeconds } from './token-lifetime.ts';

/** When a signing key is used; instants in ISO 8601. */
export interface KeyTimes {
  readonly kid: string;
  readonly sign_from: string;
  readonly sign_until: string;
}

/** A key that should be made. */
export interface WantedKey {
  readonly signFrom: Date;
  readonly signUntil: Date;
}

export interface KeyPlan {
  readonly make: WantedKey | undefined;
  /** Keys whose last token has expired. */
  readonly drop: readonly string[];
}

const hourMs = 3_600_000;
// Others keep our keys for some minutes; a new key is published this long before its first use.
const publishAheadMs = hourMs;
// Clocks differ, and verifiers allow for that.
const graceMs = 60_000;

/** What is to be done about the keys at an instant. */
export function planKeys(keys: readonly KeyTimes[], now: Date, rotationHours: number): KeyPlan {
  const drop = keys.filter((key) => lastUse(key) < now.getTime()).map(({ kid }) => kid);
  const signedUntil = Math.max(...keys.map((key) => Date.parse(key.sign_until)), -Infinity);
  const rotationMs = rotationHours * hourMs;
  const make = (from: number): WantedKey => ({
    signFrom: new Date(from),
    signUntil: new Date(from + rotationMs),
  });
  if (signedUntil <= now.getTime()) return { make: make(now.getTime()), drop };
  const publishAt = signedUntil - Math.min(publishAheadMs, rotationMs / 2);
  return { make: now.getTime() >= publishAt ? make(signedUntil) : undefined, drop };
}

/** The key to sign with: of those in use the one that came last. */
export function signingKeyOf<Key extends KeyTimes>(keys: readonly Key[], now: Date): Key | undefined {
  const instant = now.toISOString();
  return keys
    .filter((key) => key.sign_from <= instant && instant < key.sign_until)
    .sort((a, b) => (a.sign_from < b.sign_from ? 1 : -1))
    .at(0);
}

function lastUse({ sign_until }: KeyTimes): number {
  return Date.parse(sign_until) + accessTokenSeconds * 1_000 + graceMs;
}
