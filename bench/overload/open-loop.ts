import { Agent, request } from 'undici';

/** What became of the requests of one stretch. */
export interface Outcome {
  /** Answered with 200 in time, each second. */
  readonly goodput: number;
  /** Sent, each second; less than wanted when the load itself cannot keep up. */
  readonly offered: number;
  readonly statuses: Readonly<Record<string, number>>;
  /** Of answers with 200, milliseconds. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of refusals, milliseconds. */
  readonly refusalP99Ms: number;
}

export interface OpenLoop {
  readonly url: string;
  readonly body: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** An answer that comes later is worth nothing. */
  readonly deadlineMs: number;
}

const tickMs = 5;

/** Sends at a fixed rate, however slow the answers are, as people do who do not know of one another. */
export async function openLoop(load: OpenLoop): Promise<Outcome> {
  const agent = new Agent({ connections: 2_000, pipelining: 1, connect: { timeout: load.deadlineMs } });
  const seen: Seen = { statuses: {}, good: [], refused: [] };
  const waiting: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; ;) {
    const now = performance.now() - began;
    if (now >= load.seconds * 1_000) break;
    for (; sent < (now / 1_000) * load.perSecond; sent += 1) waiting.push(one(load, agent, seen, sent));
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  const seconds = (performance.now() - began) / 1_000;
  await Promise.all(waiting);
  await agent.destroy();
  return {
    goodput: seen.good.length / seconds,
    offered: waiting.length / seconds,
    statuses: seen.statuses,
    p50Ms: quantile(seen.good, 0.5),
    p99Ms: quantile(seen.good, 0.99),
    refusalP99Ms: quantile(seen.refused, 0.99),
  };
}

interface Seen {
  readonly statuses: Record<string, number>;
  readonly good: number[];
  readonly refused: number[];
}

async function one(load: OpenLoop, agent: Agent, seen: Seen, number: number): Promise<void> {
  const began = performance.now();
  const status = await statusOf(load, agent, number);
  const took = performance.now() - began;
  const inTime = took <= load.deadlineMs;
  const name = status === 200 && !inTime ? '200 too late' : String(status);
  seen.statuses[name] = (seen.statuses[name] ?? 0) + 1;
  if (status === 200 && inTime) seen.good.push(took);
  if (status === 503) seen.refused.push(took);
}

async function statusOf(load: OpenLoop, agent: Agent, number: number): Promise<number | string> {
  try {
    const { statusCode, body } = await request(load.url, {
      method: 'POST',
      dispatcher: agent,
      headersTimeout: 4 * load.deadlineMs,
      bodyTimeout: 4 * load.deadlineMs,
      // Each its own caller: nothing may be shared.
      headers: { 'content-type': 'application/json', authorization: `Bearer caller-${String(number)}` },
      body: load.body,
    });
    await body.dump();
    return statusCode;
  } catch (failure) {
    return failure instanceof Error && 'code' in failure ? String(failure.code) : 'failed';
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
