import { connect, type Socket } from 'node:net';
import { cpuMs } from '../engine/process-cost.ts';
import { quantile } from '../engine/measure.ts';
import { HttpReader } from '../engine/http-reader.ts';
import type { RunningGateway } from './gateway-process.ts';

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

/** One connection that is asked one thing after the other. */
export class Client {
  readonly #socket: Socket;
  #answered: ((answer: Answer) => void) | undefined;
  #failed: ((reason: Error) => void) | undefined;
  #sentAt = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const reader = new HttpReader((head, body) => {
      const answered = this.#answered;
      this.#answered = undefined;
      answered?.({ status: Number(head.slice(9, 12)), body, ms: performance.now() - this.#sentAt });
    });
    socket.setNoDelay(true);
    socket.on('data', (chunk) => reader.read(chunk));
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#failed?.(new Error('the gateway closed a connection')));
  }

  static open(port: number): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Client(socket)));
      socket.once('error', reject);
    });
  }

  ask(query: string): Promise<Answer> {
    const body = JSON.stringify({ query });
    return new Promise((resolve, reject) => {
      this.#answered = resolve;
      this.#failed = reject;
      this.#sentAt = performance.now();
      this.#socket.write(
        `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json\r\n` +
          `content-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
        'latin1',
      );
    });
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }
}

export interface Stretch {
  readonly connections: number;
  /** Until so many answers have come. */
  readonly requests?: number;
  /** Until so many milliseconds have passed. */
  readonly ms?: number;
  /** The number counts requests over all connections. */
  readonly query: (number: number) => string;
  /** Says what is wrong with an answer. */
  readonly complaint?: (answer: Answer) => string | undefined;
  /** Pause of each connection between an answer and the next request, in ms. */
  readonly pauseMs?: number;
}

export interface Report {
  readonly requests: number;
  readonly cpuMsPerRequest: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly bytes: number;
}

/** Asks on several connections at once, and what it cost the gateway. Throws when an answer is not as it should be. */
export async function load(gateway: RunningGateway, stretch: Stretch): Promise<Report> {
  const { connections, requests = Infinity, ms = Infinity, query, complaint = notAnswered } = stretch;
  const clients = await Promise.all(Array.from({ length: connections }, () => Client.open(gateway.port)));
  const latencies: number[] = [];
  let asked = 0;
  let bytes = 0;
  const cpuBefore = cpuMs(gateway.pid);
  const until = performance.now() + ms;
  const run = async (client: Client): Promise<void> => {
    while (asked < requests && performance.now() < until) {
      asked += 1;
      const answer = await client.ask(query(asked - 1));
      latencies.push(answer.ms);
      bytes += answer.body.length;
      const wrong = complaint(answer);
      if (wrong !== undefined) throw new Error(wrong);
      if (stretch.pauseMs !== undefined) await new Promise((resolve) => setTimeout(resolve, stretch.pauseMs));
    }
  };
  try {
    await Promise.all(clients.map(run));
  } finally {
    for (const client of clients) client.close();
  }
  const sorted = Float64Array.from(latencies).sort();
  return {
    requests: latencies.length,
    cpuMsPerRequest: (cpuMs(gateway.pid) - cpuBefore) / latencies.length,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    maxMs: quantile(sorted, 1),
    bytes: bytes / latencies.length,
  };
}

/** Anything but data without errors. */
export function notAnswered({ status, body }: Answer): string | undefined {
  const isGood = status === 200 && body.startsWith('{"data":{') && !body.includes('"errors":[');
  return isGood ? undefined : `answered ${String(status)}: ${body.slice(0, 500)}`;
}

/** Asked once, on a connection of its own. */
export async function askOnce(gateway: RunningGateway, query: string): Promise<Answer> {
  const client = await Client.open(gateway.port);
  try {
    return await client.ask(query);
  } finally {
    client.close();
  }
}
