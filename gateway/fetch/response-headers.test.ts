import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HeaderMerge, ResponseHeaderRule } from './header-rules.ts';
import { responseHeaders } from './response-headers.ts';

type Answers = readonly (readonly [string, Readonly<Record<string, string | readonly string[]>>])[];

function passed(rules: readonly ResponseHeaderRule[], answers: Answers): unknown {
  const headers = responseHeaders({ all: { request: [], response: rules }, subgraphs: {} });
  const gatherer = headers.gatherer();
  for (const [subgraph, given] of answers) gatherer.add(subgraph, given);
  return gatherer.result();
}

const named = (name: string, merge: HeaderMerge = 'first'): ResponseHeaderRule => ({
  kind: 'propagate',
  from: { named: name },
  merge,
});
const everything: ResponseHeaderRule = { kind: 'propagate', from: { matching: '.*' }, merge: 'first' };

test('without rules nothing is passed on, and nothing has to be gathered', () => {
  assert.equal(responseHeaders({ all: { request: [], response: [] }, subgraphs: {} }).enabled, false);
  assert.deepEqual(passed([], [['a', { 'x-served-by': 'a' }]]), {});
});

for (const [merge, expected] of [
  ['first', 'a'],
  ['last', 'c'],
  ['append', 'a, b1, b2, c'],
] as const) {
  test(`several answers are merged: ${merge}`, () => {
    const answers: Answers = [
      ['a', { 'x-served-by': 'a' }],
      ['b', { 'x-served-by': ['b1', 'b2'] }],
      ['c', { 'x-served-by': 'c', 'x-other': '1' }],
    ];
    const result = passed([named('X-Served-By', merge)], answers);
    assert.deepEqual(result, { 'x-served-by': expected });
  });
}

test('a subgraph of its own rules has the common ones too', () => {
  const headers = responseHeaders({
    all: { request: [], response: [named('x-all')] },
    subgraphs: { b: { request: [], response: [{ ...named('x-own'), rename: 'X-Renamed' }] } },
  });
  const gatherer = headers.gatherer();
  gatherer.add('a', { 'x-all': '1', 'x-own': 'no' });
  gatherer.add('b', { 'x-own': '2' });
  assert.deepEqual(gatherer.result(), { 'x-all': '1', 'x-renamed': '2' });
});

describe('a pattern does not pass', () => {
  for (const name of [
    'set-cookie',
    'access-control-allow-origin',
    'location',
    'www-authenticate',
    'cache-control',
  ]) {
    test(name, () => {
      assert.deepEqual(passed([everything], [['a', { [name]: 'v', 'x-fine': '1' }]]), { 'x-fine': '1' });
    });
  }
});

test('cookies pass when they are named, each as a header of its own', () => {
  const answers: Answers = [
    ['a', { 'set-cookie': ['a=1', 'b=2'] }],
    ['b', { 'set-cookie': 'c=3' }],
  ];
  assert.deepEqual(passed([named('set-cookie', 'append')], answers), { 'set-cookie': ['a=1', 'b=2', 'c=3'] });
});

test('framing never passes, and no value can start another header', () => {
  const given = {
    'content-length': '1',
    'transfer-encoding': 'chunked',
    connection: 'close',
    'x-bad': 'a\r\nset-cookie: b',
  };
  const rules = Object.keys(given).map((name) => named(name));
  assert.deepEqual(
    passed(
      [...rules, { ...named('x-fine'), rename: 'content-length' }],
      [['a', { ...given, 'x-fine': '1' }]],
    ),
    {},
  );
});

test('appended values are bounded', () => {
  const answers: Answers = Array.from({ length: 1_000 }, () => ['a', { 'x-a': 'v' }] as const);
  assert.equal(
    (passed([named('x-a', 'append')], answers) as Record<string, string>)['x-a']?.split(', ').length,
    64,
  );
});
