import type { Operation } from '../model/operation.ts';
import type { Refusal } from '../model/refusal.ts';
import type { PersistedTextSettings } from './persisted-texts.ts';
import type { TrustedSettings } from './trusted-documents.ts';

export interface DocumentSettings {
  readonly maxTokens: number;
  readonly introspection: boolean;
  /** Whether messages may hint at names of the schema ("Did you mean …?"). */
  readonly suggestions: boolean;
  readonly apq: PersistedTextSettings;
  /** Documents that clients shipped; `undefined`: none are known. */
  readonly trusted?: TrustedSettings | undefined;
  /** Operations kept ready, for each schema. */
  readonly cache: { readonly maxOperations: number; readonly maxBytes: number };
  /**
   * Looks at an operation after parsing and before the costly part of validation (it may still be invalid, but its
   * fragments are not circular). What it returns is remembered with the operation.
   */
  readonly admit: (operation: Operation, profile: string) => Admitted;
  /** Whether clients have limits of their own, so that `admit` is asked for every request; it has to be cheap then. */
  readonly admitsByProfile?: boolean | undefined;
  /** The profile of a client program whose version is not known. */
  readonly profileOfClient?: ((client: string | undefined) => string) | undefined;
}

export type Admitted =
  | { readonly ok: true; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

export interface PreparedOperation {
  readonly ok: true;
  readonly operation: Operation;
  /** What `admit` had to say about it. */
  readonly warnings: readonly string[];
  /** The id of the trusted document that asks this. */
  readonly document?: string | undefined;
}

export type Prepared = PreparedOperation | { readonly ok: false; readonly refusal: Refusal };

/** A refusal as an outcome. */
export function notPrepared(refusal: Refusal): Extract<Prepared, { ok: false }> {
  return { ok: false, refusal };
}
