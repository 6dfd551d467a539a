import { errorCatalogue, WeirError, type ErrorCode } from '../model/errors.ts';
import type { ClientError, ExecutionResult } from '../model/execution.ts';
import type { GraphQLAnswer } from '../model/graphql-request.ts';
import { responseText, type GraphQLResponse } from '../model/graphql-response.ts';
import type { Denial } from '../model/operation.ts';
import { refusal, type Refusal } from '../model/refusal.ts';
import { shownError, type SubgraphErrorSettings } from './subgraph-errors.ts';

export type { SubgraphErrorSettings };

export interface RespondSettings {
  readonly includeSubgraphErrors: SubgraphErrorSettings;
  /** Where clients are told of fields they may not see. */
  readonly unauthorized: 'errors' | 'extensions' | 'disabled';
}

export interface Outcome {
  readonly result: ExecutionResult;
  readonly denials: readonly Denial[];
  readonly requestId: string;
  /** Headers that subgraph answers pass on by rule; names in lower case. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Responder {
  /** For an operation that ran, with or without errors. */
  readonly executed: (outcome: Outcome) => GraphQLResponse;
  /** For a request that was refused before anything ran. */
  readonly refused: (refused: Refusal, requestId: string) => GraphQLResponse;
  /** For an exception: a `WeirError` speaks for itself, anything else is an internal error without details. */
  readonly failed: (error: unknown, requestId: string) => GraphQLResponse;
  /** The finished answer. */
  readonly answer: (response: GraphQLResponse) => GraphQLAnswer;
}

const mostErrors = 100;
/** Errors of one answer together; more would be a way to make a small request cost a large answer. */
const mostErrorText = 48 * 1024;
const neverStored: GraphQLResponse['headers'] = Object.freeze({ 'cache-control': 'no-store' });

/** What a 401 must come with (RFC 9110 11.6.1, RFC 6750 3). */
const challenges: Readonly<Partial<Record<ErrorCode, GraphQLResponse['headers']>>> = {
  UNAUTHENTICATED: { ...neverStored, 'www-authenticate': 'Bearer' },
  MISSING_JWT: { ...neverStored, 'www-authenticate': 'Bearer' },
  INVALID_JWT: { ...neverStored, 'www-authenticate': 'Bearer error="invalid_token"' },
  INVALID_API_KEY: { ...neverStored, 'www-authenticate': 'ApiKey' },
};

const refusedByGraphQL: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
]);

/** Turns what happened into the answer clients see: errors masked and bounded, denials told, nothing cached. */
export function respond(settings: RespondSettings): Responder {
  const refused = ({ code, errors }: Refusal, requestId: string): GraphQLResponse => ({
    status: errorCatalogue[code].status,
    refusedByGraphQL: refusedByGraphQL.has(code),
    headers: challenges[code] ?? neverStored,
    errors: bounded(errors),
    data: undefined,
    extensions: { trace_id: requestId },
  });
  const bodyOf = longBodiesOnce();
  return {
    executed: (outcome) => executed(outcome, settings),
    refused,
    failed: (error, requestId) => {
      if (!(error instanceof WeirError)) return refused(internal, requestId);
      return refused(refusal(error.code, error.message, error.extensions), requestId);
    },
    answer: (response) => ({
      status: response.status,
      refusedByGraphQL: response.refusedByGraphQL,
      headers: response.headers,
      ...(response.untagged === true ? { untagged: true } : undefined),
      body: bodyOf(response),
    }),
  };
}

/** From here on a body is kept as bytes; below, text and HTTP head go out as one string. */
const longBody = 8 * 1024;

/** One response may be the answer of many requests: a long body is made once, and kept for as long as its response. */
function longBodiesOnce(): (response: GraphQLResponse) => string | Buffer {
  const made = new WeakMap<GraphQLResponse, Buffer>();
  return (response) => {
    const known = made.get(response);
    if (known !== undefined) return known;
    const text = responseText(response);
    if (text.length < longBody) return text;
    const body = bytesOf(text);
    made.set(response, body);
    return body;
  };
}

const encoder = new TextEncoder();

/** `Buffer.from` walks through a text twice, and most answers are ASCII: as many bytes as characters. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  const { read, written } = encoder.encodeInto(text, bytes);
  return read === text.length ? bytes.subarray(0, written) : Buffer.from(text);
}

const internal = refusal('INTERNAL_SERVER_ERROR', 'Internal server error');

function executed(
  { result, denials, requestId, headers }: Outcome,
  settings: RespondSettings,
): GraphQLResponse {
  const shown = bounded(result.errors).map((error) => shownError(error, settings.includeSubgraphErrors));
  const denied = settings.unauthorized === 'disabled' ? [] : bounded(deniedErrors(denials));
  const errors = bounded(settings.unauthorized === 'errors' ? [...shown, ...denied] : shown);
  return {
    status: 200,
    refusedByGraphQL: false,
    headers: headers === undefined ? neverStored : { ...headers, ...neverStored },
    errors,
    data: result.data,
    extensions: extensionsOf({
      ...(result.valueCompletion.length > 0 ? { valueCompletion: bounded(result.valueCompletion) } : {}),
      ...(settings.unauthorized === 'extensions' && denied.length > 0 ? { authorizationErrors: denied } : {}),
      ...(errors.length > 0 ? { trace_id: requestId } : {}),
    }),
  };
}

function extensionsOf(extensions: Readonly<Record<string, unknown>>): GraphQLResponse['extensions'] {
  return Object.keys(extensions).length === 0 ? undefined : extensions;
}

/** One error a path: two types may have a field there that the caller may not see. */
function deniedErrors(denials: readonly Denial[]): readonly ClientError[] {
  if (denials.length < 2) return denials.map(deniedError);
  return [...new Map(denials.map((denial) => [denial.path.join('.'), denial])).values()].map(deniedError);
}

function deniedError({ path, undecided }: Denial): ClientError {
  if (undecided === true)
    return {
      message: 'Whether you may see this cannot be decided now',
      path,
      extensions: { code: 'POLICY_UNAVAILABLE' },
    };
  return { message: 'Unauthorized field or type', path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } };
}

/** The first errors, within bounds on their number and on their text; one more says how many are left out. */
function bounded(errors: readonly ClientError[]): readonly ClientError[] {
  let text = 0;
  const kept: ClientError[] = [];
  for (const error of errors) {
    text += error.message.length + (error.path?.join('').length ?? 0) + 100;
    if (kept.length >= mostErrors || text > mostErrorText) break;
    kept.push(error);
  }
  const left = errors.length - kept.length;
  if (left === 0) return errors;
  const code = errors[kept.length]?.extensions.code ?? 'INTERNAL_SERVER_ERROR';
  return [...kept, { message: `${String(left)} more errors are not shown.`, extensions: { code } }];
}
