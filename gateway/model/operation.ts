import type { DocumentNode, FieldNode, GraphQLSchema } from 'graphql';

/** sha256 over operation text and operation name, hex: the key of everything that depends on the text alone. */
export type OperationHash = string & { readonly __brand: 'OperationHash' };

export type OperationKind = 'query' | 'mutation' | 'subscription';

/** A client operation that is parsed, valid against the client schema, and reduced to the one named operation. */
export interface Operation {
  readonly hash: OperationHash;
  /** The text as the client sent it. */
  readonly text: string;
  /** One operation definition and the fragments it uses. */
  readonly document: DocumentNode;
  readonly name: string | undefined;
  readonly kind: OperationKind;
}

/** Why a caller may not see a field; `requirement` is for logs and `weir access`, never for the client. */
export interface Denial {
  /** `Type.field` as the schema writes it. */
  readonly coordinate: string;
  /** Response path without list indices, through the client's aliases. */
  readonly path: readonly string[];
  readonly requirement: string;
  /** Nobody could say whether the caller may: policies were not decided. */
  readonly undecided?: true;
  /** What `@skip` and `@include` around the field ask of the request's variables; the denial counts when all hold. */
  readonly when: readonly SelectionCondition[];
}

/** A boolean variable that decides whether a selection is part of the operation. */
export interface SelectionCondition {
  readonly variable: string;
  readonly is: boolean;
}

/** What is left of an operation for one caller. */
export interface AuthorizedOperation {
  /** The operation without what the caller may not see: what is planned and fetched. `undefined`: nothing is left. */
  readonly allowed: Operation | undefined;
  /** Field nodes of the original operation that are answered with null and an error. */
  readonly denied: ReadonlySet<FieldNode>;
  readonly denials: readonly Denial[];
  /** What introspection shows the caller, where that is not the whole client schema. */
  readonly introspected?: GraphQLSchema;
  /** Equal for all callers to whom exactly the same parts are allowed; part of the plan cache's key. */
  readonly shape: string;
}
