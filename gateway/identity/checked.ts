import type { WeirError } from '../model/errors.ts';
import type { Principal } from '../model/principal.ts';

export type KnownPrincipal = Extract<Principal, { kind: 'known' }>;

export interface Refused {
  readonly kind: 'refused';
  readonly error: WeirError;
}

/** What became of one credential. */
export type Checked = { readonly kind: 'principal'; readonly principal: KnownPrincipal } | Refused;

/** Checks one credential; never rejects. */
export type Check = (credential: string) => Promise<Checked>;

export const refused = (error: WeirError): Refused => ({ kind: 'refused', error });
