import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { anonymous } from '../../gateway/model/principal.ts';
import { createRates, type Rates } from '../../gateway/rates/rates.ts';
import { redisBuckets } from '../../gateway/store/store.ts';

/** One process that spends from a budget in a Redis; started by shared-budget.ts, which says what it is to do. */

export interface Spending {
  readonly url: string;
  readonly namespace: string;
  readonly payments: number;
  readonly capacity: number;
  readonly refillPerSecond: number;
  readonly localShare: number;
}

export type FromSpender =
  | { readonly kind: 'connected' }
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'spent'; readonly report: Spent };

export interface Spent {
  /** Points that granted payments spent in the end. */
  readonly spent: number;
  readonly granted: number;
  readonly refused: number;
  /** Payments that ended in an error: neither granted nor refused. */
  readonly failed: number;
  readonly longestMs: number;
}

/** Callers at the same time. */
const callers = 128;
const tellEvery = 1_000;

async function spend(spending: Spending): Promise<void> {
  const { url, namespace, payments, capacity, refillPerSecond, localShare } = spending;
  const shared = redisBuckets({ urls: [url], namespace, timeoutMs: 1_000 }, silent);
  const limits = { requests: undefined, cost: { capacity, refillPerSecond }, concurrency: undefined };
  const callerLimits = { principal: limits, anonymous: limits, profiles: new Map(), byClient: false };
  const settings = { ...callerLimits, trustedProxies: [], localShare };
  const rates = createRates(settings, shared, () => performance.now());
  const nothing = { requests: 0, points: 0, forced: true };
  while ((await shared.take('nobody', limits, nothing)) === undefined) await sleep(20);
  tell({ kind: 'connected' });
  await new Promise((resolve) => process.once('message', resolve));
  const total = { spent: 0, granted: 0, refused: 0, failed: 0, longestMs: 0 };
  let left = payments;
  const caller = async (number: number): Promise<void> => {
    for (let n = 1; left > 0; n += 1) {
      left -= 1;
      if (left % tellEvery === 0) tell({ kind: 'progress', done: payments - left });
      await pay(rates, total);
      await pause(number, n);
    }
  };
  await Promise.all(Array.from({ length: callers }, (_, number) => caller(number)));
  // What is given back last is on its way.
  await sleep(500);
  await rates.close();
  tell({ kind: 'spent', report: total });
  process.disconnect();
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Each with an estimate and an actual cost of its own. */
async function pay(rates: Rates, total: Mutable<Spent>): Promise<void> {
  const estimate = 1 + Math.floor(Math.random() * 20);
  const began = performance.now();
  try {
    const visit = rates.enter({ headers: {}, address: '203.0.113.7' }, anonymous);
    const { throttled } = await visit.pay(estimate);
    const actual = throttled === undefined ? Math.floor(Math.random() * (estimate + 1)) : 0;
    visit.leave(actual);
    total.spent += actual;
    total[throttled === undefined ? 'granted' : 'refused'] += 1;
  } catch {
    total.failed += 1;
  }
  total.longestMs = Math.max(total.longestMs, performance.now() - began);
}

/** Rates are mixed: of eight callers five ask as fast as they can, two in bursts, one now and then. */
async function pause(caller: number, asked: number): Promise<void> {
  const kind = caller % 8;
  if (kind === 7) await sleep(5);
  else if (kind >= 5 && asked % 50 === 0) await sleep(20);
  // While Redis is away nothing is waited for, and the connection must get its turn.
  else if (asked % 20 === 0) await nextTurn();
}

const silent = { onDown: () => undefined, onUp: () => undefined };

function tell(message: FromSpender): void {
  process.send?.(message);
}

process.once('message', (spending: Spending) => void spend(spending));
