import type { Fetcher, FetcherParams } from '@graphiql/toolkit';
import { exchange, type Exchange, type GraphQLRequest } from './exchange.ts';
import { failureText, schemaFailureText } from './failure-text.ts';
import { isObject } from './json.ts';
import { operationRequest } from './operation-request.ts';

/** An operation that was run from the editor. */
export interface Run {
  readonly request: GraphQLRequest;
  /** Headers of the headers editor, without those of the session. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` while the answer is awaited. */
  readonly exchange: Exchange | undefined;
}

export interface FetcherSettings {
  readonly name: string;
  readonly url: string;
  /** Read for every request, so that signing in does not make a new fetcher (and a new introspection). */
  readonly sessionHeaders: () => Readonly<Record<string, string>>;
  readonly onRun: (run: Run) => void;
  readonly onSchema: (exchange: Exchange) => void;
}

interface Observer {
  readonly next: (value: object) => void;
  readonly complete: () => void;
}

/** How GraphiQL reaches one endpoint. A run gives an observable, because GraphiQL can stop those. */
export function endpointFetcher(settings: FetcherSettings): Fetcher {
  const fetcher = (params: FetcherParams, options?: { headers?: object; documentAST?: unknown }): unknown => {
    const request = operationRequest(params.query, params.variables, params.operationName);
    const headers = textHeaders(options?.headers);
    // GraphiQL passes a document with what a person runs, and none with its own introspection.
    if (options === undefined || !('documentAST' in options)) return introspect(settings, request, headers);
    return {
      subscribe: (observer: Observer) => run(settings, { request, headers, exchange: undefined }, observer),
    };
  };
  // GraphiQL's own type asks for the overloads of an rxjs observable, of which it uses only this one.
  return fetcher as Fetcher;
}

async function introspect(
  settings: FetcherSettings,
  request: GraphQLRequest,
  headers: Readonly<Record<string, string>>,
): Promise<object> {
  const answer = await exchange({
    url: settings.url,
    request,
    headers: { ...settings.sessionHeaders(), ...headers },
  });
  settings.onSchema(answer);
  if (answer.kind === 'answered' && isObject(answer.body)) return answer.body;
  throw new Error(schemaFailureText(answer, settings.name) ?? `No schema from ${settings.name}.`);
}

function run(settings: FetcherSettings, started: Run, observer: Observer): { unsubscribe: () => void } {
  const stop = new AbortController();
  const { request, headers } = started;
  settings.onRun(started);
  const finish = (answer: Exchange): void => {
    settings.onRun({ ...started, exchange: answer });
    if (answer.kind === 'stopped') return;
    observer.next(shownResult(answer, settings.name));
    observer.complete();
  };
  const merged = { ...settings.sessionHeaders(), ...headers };
  // exchange() does not reject: every way a request can end is a value.
  void exchange({ url: settings.url, request, headers: merged, signal: stop.signal }).then(finish);
  return { unsubscribe: () => stop.abort() };
}

function shownResult(answer: Exchange, name: string): object {
  if (answer.kind === 'answered' && isObject(answer.body)) return answer.body;
  return { errors: [{ message: failureText(answer, name) ?? 'The answer is not a GraphQL response.' }] };
}

function textHeaders(headers: unknown): Readonly<Record<string, string>> {
  if (!isObject(headers)) return {};
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number'
      ? [[name.toLowerCase(), String(value)] as const]
      : [],
  );
  return Object.fromEntries(pairs);
}
