import type { FieldNode } from 'graphql';
import type { Caller, CallContext } from './subgraph-call.ts';

/** One entry of the client's `errors`. */
export interface ClientError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  /** Where in the client's text; lines and columns count from 1. */
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: string };
}

export interface ExecutionRequest {
  /** Coerced values of the operation's variables, defaults filled in. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly call: Caller;
  readonly context: CallContext;
}

/** Weighs the data gathered for one answer. */
export type AnswerWeight = (
  data: Readonly<Record<string, unknown>>,
  variables: Readonly<Record<string, unknown>>,
) => number;

/** Makes what weighs an operation's answers, given under which name the gathered data holds a field. */
export type Weighing = (dataKey: (node: FieldNode) => string) => AnswerWeight;

/** The answer to one operation, its data as finished JSON text in the client's field order. */
export interface ExecutionResult {
  /** JSON text of `data`: an object or `null`. */
  readonly data: string;
  readonly errors: readonly ClientError[];
  /** Where a null had to replace a value that broke the schema (`extensions.valueCompletion`). */
  readonly valueCompletion: readonly ClientError[];
  /** What the answer weighs, where that is asked for. */
  readonly cost?: number;
}

/** A plan and its operation, compiled: what is run once per request. */
export type Runnable = (request: ExecutionRequest) => Promise<ExecutionResult>;
