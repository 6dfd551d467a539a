import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { freePort, startRedis } from '../../test/gateway/redis-server.ts';
import type { FromSpender, Spending, Spent } from './spender.ts';

/** Processes that spend one budget in a Redis of their own: the sum never exceeds it; see bench/README.md. */

const processes = 2;
const refillPerSecond = 20_000;
const capacity = 100_000;
/** Of the budget, what a process grants by itself while Redis is away. */
const localShare = 0.1;
const leastOutageMs = 2_000;

interface Run {
  readonly payments: number;
  /** Redis is killed after a third of the payments, and started again, with what it had written, after two. */
  readonly kills: boolean;
}

interface Result {
  readonly payments: number;
  readonly seconds: number;
  readonly spent: number;
  /** What the budget held and got back in this time. */
  readonly budget: number;
  /** And what processes may have granted by themselves. */
  readonly most: number;
  readonly reports: readonly Spent[];
}

async function spent({ payments, kills }: Run): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-budget-'));
  const written = kills ? ['--appendonly', 'yes', '--dir', folder] : [];
  const port = await freePort();
  let redis = await startRedis(port, ...written);
  const spenders = Array.from({ length: processes }, () => spender());
  try {
    const each = Math.ceil(payments / processes);
    const spending = { url: redis.url, namespace: 'bench', payments: each };
    for (const one of spenders) one.start({ ...spending, capacity, refillPerSecond, localShare });
    await Promise.all(spenders.map((one) => one.connected));
    const began = performance.now();
    for (const one of spenders) one.go();
    if (kills) {
      const done = (): number => spenders.reduce((sum, one) => sum + one.done(), 0);
      while (done() < payments / 3) await sleep(10);
      await redis.stop();
      const down = performance.now();
      while (done() < (payments * 2) / 3 && performance.now() - down < leastOutageMs) await sleep(10);
      redis = await startRedis(port, ...written);
    }
    const reports = await Promise.all(spenders.map((one) => one.report));
    return resultOf(reports, { payments: each * processes, kills }, (performance.now() - began) / 1000);
  } finally {
    for (const one of spenders) one.child.kill();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function resultOf(reports: readonly Spent[], { payments, kills }: Run, seconds: number): Result {
  const budget = capacity + seconds * refillPerSecond;
  return {
    ...{ payments, seconds, reports, budget },
    spent: reports.reduce((sum, one) => sum + one.spent, 0),
    most: kills ? budget * (1 + processes * localShare) : budget,
  };
}

interface Spender {
  readonly child: ChildProcess;
  readonly start: (spending: Spending) => void;
  readonly connected: Promise<void>;
  readonly go: () => void;
  readonly done: () => number;
  readonly report: Promise<Spent>;
}

function spender(): Spender {
  const child = fork(fileURLToPath(new URL('./spender.ts', import.meta.url)));
  let done = 0;
  let connect: () => void = () => undefined;
  const connected = new Promise<void>((resolve) => (connect = resolve));
  const report = new Promise<Spent>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a process ended early: ${String(code)}`)));
    child.on('message', (message: FromSpender) => {
      if (message.kind === 'connected') connect();
      else if (message.kind === 'progress') done = message.done;
      else resolve(message.report);
    });
  });
  return {
    ...{ child, connected, report, done: () => done },
    start: (spending) => child.send(spending),
    go: () => child.send('go'),
  };
}

const sum = (reports: readonly Spent[], key: keyof Spent): number =>
  reports.reduce((total, one) => total + one[key], 0);

function row(name: string, { payments, seconds, spent: total, budget, most, reports }: Result): string {
  const cells = [
    ...[name, payments, (payments / seconds).toFixed(0), sum(reports, 'granted'), sum(reports, 'refused')],
    ...[sum(reports, 'failed'), total, budget.toFixed(0), most.toFixed(0)],
    Math.max(...reports.map(({ longestMs }) => longestMs)).toFixed(0),
  ];
  return `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell)).join(' | ')} |`;
}

function wrong({ spent: total, most, reports }: Result): string | undefined {
  if (sum(reports, 'failed') > 0) return 'payments failed';
  return total > most ? 'more was spent than the budget held' : undefined;
}

async function main(payments: number, killedPayments: number, output: string): Promise<void> {
  const whole = await spent({ payments, kills: false });
  const killed = await spent({ payments: killedPayments, kills: true });
  const text = [
    '# Two processes spend one budget in a Redis',
    '',
    `A bucket of ${capacity.toLocaleString('en-US')} points that gets back ${refillPerSecond.toLocaleString('en-US')} a second; each payment takes 1 to 20 and gives back what it does not need, by 128 callers in each of two processes, some as fast as they can, some in bursts, some now and then. In the second run Redis is killed after a third and started again (append-only file); each process grants ${String(localShare * 100)} % by itself meanwhile.`,
    '',
    '| | payments | a second | granted | refused | failed | points spent | the budget held | allowed at most | longest payment ms |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    row('Redis stays', whole),
    row('Redis is killed', killed),
    '',
    `Node ${process.version}, ${String(availableParallelism())} processors for Redis and both processes, ${new Date().toISOString().slice(0, 10)}.`,
    '',
  ].join('\n');
  process.stdout.write(`${text}\n`);
  if (output !== 'none') {
    mkdirSync(output, { recursive: true });
    writeFileSync(join(output, 'shared-budget.json'), `${JSON.stringify({ whole, killed }, undefined, 1)}\n`);
    writeFileSync(join(output, 'shared-budget.md'), text);
  }
  const problem = wrong(whole) ?? wrong(killed);
  if (problem !== undefined) throw new Error(problem);
}

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '1000000' },
    killed: { type: 'string', default: '300000' },
    output: { type: 'string', default: fileURLToPath(new URL('../results/', import.meta.url)) },
  },
});
await main(Number(values.payments), Number(values.killed), values.output);
