import { SignJWT } from 'jose';
import { randomUUID } from 'node:crypto';
import type { Grants } from './roles.ts';
import type { TokenSettings } from './settings.ts';
import type { SigningKeys } from './signing-keys.ts';
import { accessTokenSeconds } from './token-lifetime.ts';

export interface AccessToken {
  readonly text: string;
  readonly expiresAt: Date;
}

/** Makes an access token that says what its bearer may do. */
export type IssueToken = (subject: string, grants: Grants, now: Date) => Promise<AccessToken>;

export function tokenIssuer(
  keys: Pick<SigningKeys, 'signer'>,
  { issuer, audience }: TokenSettings,
): IssueToken {
  return async (subject, { scopes, roles, policies }, now) => {
    const { kid, privateKey } = keys.signer(now);
    const issuedAt = Math.floor(now.getTime() / 1_000);
    const expiresAt = issuedAt + accessTokenSeconds;
    const text = await new SignJWT({ scope: scopes.join(' '), roles, policies })
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .setJti(randomUUID())
      .sign(privateKey);
    return { text, expiresAt: new Date(expiresAt * 1_000) };
  };
}
