import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'graphql';
import type { Operation, OperationHash } from '../model/operation.ts';
import { nextLimit } from './flight-limit.ts';
import { overload, type OverloadReport, type OverloadSettings } from './overload.ts';

const settings: OverloadSettings = {
  ...{ enabled: true, knowsTrusted: true, most: 1_000, maxDelayMs: 100 },
  readiness: { allowed: 0, samplingMs: 10, unreadyMs: 100 },
};
/** Every look finds the event loop late. */
const alwaysLate = { ...settings, maxDelayMs: -1 };

function operation(text: string): Operation {
  return {
    ...{ hash: text as OperationHash, text, name: undefined, kind: 'query' },
    document: parse(text),
  };
}

function gauge(t: TestContext, given: OverloadSettings) {
  const told: (OverloadReport & { readonly what: string })[] = [];
  const made = overload(given, {
    onRefusing: (report) => told.push({ what: 'refusing', ...report }),
    onRecovered: (report) => told.push({ what: 'recovered', ...report }),
  });
  t.after(() => made.stop());
  return { made, told };
}

async function until(isSo: () => boolean): Promise<void> {
  const late = AbortSignal.timeout(20_000);
  while (!isSo()) await sleep(5, undefined, { signal: late });
}

const limits = { most: 1_000, fewest: 64, maxDelayMs: 100, growth: 0.02 };

test('one late moment changes nothing; when they go on, fewer are let in, but never too few', () => {
  let now = { limit: 1_000, late: 0 };
  for (const expected of [1_000, 340, 289]) {
    now = nextLimit(now, { delayMs: 150, peak: 400 }, limits);
    assert.equal(now.limit, expected);
  }
  for (let look = 0; look < 100; look += 1) now = nextLimit(now, { delayMs: 150, peak: 400 }, limits);
  assert.equal(now.limit, 64);
  const few = { ...limits, most: 5 };
  assert.equal(nextLimit({ limit: 5, late: 9 }, { delayMs: 150, peak: 5 }, few).limit, 5);
});

test('a loop that is very late is acted upon at once, and more strongly', () => {
  const look = { delayMs: 400, peak: 400 };
  assert.deepEqual(nextLimit({ limit: 1_000, late: 0 }, look, limits), { limit: 200, late: 1 });
});

test('in time again, more are let in while the limit is felt, within a few seconds up to the most', () => {
  let now = { limit: 100, late: 5 };
  now = nextLimit(now, { delayMs: 0, peak: 100 }, limits);
  assert.deepEqual(now, { limit: 102, late: 0 });
  assert.equal(nextLimit(now, { delayMs: 0, peak: 10 }, limits).limit, 102);
  for (let look = 0; look < 130; look += 1) now = nextLimit(now, { delayMs: 0, peak: 1_000 }, limits);
  assert.equal(now.limit, 1_000);
});

test('a server that takes ever longer turns is kept within what it can answer in time', () => {
  // Each turn takes in what came meanwhile, and what is in flight is worked on in that turn: 4 ms each.
  const [arrivals, each] = [900, 4];
  let now = { limit: 1_000, late: 0 };
  let inFlight = 0;
  const turns: number[] = [];
  for (let ms = 0; ms < 10_000;) {
    const turnMs = Math.max(50, inFlight * each);
    ms += turnMs;
    turns.push(turnMs);
    now = nextLimit(now, { delayMs: turnMs - 50, peak: inFlight }, limits);
    inFlight = Math.min(now.limit, Math.round((arrivals * turnMs) / 1_000));
  }
  assert.ok(Math.max(...turns) < 1_000, 'it never runs away');
  assert.ok(turns.slice(-20).every((turn) => turn < 400));
});

test('no more than the most are in flight, and who leaves makes room', (t) => {
  const { made } = gauge(t, { ...settings, most: 2 });
  assert.deepEqual([made.enter(), made.enter(), made.enter()], [true, true, false]);
  made.leave();
  assert.equal(made.enter(), true);
});

test('under pressure what was never read goes first, then what asks for much; trusted documents go last', async (t) => {
  const { made } = gauge(t, alwaysLate);
  const [light, heavy] = [
    operation('{ a }'),
    operation('{ a b c d { e f } ...F } fragment F on Query { g h }'),
  ];
  assert.equal(made.isPressed(), false);
  await until(() => made.report().limit === 72);
  const fill = (upTo: number): void => {
    while (made.report().inFlight < upTo) assert.ok(made.enter());
  };
  const refused = () =>
    [undefined, { operation: heavy }, { operation: light }, { operation: heavy, document: 'x' }].map((one) =>
      made.refuses(one),
    );
  fill(50);
  assert.deepEqual([made.isPressed(), ...refused()], [false, false, false, false, false]);
  fill(51);
  // The first operation seen is of mean weight.
  assert.equal(made.refuses({ operation: light }), false);
  assert.deepEqual(refused(), [true, false, false, false]);
  fill(58);
  assert.deepEqual(refused(), [true, true, false, false]);
  fill(65);
  assert.deepEqual(refused(), [true, true, true, false]);
  fill(72);
  assert.equal(made.enter(), false);
  const { refused: before } = made.report();
  assert.equal(made.turnsAway(), true);
  assert.equal(made.report().refused, before + 1);
  made.leave();
  assert.equal(made.turnsAway(), false);
});

test('where no document is trusted nobody is read only to be refused', async (t) => {
  const { made } = gauge(t, { ...alwaysLate, knowsTrusted: false });
  while (made.report().inFlight < 66) assert.ok(made.enter());
  await until(() => made.report().limit === 72);
  assert.equal(made.turnsAway(), true);
  for (let left = 66; left > 64; left -= 1) made.leave();
  assert.equal(made.turnsAway(), false);
  made.leave();
  const calm = gauge(t, { ...settings, most: 2, knowsTrusted: false }).made;
  assert.deepEqual([calm.enter(), calm.enter(), calm.enter()], [true, true, false]);
});

test('what arrives in one turn counts before it has entered', async (t) => {
  const { made } = gauge(t, { ...settings, most: 3 });
  assert.ok(made.enter());
  const arriving = [1, 2, 3, 4].map(() => made.turnsAway());
  assert.deepEqual(arriving, [false, false, true, true]);
  assert.deepEqual([made.enter(), made.enter(), made.enter()], [true, true, false]);
  made.leave();
  made.leave();
  await sleep(1);
  assert.equal(made.turnsAway(), false, 'who has not entered in its turn holds no place');
  await sleep(1);
  assert.deepEqual([made.enter(), made.enter(), made.enter()], [true, true, false]);
});

test('while too many are refused the gateway is not ready, and then it is again; both are told', async (t) => {
  const { made, told } = gauge(t, { ...settings, most: 1 });
  assert.ok(made.enter());
  assert.equal(made.isReady(), true);
  assert.equal(made.enter(), false);
  await until(() => !made.isReady());
  await until(() => made.isReady());
  assert.deepEqual(
    told.map(({ what, refused }) => [what, refused]),
    [['refusing', 1]],
  );
});

test('switched off, only the most counts', async (t) => {
  const { made } = gauge(t, { ...alwaysLate, enabled: false });
  const other = gauge(t, alwaysLate).made;
  await until(() => other.report().limit === 72);
  assert.equal(made.report().limit, 1_000);
});
