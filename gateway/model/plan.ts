import type { OperationKind } from './operation.ts';

/**
 * How an operation is answered: plain, serialisable data (it crosses a thread boundary and may be stored),
 * independent of the planner that made it.
 */
export interface Plan {
  /** `undefined` when nothing has to be fetched (only `__typename` or introspection). */
  readonly root: PlanNode | undefined;
  readonly internalKeys: InternalKeys;
}

/**
 * Fields whose answers stand in the gathered data under another key than the client's response name: the planner
 * would confuse the client's alias (or arguments) with a key or required field of the same name. Keyed by the place
 * of the FieldNode in `Operation.document`: the n-th FieldNode that graphql-js' `visit` enters, from 0. Fields not
 * listed stand under their response name. All nodes that GraphQL merges into one response field have the same key.
 * Paths of fetches and rewrites speak of these keys too; errors shown to clients speak of response names.
 */
export type InternalKeys = Readonly<Record<number, string>>;

export type PlanNode = SequenceNode | ParallelNode | ConditionNode | FetchNode;

/** Steps that need one another's results, in order. */
export interface SequenceNode {
  readonly kind: 'sequence';
  readonly steps: readonly PlanNode[];
}

/** Branches that may run at the same time. */
export interface ParallelNode {
  readonly kind: 'parallel';
  readonly branches: readonly PlanNode[];
}

/** One of two branches, by a boolean variable of the client's operation (`@skip`, `@include`). */
export interface ConditionNode {
  readonly kind: 'condition';
  readonly variable: string;
  readonly whenTrue: PlanNode | undefined;
  readonly whenFalse: PlanNode | undefined;
}

/** One call to one subgraph. */
export interface FetchNode {
  readonly kind: 'fetch';
  readonly subgraph: string;
  readonly operationKind: OperationKind;
  /** Printed GraphQL; an entity fetch declares `$representations: [_Any!]!`. */
  readonly document: string;
  readonly operationName: string | undefined;
  /** Names of the client's variables that the document uses. */
  readonly variables: readonly string[];
  /** Set for a fetch of entities; `undefined` for a fetch of root fields. */
  readonly entities: EntityInput | undefined;
  /** Applied to the answer before it is merged. */
  readonly outputRewrites: readonly Rewrite[];
}

export interface EntityInput {
  /** Where the entities stand in the data gathered so far; several when equal fetches were joined. */
  readonly paths: readonly EntityPath[];
  /** What each representation carries, one selection set per concrete or abstract type. */
  readonly requires: readonly Requirement[];
  /** Applied to each representation before it is sent. */
  readonly inputRewrites: readonly Rewrite[];
  /** `@fromContext` arguments: values collected from ancestors, sent as variables per entity. */
  readonly contextRewrites: readonly ContextRewrite[];
}

export type EntityPath = readonly PathStep[];

/** One step from parent data to child data. */
export type PathStep =
  | { readonly kind: 'field'; readonly name: string; readonly onTypes: readonly string[] | undefined }
  | { readonly kind: 'list'; readonly onTypes: readonly string[] | undefined };

/** Selections on one type that make up a representation (inline fragments of the planner's `requires`). */
export interface Requirement {
  readonly onType: string;
  /** It does not say which entity is meant: sent only beside a requirement that does. */
  readonly isAddition?: true;
  readonly selections: readonly RequiredSelection[];
}

export type RequiredSelection =
  | {
      readonly kind: 'field';
      /** The key under which the value stands in the gathered data. */
      readonly readAs: string;
      /** The name under which the subgraph expects it. */
      readonly sendAs: string;
      readonly selections: readonly RequiredSelection[] | undefined;
    }
  | { readonly kind: 'on'; readonly onType: string; readonly selections: readonly RequiredSelection[] };

/** A change at a path of the data: keys with type conditions, then a value set or a key renamed. */
export type Rewrite =
  | { readonly kind: 'setValue'; readonly path: readonly RewriteStep[]; readonly value: unknown }
  | { readonly kind: 'renameKey'; readonly path: readonly RewriteStep[]; readonly to: string };

export type RewriteStep =
  { readonly kind: 'key'; readonly name: string } | { readonly kind: 'onType'; readonly typeName: string };

/** One `@fromContext` argument: walk `up` levels from the entity, read `path`, send it as variable `variable`. */
export interface ContextRewrite {
  readonly path: readonly (RewriteStep | { readonly kind: 'parent' })[];
  readonly variable: string;
}

/** What planning an operation can end with, when it is not a plan. */
export interface PlanFailure {
  readonly code: 'QUERY_PLANNING_TIMEOUT' | 'QUERY_PLANNING_FAILED';
  /** May be shown to clients. */
  readonly message: string;
  /** For the log only. */
  readonly detail?: string;
}
