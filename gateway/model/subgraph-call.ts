import type { CancelSignal } from './cancellation.ts';
import type { Principal } from './principal.ts';
import type { OperationKind } from './operation.ts';
import type { WeirError } from './errors.ts';

/** What travels with every call made for one client request. */
export interface CallContext {
  readonly requestId: string;
  readonly principal: Principal;
  /** The client's request headers, names in lower case; header rules pick from them. */
  readonly clientHeaders: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Aborts when the client leaves or the request's deadline passes. */
  readonly signal: CancelSignal;
}

/** What a subgraph is told of a client request by rule, beside the question: its answer may depend on any of it. */
export interface Told {
  /** Headers: names and values in turn. */
  readonly headers: readonly string[];
  /** Verified claims as text; empty when it is told none. */
  readonly claims: string;
}

export type Telling = (context: CallContext) => Told;

/** One GraphQL request to one subgraph. */
export interface SubgraphCall {
  readonly subgraph: string;
  readonly operationKind: OperationKind;
  /** The whole JSON request body: query, variables, operationName. */
  readonly body: string;
  /** Expected number of `_entities`, for limits and metrics; 0 for a root fetch. */
  readonly entityCount: number;
  /** What the body is made of; without it a call is never answered from a cache. */
  readonly parts?: CallParts;
  /** In place of `parts` for a call that several fetches of entities were joined to. */
  readonly joined?: JoinedCall;
}

/** Several fetches of entities in one document, each with a variable of its own for its representations. */
export interface JoinedCall {
  /** The GraphQL document, the same string for every call of the same fetches. */
  readonly document: string;
  /** How many representations each of these variables holds. */
  readonly entityCounts: Readonly<Record<string, number>>;
}

/** A call's body in parts, for who may ask for some of its entities only. */
export interface CallParts {
  /** The GraphQL document, the same string for every call of one fetch. */
  readonly document: string;
  /** JSON members of the variables, without the representations. */
  readonly variables: () => string;
  /** JSON texts, each different; `undefined` for a fetch of root fields. To be read before the first `await`. */
  readonly representations: readonly string[] | undefined;
  /** The whole body for these representations. */
  readonly bodyFor: (representations: readonly string[]) => string;
}

/** A subgraph's answer, checked to be a GraphQL response; everything else is a failure with a code. */
export type SubgraphAnswer =
  | {
      readonly kind: 'answered';
      /** `null` when the subgraph said so (then there are errors). */
      readonly data: Record<string, unknown> | null;
      readonly errors: readonly SubgraphError[];
      /** Nobody else holds `data`, so the receiver may change it. Without this it is copied before it is extended. */
      readonly owned?: true;
      /** Response headers that header rules may pass on, names in lower case. */
      readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
      /** `false` when the body's text had no backslash, so no string in it needs escaping on the way out. */
      readonly mayNeedEscape: boolean;
      /** The answer's own `extensions`, unchecked. */
      readonly extensions?: Readonly<Record<string, unknown>> | undefined;
    }
  | { readonly kind: 'failed'; readonly error: WeirError };

/** One entry of a subgraph's `errors`, already bounded in number and cleaned of wrong types. */
export interface SubgraphError {
  readonly message: string;
  readonly path: readonly (string | number)[] | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
}

/** Makes one call; never throws: every outcome is a value. Decorators (retry, breaker, cache) have this shape too. */
export type Caller = (call: SubgraphCall, context: CallContext) => Promise<SubgraphAnswer>;
