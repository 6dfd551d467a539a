import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientName } from '../model/client-name.ts';
import { observe, type LogSettings, type RequestRecord } from './observe.ts';

function logged(record: Partial<RequestRecord>, settings: Partial<LogSettings> = {}): readonly string[] {
  const lines: string[] = [];
  const { requestDone } = observe(
    { format: 'json', level: 'info', ...settings },
    { write: (line) => lines.push(line) },
  );
  requestDone({ requestId: 'r1', status: 200, durationMs: 1.234, ...record });
  return lines;
}

test('a request is one JSON line with what is known of it', () => {
  const [line = '', ...more] = logged({
    operationName: 'Page',
    operationKind: 'query',
    operationHash: 'a'.repeat(64),
    client: { name: 'web', version: '1.2' },
    subject: 'u1',
    subgraphCalls: 3,
    errorCodes: ['A', 'A', 'B'],
  });
  assert.equal(more.length, 0);
  const { time, ...rest } = JSON.parse(line) as Record<string, unknown>;
  assert.match(String(time), /^\d{4}-\d\d-\d\dT/);
  assert.deepEqual(rest, {
    level: 'info',
    request_id: 'r1',
    operation: 'Page',
    kind: 'query',
    hash: 'a'.repeat(16),
    client: 'web',
    client_version: '1.2',
    subject: 'u1',
    status: 200,
    ms: 1.2,
    calls: 3,
    errors: ['A', 'B'],
    msg: 'request',
  });
});

for (const format of ['json', 'pretty'] as const) {
  test(`line breaks, separators, escape sequences and text direction marks stay out of a ${format} line`, () => {
    const hostile = 'a\r\n{"level":"error"}\u2028b\u2029c\u001b[31mred\u202Eevil\u0000';
    const text = logged(
      { operationName: hostile, subject: hostile, errorCodes: [hostile], requestId: hostile },
      { format },
    ).join('');
    assert.equal(text.trimEnd().split(/[\r\n\u2028\u2029]/).length, 1);
    assert.doesNotMatch(text.trimEnd(), /[\u0000-\u001f\u202e]/);
  });
}

test('a line stays under 1.5 kB whatever it is given', () => {
  const long = 'x'.repeat(100_000);
  const [line = ''] = logged({
    operationName: long,
    subject: long,
    requestId: long,
    errorCodes: Array.from({ length: 500 }, (_, n) => `${String(n)}${'y'.repeat(60)}`),
    client: { name: 'w', version: '1' },
  });
  assert.ok(line.length < 1500, String(line.length));
});

test('an internal error is an error line with its causes', () => {
  const [line = ''] = logged({ status: 500, cause: new Error('outer', { cause: new Error('inner') }) });
  assert.match(line, /"level":"error"/);
  assert.match(line, /outer.*inner/);
  const circular = new Error('round');
  circular.cause = circular;
  assert.match(logged({ cause: circular })[0] ?? '', /round/);
});

test('a level above info silences request lines', () => {
  assert.deepEqual(logged({}, { level: 'warn' }), []);
});

test('what says who writes stands in every line', () => {
  const lines: string[] = [];
  const write = (line: string): unknown => lines.push(line);
  const { logger, requestDone } = observe({ format: 'json', level: 'info' }, { write }, { worker: 3 });
  logger.info('up');
  requestDone({ requestId: 'r', status: 200, durationMs: 1 });
  requestDone({ requestId: 'r', status: 500, durationMs: 1, cause: new Error('x') });
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { worker?: unknown }).worker),
    [3, 3, 3],
  );
});

test('secrets that reach the logger by mistake are not written', () => {
  const lines: string[] = [];
  const { logger } = observe({ format: 'json', level: 'info' }, { write: (line) => lines.push(line) });
  logger.info({ authorization: 'S3CRET', request: { cookie: 'S3CRET', headers: { a: 'S3CRET' } } }, 'oops');
  assert.doesNotMatch(lines.join(''), /S3CRET/);
});

for (const [headers, expected] of [
  [
    { 'apollographql-client-name': 'web', 'apollographql-client-version': '1' },
    { name: 'web', version: '1' },
  ],
  [
    { 'graphql-client-name': 'ios app', 'x-graphql-client-version': '2.0+3' },
    { name: 'ios app', version: '2.0+3' },
  ],
  [{ 'apollographql-client-name': 'a\nb' }, { name: undefined, version: undefined }],
  [{ 'apollographql-client-name': 'x'.repeat(65) }, { name: undefined, version: undefined }],
  [{ 'apollographql-client-name': ['a', 'b'] }, { name: undefined, version: undefined }],
] as const) {
  test(`client of ${JSON.stringify(headers).slice(0, 60)}`, () => {
    assert.deepEqual(clientName(headers), expected);
  });
}
