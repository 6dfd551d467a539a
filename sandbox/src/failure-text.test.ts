import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange } from './exchange.ts';
import { failureText, schemaFailureText } from './failure-text.ts';

const answered = (status: number, body: unknown, retryAfter?: number): Exchange => ({
  kind: 'answered',
  status,
  body,
  retryAfter,
  milliseconds: 1,
  bytes: 1,
});
const failed = (message: string, code?: string): object => ({ errors: [{ message, extensions: { code } }] });

const cases = [
  ['a plain answer is no failure', answered(200, { data: {} }), undefined],
  ['errors of single fields are no failure of the whole', answered(200, failed('Out of stock.')), undefined],
  [
    'a missing sign-in names the menu',
    answered(401, failed('No token.', 'MISSING_JWT')),
    /choose somebody in the “as” menu/,
  ],
  ['a bare 401 names the menu', answered(401, {}), /choose somebody in the “as” menu/],
  [
    'a token that is refused asks to sign in again',
    answered(401, failed('Expired.', 'INVALID_JWT')),
    /sign in again/,
  ],
  [
    'a refusal keeps the reason',
    answered(403, failed('Only support may do this.')),
    /^Not allowed: Only support may do this\.$/,
  ],
  ['a rate limit says how long to wait', answered(429, {}, 7), /Try again in 7 s/],
  ['a rate limit without a time still says what to do', answered(429, {}), /Try again shortly/],
  ['another status keeps the message', answered(400, failed('Syntax error.')), /^Syntax error\.$/],
  ['a status without a message is named', answered(502, {}), /gateway answered with status 502/],
  [
    'a code that is a name of Object.prototype is only a code',
    answered(200, failed('Odd.', 'constructor')),
    undefined,
  ],
  ['a dead server is said to be not reachable', { kind: 'unreachable' }, /gateway is not reachable/],
  ['a slow server is given up', { kind: 'too-slow', seconds: 60 }, /did not answer within 60 s/],
] as const;

for (const [name, exchange, expected] of cases) {
  test(name, () => {
    const text = failureText(exchange, 'gateway');
    if (expected === undefined) assert.equal(text, undefined);
    else assert.match(text ?? '', expected);
  });
}

test('introspection that is off is told apart from other failures', () => {
  const off = answered(400, failed('Introspection is disabled.', 'INTROSPECTION_DISABLED'));
  assert.match(schemaFailureText(off, 'bff-web') ?? '', /^Introspection is off on bff-web/);
  assert.match(
    schemaFailureText(answered(200, failed('Broken.')), 'bff-web') ?? '',
    /^No schema from bff-web: Broken\.$/,
  );
  assert.equal(schemaFailureText(answered(200, { data: { __schema: {} } }), 'bff-web'), undefined);
});
