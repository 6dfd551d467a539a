import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { WeirError } from '../model/errors.ts';
import { anonymous, type Principal } from '../model/principal.ts';
import { asymmetricAlgorithms, type IdentitySettings, type IssuerSettings } from './identity-settings.ts';
import { keySet } from './key-set.ts';
import { principalOf } from './principal-of.ts';
import { keyReader, type ReadKeys } from './read-keys.ts';
import { invalidToken, missingToken, uncheckable } from './refusal.ts';
import { findToken, withoutUnverified, type RequestHeaders } from './token-source.ts';
import { verifyToken, type Issuer } from './verify-token.ts';

export { identitySettings, type IdentityConfig, type IdentitySettings } from './identity-settings.ts';

export type Identified =
  | {
      readonly kind: 'principal';
      readonly principal: Principal;
      /** The request's headers; credentials that the gateway looks at and did not verify are taken out. */
      readonly headers: RequestHeaders;
    }
  | Refused;

interface Refused {
  readonly kind: 'refused';
  readonly error: WeirError;
}

type Checked = { readonly kind: 'principal'; readonly principal: Principal } | Refused;

export interface Identity {
  /** Who sends these headers; never rejects. Headers that came twice must be here as a list or joined by commas. */
  identify(headers: RequestHeaders): Promise<Identified>;
  /** `false` until the keys of every issuer have been read once. */
  ready(): boolean;
  close(): Promise<void>;
}

export interface IdentityTools {
  readonly readKeys?: ReadKeys;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told about every failed reading of keys. */
  readonly onKeyFailure?: (cause: unknown) => void;
}

/** A verified token, and what must still hold for it to be believed without looking again. */
interface Remembered {
  readonly principal: Extract<Principal, { kind: 'known' }>;
  readonly issuer: Issuer;
  readonly keysVersion: number;
  readonly until: number;
}

/**
 * Turns a request's token into a verified identity. Starts reading the issuers' keys at once and does not wait for them.
 * Throws a `TypeError` for an algorithm that is not asymmetric.
 */
export function createIdentity(settings: IdentitySettings, tools: IdentityTools = {}): Identity {
  for (const issuer of settings.issuers) assertAsymmetric(issuer);
  const now = tools.now ?? Date.now;
  const reader = keyReader();
  const read = tools.readKeys ?? reader.read;
  const issuers: readonly Issuer[] = settings.issuers.map((issuer) => ({
    settings: issuer,
    keys: keySet(issuer, { read, now, onFailure: tools.onKeyFailure }),
  }));
  const remembered = new LRUCache<string, Remembered>({ max: settings.rememberedTokens });
  const check = (token: string): Promise<Checked> =>
    checked(token, { settings, issuers, remembered, now: now() });
  const { sources, requireAuthentication, onError } = settings;
  return {
    identify: async (headers) => {
      const found = issuers.length === 0 ? ({ kind: 'none' } as const) : findToken(sources, headers);
      if (found.kind === 'none') {
        if (requireAuthentication) return refused(missingToken());
        return { kind: 'principal', principal: anonymous, headers };
      }
      const outcome =
        found.kind === 'malformed' ? refused(invalidToken('malformed')) : await check(found.token);
      if (outcome.kind === 'refused') {
        if (onError === 'error' || requireAuthentication) return outcome;
        const rest = withoutUnverified(sources, headers, undefined);
        return { kind: 'principal', principal: anonymous, headers: rest };
      }
      const verified = found.kind === 'token' ? found.source : undefined;
      return {
        ...outcome,
        headers: sources.length === 1 ? headers : withoutUnverified(sources, headers, verified),
      };
    },
    ready: () => issuers.every(({ keys }) => keys.ready()),
    close: async () => {
      for (const { keys } of issuers) keys.close();
      remembered.clear();
      await reader.close();
    },
  };
}

interface Check {
  readonly settings: IdentitySettings;
  readonly issuers: readonly Issuer[];
  readonly remembered: LRUCache<string, Remembered>;
  readonly now: number;
}

async function checked(token: string, { settings, issuers, remembered, now }: Check): Promise<Checked> {
  if (Buffer.byteLength(token) > settings.maxTokenBytes) return refused(invalidToken('too_large'));
  // Tokens themselves are not kept: a memory dump should not hold other people's credentials.
  const key = createHash('sha256').update(token).digest('base64');
  const known = remembered.get(key);
  if (known !== undefined && now < known.until && known.issuer.keys.currentVersion() === known.keysVersion)
    return { kind: 'principal', principal: known.principal };
  remembered.delete(key);
  const verified = await verifyToken(token, issuers, { now, tolerance: settings.clockTolerance });
  if (verified.kind === 'uncheckable') return refused(uncheckable(verified.cause));
  if (verified.kind === 'refused') return refused(invalidToken(verified.reason));
  const principal = principalOf(verified.claims, token, settings);
  if (principal === undefined) return refused(invalidToken('malformed'));
  const until = Math.min(principal.expiresAt * 1_000 + settings.clockTolerance, now + settings.rememberFor);
  const { issuer, keysVersion } = verified;
  remembered.set(key, { principal, issuer, keysVersion, until });
  return { kind: 'principal', principal };
}

const refused = (error: WeirError): Refused => ({ kind: 'refused', error });

function assertAsymmetric({ algorithms }: IssuerSettings): void {
  const wrong = algorithms.find((algorithm) => !asymmetricAlgorithms.includes(algorithm));
  if (wrong === undefined) return;
  throw new TypeError(
    `"${wrong}" is not accepted for tokens; use some of ${asymmetricAlgorithms.join(', ')}`,
  );
}
