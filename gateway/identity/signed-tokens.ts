import { LRUCache } from 'lru-cache';
import { after, refused, type Check, type Checked } from './checked.ts';
import type { IdentitySettings } from './identity-settings.ts';
import { principalOf } from './principal-of.ts';
import { invalidToken, uncheckable } from './refusal.ts';
import { fingerprint } from './token-source.ts';
import { verifyToken, type Issuer } from './verify-token.ts';

/** A verified token, and what must still hold for it to be believed without looking again. */
interface Remembered {
  readonly outcome: Checked;
  readonly issuer: Issuer;
  readonly keysVersion: number;
  readonly until: number;
}

/** Checks JWTs by their issuers' keys. A token seen before is not verified again while those keys stay and it lasts. */
export function signedTokens(
  settings: IdentitySettings,
  issuers: readonly Issuer[],
  now: () => number,
): { readonly check: Check; forget(): void } {
  const { clockTolerance: tolerance } = settings;
  const remembered = new LRUCache<string, Remembered>({ max: settings.rememberedTokens });
  const verifying = new Map<string, Promise<Checked>>();
  const verified = async (token: string, key: string): Promise<Checked> => {
    const found = await verifyToken(token, issuers, { now: now(), tolerance });
    if (found.kind === 'uncheckable') return refused(uncheckable(found.cause));
    if (found.kind === 'refused') return refused(invalidToken(found.reason));
    const principal = principalOf(found.claims, token, settings);
    if (principal === undefined) return refused(invalidToken('malformed'));
    const { issuer, keysVersion } = found;
    const outcome: Checked = { kind: 'principal', principal };
    remembered.set(key, { outcome, issuer, keysVersion, until: principal.expiresAt * 1_000 + tolerance });
    return outcome;
  };
  // Once for all who send the same token meanwhile.
  const verifiedOnce = (token: string, key: string): Promise<Checked> => {
    const pending = verifying.get(key);
    if (pending !== undefined) return pending;
    const found = verified(token, key).finally(() => verifying.delete(key));
    verifying.set(key, found);
    return found;
  };
  const check: Check = (token) => {
    const key = fingerprint(token);
    const known = remembered.get(key);
    if (known === undefined) return verifiedOnce(token, key);
    return after(isStillGood(known, now()), (isGood) => {
      if (isGood) return known.outcome;
      remembered.delete(key);
      return verifiedOnce(token, key);
    });
  };
  return { check, forget: () => remembered.clear() };
}

function isStillGood({ issuer, keysVersion, until }: Remembered, now: number): boolean | Promise<boolean> {
  if (now >= until) return false;
  const version = issuer.keys.trustedVersion();
  return version instanceof Promise ? version.then((one) => one === keysVersion) : version === keysVersion;
}
