import type { CancelSignal } from './cancellation.ts';

/** A GraphQL request as HTTP brought it: of the right shape, and nothing in it believed yet. */
export interface GraphQLRequest {
  readonly method: 'GET' | 'POST';
  readonly query: string | undefined;
  /** In place of the text: the id of a document that the gateway knows. */
  readonly documentId?: string | undefined;
  /** `undefined` also for the empty name. */
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly extensions: Readonly<Record<string, unknown>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Of the peer that the connection comes from. */
  readonly address?: string | undefined;
  /** Of the answer's `x-request-id` and of the log line. */
  readonly requestId: string;
  /** Aborts when the client leaves, the request's deadline passes or the server stops. */
  readonly signal: CancelSignal;
  /** How many operations came with the same HTTP request, this one included; one where it is not said. */
  readonly batchSize?: number;
}

/** The answer to one GraphQL request, before HTTP decides on encodings. */
export interface GraphQLAnswer {
  /** As for a client that accepts `application/graphql-response+json`. */
  readonly status: number;
  /**
   * GraphQL itself refused a well-formed request (it does not parse, validate or coerce): clients that only know
   * `application/json` are answered with 200, as GraphQL over HTTP recommends.
   */
  readonly refusedByGraphQL: boolean;
  /** Names in lower case, beside those of HTTP itself. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** See `GraphQLResponse`. */
  readonly untagged?: true;
  /** JSON text. */
  readonly body: string | Buffer;
}

/** Everything behind HTTP. Never rejects: every outcome is an answer. */
export type GraphQLAnswerer = (request: GraphQLRequest) => Promise<GraphQLAnswer>;
