import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { TokenSettings } from './settings.ts';

const maxTokenLength = 8_192;
const clockToleranceSeconds = 5;

/** Who asks, as far as a verified token says. */
export type Caller =
  | {
      readonly kind: 'anonymous';
      /** Why the token that was sent is not believed; absent when none was sent. */
      readonly because?: string;
    }
  | {
      readonly kind: 'user';
      readonly id: string;
      readonly scopes: ReadonlySet<string>;
      readonly roles: ReadonlySet<string>;
      readonly policies: ReadonlySet<string>;
    };

/** Reads an `Authorization` header; never rejects, whom it cannot know it calls anonymous. */
export type ReadCaller = (authorization: string | undefined) => Promise<Caller>;

/** A reader that believes ES256 tokens of one issuer, for one audience, signed with one of the keys. */
export function callerReader(
  keys: JWTVerifyGetKey,
  expected: Pick<TokenSettings, 'issuer' | 'audience'>,
): ReadCaller {
  return async (authorization) => {
    if (authorization === undefined) return { kind: 'anonymous' };
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization.trim())?.[1];
    if (token === undefined || token.length > maxTokenLength) {
      return { kind: 'anonymous', because: 'it is not a bearer token' };
    }
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['ES256'],
        issuer: expected.issuer,
        audience: expected.audience,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: clockToleranceSeconds,
      });
      return callerOf(payload);
    } catch (error) {
      return { kind: 'anonymous', because: refusal(error) };
    }
  };
}

function callerOf(claims: JWTPayload): Caller {
  if (typeof claims.sub !== 'string' || claims.sub === '') {
    return { kind: 'anonymous', because: 'it names nobody' };
  }
  return {
    kind: 'user',
    id: claims.sub,
    scopes: new Set(typeof claims['scope'] === 'string' ? claims['scope'].split(' ') : []),
    roles: wordsOf(claims['roles']),
    policies: wordsOf(claims['policies']),
  };
}

function wordsOf(claim: unknown): ReadonlySet<string> {
  return new Set(Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : []);
}

function refusal(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWKSNoMatchingKey) return 'its key is not known';
  if (error instanceof errors.JOSEError) return 'it is not valid';
  return 'the keys to check it with cannot be had right now';
}
