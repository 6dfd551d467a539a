import { WeirError } from '../model/errors.ts';

/** Why a token is not believed; the word is all a client learns. */
export type RefusalReason =
  | 'malformed'
  | 'too_large'
  | 'algorithm'
  | 'type'
  | 'issuer'
  | 'audience'
  | 'signature'
  | 'key_unknown'
  | 'expired'
  | 'not_yet_valid';

const sentences: Readonly<Record<RefusalReason, string>> = {
  malformed: 'The token cannot be read.',
  too_large: 'The token is too large.',
  algorithm: 'The token is signed by an algorithm that is not accepted.',
  type: 'The token is of a type that is not accepted.',
  issuer: 'The token comes from an issuer that is not accepted.',
  audience: 'The token is meant for someone else.',
  signature: "The token's signature is not valid.",
  key_unknown: 'The token is signed with an unknown key.',
  expired: 'The token has expired.',
  not_yet_valid: 'The token is not valid yet.',
};

/** A refused token, without anything of the token in it. */
export const invalidToken = (reason: RefusalReason): WeirError =>
  new WeirError('INVALID_JWT', sentences[reason], { extensions: { reason } });

export const missingToken = (): WeirError =>
  new WeirError('MISSING_JWT', 'Send a token: this API answers verified callers only.');

/** Nothing can be said about the token: its issuer's keys were never read. */
export const uncheckable = (cause: unknown): WeirError =>
  new WeirError('AUTHENTICATION_UNAVAILABLE', 'Tokens cannot be checked right now. Try again shortly.', {
    cause,
  });
