import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Epoch } from '../model/epoch.ts';
import { anonymous, type Principal } from '../model/principal.ts';
import type { GraphQLResponse } from '../model/graphql-response.ts';
import { sharedExecutions, type ExecutionIdentity } from './share-executions.ts';

const someone = (): Principal => ({
  kind: 'known',
  subject: 'u1',
  issuer: 'https://issuer.example',
  scopes: new Set(),
  roles: new Set(),
  policies: new Set(),
  claims: {},
  expiresAt: 0,
});

const base: ExecutionIdentity = { operation: 'op all', variables: '{}', principal: anonymous, forwarded: '' };
const response = (data: string): GraphQLResponse => ({
  status: 200,
  refusedByGraphQL: false,
  headers: {},
  errors: [],
  data,
  extensions: undefined,
});
const never = new AbortController().signal;

/** Runs that end when told, and are counted. */
function runs() {
  const pending: ((data: string) => void)[] = [];
  return {
    run: () => new Promise<GraphQLResponse>((resolve) => pending.push((data) => resolve(response(data)))),
    count: () => pending.length,
    finish: (index: number, data: string) => pending[index]?.(data),
  };
}

test('equal queries in flight are one execution, and the next one after it is a new one', async () => {
  const { run: execute, count, finish } = runs();
  const executions = sharedExecutions(new Epoch());
  const both = [executions.run(base, never, execute), executions.run(base, never, execute)];
  finish(0, '1');
  assert.deepEqual(
    (await Promise.all(both)).map(({ data }) => data),
    ['1', '1'],
  );
  assert.equal(count(), 1);
  const third = executions.run(base, never, execute);
  finish(1, '2');
  assert.equal((await third).data, '2');
});

for (const [difference, other] of [
  ['operation', { ...base, operation: 'op none' }],
  ['variables', { ...base, variables: '{"a":1}' }],
  ['forwarded headers', { ...base, forwarded: 'authorization: b' }],
  ['identity', { ...base, principal: someone() }],
  ['where one part ends and the next begins', { ...base, operation: 'op all{', variables: '}' }],
] as const) {
  test(`queries that differ in ${difference} are not shared`, () => {
    const { run: execute, count } = runs();
    const executions = sharedExecutions(new Epoch());
    void executions.run(base, never, execute);
    void executions.run(other, never, execute);
    assert.equal(count(), 2);
  });
}

test('two tokens of the same subject are not shared', () => {
  const { run: execute, count } = runs();
  const executions = sharedExecutions(new Epoch());
  void executions.run({ ...base, principal: someone() }, never, execute);
  void executions.run({ ...base, principal: someone() }, never, execute);
  assert.equal(count(), 2);
});

test('when the first caller leaves, the others run one new execution', async () => {
  const { run: execute, count, finish } = runs();
  const executions = sharedExecutions(new Epoch());
  const first = new AbortController();
  const left = executions.run(base, first.signal, execute);
  const others = [executions.run(base, never, execute), executions.run(base, never, execute)];
  first.abort();
  finish(0, 'incomplete');
  await left;
  await Promise.resolve();
  finish(1, 'whole');
  assert.deepEqual(
    (await Promise.all(others)).map(({ data }) => data),
    ['whole', 'whole'],
  );
  assert.equal(count(), 2);
});

test('a failure reaches everyone who waited and is not kept', async () => {
  const executions = sharedExecutions(new Epoch());
  const fail = (): Promise<GraphQLResponse> => Promise.reject(new Error('broken'));
  const both = await Promise.allSettled([
    executions.run(base, never, fail),
    executions.run(base, never, fail),
  ]);
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal((await executions.run(base, never, () => Promise.resolve(response('1')))).data, '1');
});

test('who comes in another epoch gets an execution of their own, and shares it with those of that epoch', async () => {
  const { run: execute, count, finish } = runs();
  const epoch = new Epoch();
  const executions = sharedExecutions(epoch);
  const early = [executions.run(base, never, execute), executions.run(base, never, execute)];
  epoch.moveOn();
  const late = [executions.run(base, never, execute), executions.run(base, never, execute)];
  finish(1, 'new');
  finish(0, 'old');
  assert.deepEqual(
    (await Promise.all([...early, ...late])).map(({ data }) => data),
    ['old', 'old', 'new', 'new'],
  );
  assert.equal(count(), 2);
});
