/** What a shared store says about a key. `unavailable`: it cannot be asked now, which is never a reason to fail. */
export type Lookup =
  | { readonly kind: 'hit'; readonly text: string }
  | { readonly kind: 'miss' }
  | { readonly kind: 'unavailable' };

/** Texts that several gateways share. No method rejects, and none takes longer than the store's timeout. */
export interface SharedStore {
  readonly read: (key: string) => Promise<Lookup>;
  /** Keeps a text for as long as the store's settings say; what is too large, or comes at a bad time, is dropped. */
  readonly write: (key: string, text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}
