import { LRUCache } from 'lru-cache';
import { refused, type Check, type KnownPrincipal } from './checked.ts';
import type { IdentitySettings } from './identity-settings.ts';
import { principalOf } from './principal-of.ts';
import { invalidToken, uncheckable } from './refusal.ts';
import { fingerprint } from './token-source.ts';
import { verifyToken, type Issuer } from './verify-token.ts';

/** A verified token, and what must still hold for it to be believed without looking again. */
interface Remembered {
  readonly principal: KnownPrincipal;
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
  const check: Check = async (token) => {
    const key = fingerprint(token);
    const known = remembered.get(key);
    if (known !== undefined && (await isStillGood(known, now()))) {
      return { kind: 'principal', principal: known.principal };
    }
    remembered.delete(key);
    const verified = await verifyToken(token, issuers, { now: now(), tolerance });
    if (verified.kind === 'uncheckable') return refused(uncheckable(verified.cause));
    if (verified.kind === 'refused') return refused(invalidToken(verified.reason));
    const principal = principalOf(verified.claims, token, settings);
    if (principal === undefined) return refused(invalidToken('malformed'));
    const { issuer, keysVersion } = verified;
    const until = principal.expiresAt * 1_000 + tolerance;
    remembered.set(key, { principal, issuer, keysVersion, until });
    return { kind: 'principal', principal };
  };
  return { check, forget: () => remembered.clear() };
}

function isStillGood({ issuer, keysVersion, until }: Remembered, now: number): boolean | Promise<boolean> {
  if (now >= until) return false;
  const version = issuer.keys.trustedVersion();
  return version instanceof Promise ? version.then((one) => one === keysVersion) : version === keysVersion;
}
