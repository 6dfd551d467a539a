import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { anonymous } from '../../gateway/model/principal.ts';
import { createRates } from '../../gateway/rates/rates.ts';
import { redisBuckets } from '../../gateway/store/store.ts';

/**
 * By hand: processes that spend one budget in a Redis, a million payments by default, and the sum never exceeds it.
 * node --import tsx bench/admission/shared-budget.ts --redis redis://127.0.0.1:6379
 */

const refillPerSecond = 1_000;

interface Spent {
  readonly spent: number;
  readonly granted: number;
  readonly refused: number;
}

async function main(url: string, payments: number, processes: number): Promise<void> {
  // Less than half of what would be spent.
  const capacity = payments * 2;
  const namespace = `bench-${String(process.pid)}`;
  const began = performance.now();
  const children = Array.from({ length: processes }, () =>
    fork(fileURLToPath(import.meta.url), [
      '--redis',
      url,
      '--spend',
      namespace,
      '--payments',
      String(Math.ceil(payments / processes)),
      '--capacity',
      String(capacity),
    ]),
  );
  const reports = await Promise.all(
    children.map(async (child) => {
      const [message] = (await once(child, 'message')) as [Spent];
      return message;
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const spent = reports.reduce((sum, report) => sum + report.spent, 0);
  const most = capacity + seconds * refillPerSecond;
  process.stdout.write(`${JSON.stringify({ seconds, reports, spent, most })}\n`);
  if (spent > most) throw new Error('more was spent than the budget held');
}

interface Spending {
  readonly url: string;
  readonly namespace: string;
  readonly payments: number;
  readonly capacity: number;
}

/** Several requests at a time, each with an estimate and an actual cost of its own. */
async function spend({ url, namespace, payments, capacity }: Spending): Promise<Spent> {
  const shared = redisBuckets(
    { urls: [url], namespace, timeoutMs: 1_000 },
    { onDown: (reason) => process.stderr.write(`${reason}\n`), onUp: () => undefined },
  );
  const limits = { requests: undefined, cost: { capacity, refillPerSecond }, concurrency: undefined };
  const rates = createRates(
    {
      principal: limits,
      anonymous: limits,
      clients: new Map(),
      byClient: false,
      trustedProxies: [],
      localShare: 0.001,
    },
    shared,
    () => performance.now(),
  );
  const total = { spent: 0, granted: 0, refused: 0 };
  await new Promise((resolve) => setTimeout(resolve, 500));
  const caller = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n += 1) {
      const estimate = 1 + Math.floor(Math.random() * 20);
      const visit = rates.enter({ headers: {}, address: '203.0.113.7' }, anonymous);
      const { throttled } = await visit.pay(estimate);
      const actual = throttled === undefined ? Math.floor(Math.random() * (estimate + 1)) : 0;
      visit.leave(actual);
      total.spent += actual;
      total[throttled === undefined ? 'granted' : 'refused'] += 1;
    }
  };
  await Promise.all(Array.from({ length: 50 }, () => caller(Math.ceil(payments / 50))));
  await new Promise((resolve) => setTimeout(resolve, 200));
  await rates.close();
  return total;
}

const { values } = parseArgs({
  options: {
    redis: { type: 'string', default: 'redis://127.0.0.1:6379' },
    payments: { type: 'string', default: '1000000' },
    processes: { type: 'string', default: '2' },
    capacity: { type: 'string', default: '0' },
    spend: { type: 'string' },
  },
});
const { redis: url, spend: namespace } = values;
const payments = Number(values.payments);
if (namespace === undefined) await main(url, payments, Number(values.processes));
else process.send?.(await spend({ url, namespace, payments, capacity: Number(values.capacity) }));
