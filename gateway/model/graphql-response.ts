import type { ClientError } from './execution.ts';

/** The answer to one GraphQL request as parts, for who may still change it (plugins) before it becomes text. */
export interface GraphQLResponse {
  /** HTTP status for a client that accepts `application/graphql-response+json`. */
  readonly status: number;
  /** See `GraphQLAnswer`. */
  readonly refusedByGraphQL: boolean;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly errors: readonly ClientError[];
  /** JSON text; `undefined` when nothing was executed. */
  readonly data: string | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  /** Tells of the moment, such as of a budget: what an entity tag vouches for is never the same again. */
  readonly untagged?: true;
  /** What the data weighs, where that was asked for. */
  readonly cost?: number;
}

/** The same answer, which nobody may keep: it tells of the moment, or of what only its caller asked for. */
export function notStored(response: GraphQLResponse): GraphQLResponse {
  const headers = Object.fromEntries(Object.entries(response.headers).filter(([name]) => name !== 'age'));
  return { ...response, headers: { ...headers, 'cache-control': 'no-store' } };
}

/** The body, errors first so that nobody overlooks them (section 7.1 of the GraphQL specification). */
export function responseText({
  errors,
  data,
  extensions,
}: Pick<GraphQLResponse, 'errors' | 'data' | 'extensions'>): string {
  if (errors.length === 0 && extensions === undefined) return `{"data":${data ?? 'null'}}`;
  const parts: string[] = [];
  if (errors.length > 0) parts.push(`"errors":${errorsText(errors)}`);
  if (data !== undefined) parts.push(`"data":${data}`);
  if (extensions !== undefined) parts.push(`"extensions":${JSON.stringify(extensions)}`);
  return `{${parts.join(',')}}`;
}

/** Errors as JSON. */
export function errorsText(errors: readonly ClientError[]): string {
  return JSON.stringify(errors.map(inOrder));
}

/** One order of keys, whoever made the error. */
function inOrder({ message, locations, path, extensions }: ClientError): object {
  return { message, locations, path, extensions };
}
