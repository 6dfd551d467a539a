import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addedReadings } from '../model/added-readings.ts';
import { reading, type Reading } from '../model/metrics.ts';
import { ownNumbers } from './own-numbers.ts';
import { prometheusPage } from './prometheus-page.ts';

const valueOf = (
  readings: readonly Reading[],
  name: string,
  ...labels: string[]
): Reading['value'] | undefined =>
  readings.find((one) => one.name === name && one.labels.join() === labels.join())?.value;

test('a value on a bound belongs to the bucket below it, one above all bounds to the last', () => {
  const numbers = ownNumbers();
  for (const cost of [0, 1, 1.5, 5, 1e9]) numbers.record('weir_cost_actual', cost);
  const value = valueOf(numbers.readings(), 'weir_cost_actual');
  assert.ok(typeof value === 'object');
  assert.deepEqual(value.counts, [2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.equal(value.sum, 7.5 + 1e9);
});

test('a metric has two thousand series at most', () => {
  const numbers = ownNumbers();
  for (let n = 0; n < 5_000; n += 1) numbers.count('weir_client_requests_total', `c${String(n)}`);
  numbers.count('weir_client_requests_total', 'c0');
  assert.equal(numbers.readings().length, 2_000);
  assert.equal(valueOf(numbers.readings(), 'weir_client_requests_total', 'c0'), 2);
});

test('of whoever leaves, what was counted stays, and how it was does not', () => {
  const numbers = ownNumbers();
  const read = (hits: number, entries: number) => () => [
    reading('weir_cache_hits_total', hits, 'plan'),
    reading('weir_cache_entries', entries, 'plan'),
  ];
  const leave = numbers.watch(read(3, 10));
  numbers.watch(read(4, 20));
  assert.equal(valueOf(numbers.readings(), 'weir_cache_entries', 'plan'), 30);
  leave();
  leave();
  assert.equal(valueOf(numbers.readings(), 'weir_cache_hits_total', 'plan'), 7);
  assert.equal(valueOf(numbers.readings(), 'weir_cache_entries', 'plan'), 20);
});

test('numbers of several processes are added, but for what only one of them can say', () => {
  const histogram = (counts: readonly number[], sum: number): Reading => {
    return { name: 'weir_cost_actual', labels: [], value: { counts, sum } };
  };
  const readings = addedReadings([
    ...[reading('weir_redis_up', 1, 'plans'), reading('weir_redis_up', 0, 'plans')],
    ...[reading('nodejs_eventloop_lag_seconds', 0.2), reading('nodejs_eventloop_lag_seconds', 0.1)],
    ...[histogram([1, 2], 3), histogram([0, 5], 9)],
  ]);
  assert.deepEqual(
    readings.map(({ value }) => value),
    [0, 0.2, { counts: [1, 7], sum: 12 }],
  );
});

test('names that need it are escaped, and of too many series the page says how many are missing', () => {
  const text = prometheusPage([reading('weir_subgraph_connections', 1, 'a "b"\n\\c')]);
  assert.match(text, /^weir_subgraph_connections\{subgraph_name="a \\"b\\"\\n\\\\c"\} 1$/m);
  assert.match(text, /^weir_metrics_dropped_series 0$/m);
  const many = Array.from({ length: 20_005 }, (_, n) => {
    return reading('weir_response_cache_bytes', 1, 'a', `T${String(n)}`);
  });
  assert.match(prometheusPage(many), /^weir_metrics_dropped_series 5$/m);
});
