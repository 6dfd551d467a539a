import { anonymous, type Principal } from '../model/principal.ts';
import { apiKeys, type ApiKeys } from './api-keys.ts';
import { after, refused, type Check, type Checked, type Refused } from './checked.ts';
import { asymmetricAlgorithms, type IdentitySettings, type IssuerSettings } from './identity-settings.ts';
import { keySet } from './key-set.ts';
import { opaqueTokens, type OpaqueTokenTools } from './opaque-tokens.ts';
import { keyReader, type ReadKeys } from './read-keys.ts';
import { revocations } from './revocations.ts';
import { invalidApiKey, invalidToken, missingKey, missingToken } from './refusal.ts';
import { signedTokens } from './signed-tokens.ts';
import { findToken, withoutUnverified, type FoundToken, type RequestHeaders } from './token-source.ts';
import { isJwt, type Issuer } from './verify-token.ts';

export { identitySettings, type IdentityConfig, type IdentitySettings } from './identity-settings.ts';
export { apiKeyFileText, apiKeyProblem, readApiKeyFile, type ApiKey } from './api-key-file.ts';
export { newApiKey } from './api-key-text.ts';

export type Identified =
  | {
      readonly kind: 'principal';
      readonly principal: Principal;
      /** The request's headers; credentials that the gateway looks at and did not verify are taken out. */
      readonly headers: RequestHeaders;
    }
  | Refused;

export interface Identity {
  /**
   * Who sends these headers, at once for a credential that is known; never rejects. Headers that came twice must be here
   * as a list or joined by commas.
   */
  identify(headers: RequestHeaders): Identified | Promise<Identified>;
  /** `false` until the keys of every issuer, and the files that credentials are checked with, have been read once. */
  ready(): boolean;
  close(): Promise<void>;
}

export interface IdentityTools {
  readonly readKeys?: ReadKeys;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Told of every reading of an issuer's keys, whether it could be done. */
  readonly onKeysRead?: (isRead: boolean) => void;
  /** Told about what credentials cannot be checked with: keys of an issuer, its introspection, a file of API keys. */
  readonly onFailure?: (cause: unknown) => void;
}

/** What credentials are checked with. */
interface Checks {
  readonly token: Check | undefined;
  readonly keys: ApiKeys | undefined;
}

/**
 * Turns a request's credential into a verified identity. Starts reading the issuers' keys at once and does not wait for
 * them; API keys are read at once. Throws a `TypeError` for an algorithm that is not asymmetric.
 */
export function createIdentity(settings: IdentitySettings, tools: IdentityTools = {}): Identity {
  for (const issuer of settings.issuers) assertAsymmetric(issuer);
  const { now = Date.now, onFailure, onKeysRead: onRead } = tools;
  const reader = keyReader();
  const read = tools.readKeys ?? reader.read;
  const issuers: readonly Issuer[] = settings.issuers.map((issuer) => ({
    settings: issuer,
    keys: keySet(issuer, { read, now, onRead, onFailure }),
  }));
  const { apiKeys: keySettings } = settings;
  const tokens = tokenChecks(settings, issuers, { now, onFailure });
  const keys = keySettings === undefined ? undefined : apiKeys(keySettings, { now, onFailure });
  const waitedFor = [...issuers.map((issuer) => issuer.keys), tokens, keys];
  return {
    identify: (headers) => identified(headers, settings, { token: tokens.check, keys }),
    ready: () => waitedFor.every((one) => one?.ready() !== false),
    close: async () => {
      for (const issuer of issuers) issuer.keys.close();
      await Promise.all([tokens.close(), keys?.close(), reader.close()]);
    },
  };
}

interface TokenChecks {
  /** `undefined`: tokens are not looked at. */
  readonly check: Check | undefined;
  ready(): boolean;
  close(): Promise<unknown>;
}

/** All that tokens are checked with, but for the keys of their issuers. */
function tokenChecks(
  settings: IdentitySettings,
  issuers: readonly Issuer[],
  { now, onFailure }: OpaqueTokenTools,
): TokenChecks {
  const { introspection, revocationList } = settings;
  const signed = issuers.length === 0 ? undefined : signedTokens(settings, issuers, now);
  const opaque =
    introspection === undefined ? undefined : opaqueTokens(settings, introspection, { now, onFailure });
  const revoked = revocationList === undefined ? undefined : revocations(revocationList, onFailure);
  const check = tokenCheck(settings.maxTokenBytes, signed?.check, opaque?.check);
  return {
    check: check && (revoked?.guard(check) ?? check),
    ready: () => revoked?.ready() !== false,
    close: () => {
      signed?.forget();
      return Promise.all([opaque?.close(), revoked?.close()]);
    },
  };
}

const nothing: FoundToken = { kind: 'none' };

function identified(
  headers: RequestHeaders,
  settings: IdentitySettings,
  { token, keys }: Checks,
): Identified | Promise<Identified> {
  const { sources, requireAuthentication, apiKeys: keySettings } = settings;
  const found = token === undefined ? nothing : findToken(sources, headers);
  const byKey = keys?.check(headers);
  if (byKey !== undefined) {
    if (found.kind !== 'none') return refused(invalidApiKey('beside_token'));
    return byKey.kind === 'refused' ? byKey : { ...byKey, headers };
  }
  if (found.kind === 'none' || token === undefined) {
    if (!requireAuthentication) return { kind: 'principal', principal: anonymous, headers };
    return refused(
      token === undefined && keySettings !== undefined ? missingKey(keySettings.header) : missingToken(),
    );
  }
  const outcome = found.kind === 'malformed' ? refused(invalidToken('malformed')) : token(found.token);
  return after(outcome, (checked) => believed(checked, { found, headers }, settings));
}

function believed(
  outcome: Checked,
  { found, headers }: { readonly found: FoundToken; readonly headers: RequestHeaders },
  { sources, onError, requireAuthentication }: IdentitySettings,
): Identified {
  if (outcome.kind === 'refused') {
    if (onError === 'error' || requireAuthentication) return outcome;
    const rest = withoutUnverified(sources, headers, undefined);
    return { kind: 'principal', principal: anonymous, headers: rest };
  }
  const { kind, principal } = outcome;
  if (sources.length === 1) return { kind, principal, headers };
  const verified = found.kind === 'token' ? found.source : undefined;
  return { kind, principal, headers: withoutUnverified(sources, headers, verified) };
}

/** JWTs are verified here, other tokens are asked about; where there is one way only, all go that way. */
function tokenCheck(
  maxBytes: number,
  signed: Check | undefined,
  opaque: Check | undefined,
): Check | undefined {
  const check = signed ?? opaque;
  if (check === undefined) return undefined;
  return (token) => {
    if (Buffer.byteLength(token) > maxBytes) return refused(invalidToken('too_large'));
    return opaque === undefined || isJwt(token) ? check(token) : opaque(token);
  };
}

function assertAsymmetric({ algorithms }: IssuerSettings): void {
  const wrong = algorithms.find((algorithm) => !asymmetricAlgorithms.includes(algorithm));
  if (wrong === undefined) return;
  throw new TypeError(
    `"${wrong}" is not accepted for tokens; use some of ${asymmetricAlgorithms.join(', ')}`,
  );
}
