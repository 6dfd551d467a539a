/** Which headers a rule means: one by name, or all whose name (lower case) matches a regular expression. */
export type HeaderSelector = { readonly named: string } | { readonly matching: string };

/** What goes from the client to a subgraph; rules run in order. */
export type RequestHeaderRule =
  | {
      readonly kind: 'propagate';
      readonly from: HeaderSelector;
      readonly rename?: string | undefined;
      /** Sent when the client did not send the header. */
      readonly default?: string | undefined;
    }
  | { readonly kind: 'remove'; readonly from: HeaderSelector }
  | { readonly kind: 'insert'; readonly name: string; readonly value: string }
  /** The value of a verified claim; nothing is sent when the claim is missing or no text, number, boolean or list of these. */
  | { readonly kind: 'insert'; readonly name: string; readonly fromClaim: string };

/** How one client header is made of the headers of several subgraph answers. */
export type HeaderMerge = 'first' | 'last' | 'append';

/** What goes from subgraph answers to the client. */
export interface ResponseHeaderRule {
  readonly kind: 'propagate';
  readonly from: HeaderSelector;
  readonly rename?: string | undefined;
  readonly merge: HeaderMerge;
}

export interface HeaderRules {
  readonly request: readonly RequestHeaderRule[];
  readonly response: readonly ResponseHeaderRule[];
}

/** Rules for all subgraphs, and more for some of them, which run after those. */
export interface HeaderSettings {
  readonly all: HeaderRules;
  readonly subgraphs: Readonly<Record<string, HeaderRules>>;
}
