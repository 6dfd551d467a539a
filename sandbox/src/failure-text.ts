import { codeOf, errorsOf, messageOf, type Exchange } from './exchange.ts';

type Answered = Extract<Exchange, { kind: 'answered' }>;

/** One sentence a person can act on, or `undefined` when nothing is wrong as a whole (field errors may be there). */
export function failureText(exchange: Exchange, endpoint: string): string | undefined {
  switch (exchange.kind) {
    case 'answered':
      return answeredText(exchange, endpoint);
    case 'unreachable':
      return `${endpoint} is not reachable. Is it running, and does it let this page in (CORS)?`;
    case 'too-slow':
      return `${endpoint} did not answer within ${String(exchange.seconds)} s.`;
    case 'too-large':
      return `The answer is larger than ${String(exchange.megabytes)} MB, too large to show. Ask for fewer fields or pages.`;
    case 'stopped':
      return 'Stopped.';
  }
}

const byCode: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'Not signed in: choose somebody in the “as” menu, or set an Authorization header.',
  MISSING_JWT: 'Not signed in: choose somebody in the “as” menu, or set an Authorization header.',
  INVALID_JWT: 'The token is not accepted (expired, perhaps): sign in again in the “as” menu.',
  INTROSPECTION_DISABLED: 'Introspection is off on this endpoint.',
};

function answeredText({ status, body, retryAfter }: Answered, endpoint: string): string | undefined {
  const code = codeOf(body);
  if (status === 429) return rateLimitText(retryAfter, endpoint);
  const known = code === undefined || !Object.hasOwn(byCode, code) ? undefined : byCode[code];
  if (known !== undefined) return known;
  if (status === 401) return byCode['UNAUTHENTICATED'];
  if (status === 403) return `Not allowed: ${messageOf(body) ?? 'whoever is signed in may not do this.'}`;
  if (status >= 400) return messageOf(body) ?? `${endpoint} answered with status ${String(status)}.`;
  return undefined;
}

function rateLimitText(retryAfter: number | undefined, endpoint: string): string {
  const wait = retryAfter === undefined ? 'shortly' : `in ${String(retryAfter)} s`;
  return `${endpoint} limits the rate of requests. Try again ${wait}.`;
}

/** Why there is no schema, so no docs and no completion. Operations can still be run. */
export function schemaFailureText(exchange: Exchange, endpoint: string): string | undefined {
  if (exchange.kind === 'answered' && exchange.status < 500 && isIntrospectionOff(exchange.body)) {
    return `Introspection is off on ${endpoint}: no docs, no completion. Operations can still be run.`;
  }
  const text = failureText(exchange, endpoint);
  if (text !== undefined) return text;
  const [first] = exchange.kind === 'answered' ? errorsOf(exchange.body) : [];
  return first === undefined
    ? undefined
    : `No schema from ${endpoint}: ${messageOf({ errors: [first] }) ?? 'unknown error'}`;
}

function isIntrospectionOff(body: unknown): boolean {
  return (
    codeOf(body) === 'INTROSPECTION_DISABLED' ||
    errorsOf(body).some((error) => /introspection/i.test(messageOf({ errors: [error] }) ?? ''))
  );
}
