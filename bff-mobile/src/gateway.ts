import { GraphQLError } from 'graphql';
import { Pool } from 'undici';
import { withDeadline } from './deadline.ts';
import type { Operation } from './generated/operations.ts';

/** One entry of the gateway's `errors`. */
export interface GatewayError {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What the gateway said; `data` is null when it said nothing usable, and then there is an error. */
export interface GatewayAnswer<Data> {
  readonly data: Data | null;
  readonly errors: readonly GatewayError[];
}

/** What travels from the client's request to the gateway. */
export interface Asker {
  readonly authorization: string | undefined;
  readonly requestId: string;
  readonly signal: AbortSignal;
}

export interface Gateway {
  /** Runs one of our operations. Never throws: an unreachable gateway is an answer without data. */
  ask<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    asker: Asker,
  ): Promise<GatewayAnswer<Data>>;
  close(): Promise<void>;
}

/** Bytes of a gateway answer beyond which it is not read on. */
const largestAnswer = 5 * 1024 * 1024;

/** @param timeout milliseconds for one operation, body included */
export function createGateway(url: URL, timeout: number, client: string): Gateway {
  const pool = new Pool(url.origin, {
    connections: 64,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    maxResponseSize: largestAnswer,
  });

  return {
    async ask<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables, asker: Asker) {
      try {
        const answer = await withDeadline(asker.signal, timeout, async (signal) => {
          const { body } = await pool.request({
            method: 'POST',
            path: url.pathname,
            headers: {
              'content-type': 'application/json',
              accept: 'application/graphql-response+json, application/json',
              'apollographql-client-name': client,
              'x-request-id': asker.requestId,
              ...(asker.authorization === undefined ? {} : { authorization: asker.authorization }),
            },
            body: JSON.stringify({ query: operation.text, operationName: operation.name, variables }),
            signal,
          });
          return body.json();
        });
        return readAnswer<Data>(answer);
      } catch {
        return unavailable;
      }
    },
    close: () => pool.close(),
  };
}

const unavailable: GatewayAnswer<never> = {
  data: null,
  errors: [
    {
      message: 'The shop cannot be reached right now. Try again shortly.',
      path: [],
      code: 'SERVICE_UNAVAILABLE',
      extensions: {},
    },
  ],
};

function readAnswer<Data>(body: unknown): GatewayAnswer<Data> {
  if (!isRecord(body)) return unavailable;
  const errors = Array.isArray(body['errors']) ? body['errors'].filter(isRecord).map(readError) : [];
  const { data } = body;
  // The gateway answers our own generated operations by their schema, so the shape is the generated type's.
  if (isRecord(data)) return { data: data as Data, errors };
  return errors.length > 0 ? { data: null, errors } : unavailable;
}

function readError(entry: Readonly<Record<string, unknown>>): GatewayError {
  const extensions = isRecord(entry['extensions']) ? entry['extensions'] : {};
  const path = Array.isArray(entry['path']) ? entry['path'] : [];
  return {
    message: typeof entry['message'] === 'string' ? entry['message'] : 'Something went wrong.',
    path: path.filter((key): key is string | number => typeof key === 'string' || typeof key === 'number'),
    code: typeof extensions['code'] === 'string' ? extensions['code'] : 'INTERNAL_SERVER_ERROR',
    extensions,
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const identityCodes: ReadonlySet<string> = new Set([
  'UNAUTHENTICATED',
  'UNAUTHORIZED_FIELD_OR_TYPE',
  'INVALID_JWT',
  'MISSING_JWT',
  'FORBIDDEN',
]);

/** Whether nothing is broken: the answer is empty because of who asks. */
export const onlyIdentity = (errors: readonly GatewayError[]): boolean =>
  errors.every(({ code }) => identityCodes.has(code));

/** The gateway's error as our own client's: code, and which argument is to blame, are kept. */
export function clientError({ message, code, extensions }: GatewayError): GraphQLError {
  const { argument } = extensions;
  return new GraphQLError(message, {
    extensions: { code, ...(typeof argument === 'string' ? { argument } : {}) },
  });
}
