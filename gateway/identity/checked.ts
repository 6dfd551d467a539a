import type { WeirError } from '../model/errors.ts';
import type { Principal } from '../model/principal.ts';

export type KnownPrincipal = Extract<Principal, { kind: 'known' }>;

export interface Refused {
  readonly kind: 'refused';
  readonly error: WeirError;
}

/** What became of one credential. */
export type Checked = { readonly kind: 'principal'; readonly principal: KnownPrincipal } | Refused;

/** Checks one credential, at once where it is known; never rejects. */
export type Check = (credential: string) => Checked | Promise<Checked>;

/** Goes on at once with what is there already, else when it comes. */
export const after = <T, U>(value: T | Promise<T>, next: (value: T) => U | Promise<U>): U | Promise<U> =>
  value instanceof Promise ? value.then(next) : next(value);

export const refused = (error: WeirError): Refused => ({ kind: 'refused', error });
