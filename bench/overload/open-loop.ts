import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { HttpReader } from '../engine/http-reader.ts';

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
  readonly port: number;
  readonly path: string;
  readonly body: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** An answer that comes later is worth nothing. */
  readonly deadlineMs: number;
}

const tickMs = 5;
/** As load balancers and servers hold them: a Node process takes in one new connection in each turn of its loop. */
const openedBefore = 500;
const mostConnections = 2_000;

/**
 * Sends at a fixed rate, however slow the answers are, as people do who do not know of one another. On bare sockets: an
 * HTTP client takes more time for an answer than some gateways.
 */
export async function openLoop(load: OpenLoop): Promise<Outcome> {
  const sender = new Sender(load);
  await sender.open(openedBefore);
  const began = performance.now();
  let sent = 0;
  for (;;) {
    const now = performance.now() - began;
    if (now >= load.seconds * 1_000) break;
    for (; sent < (now / 1_000) * load.perSecond; sent += 1) sender.send(sent);
    sender.giveUp();
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  const seconds = (performance.now() - began) / 1_000;
  while (sender.isWaiting()) {
    sender.giveUp();
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  sender.close();
  const { statuses, good, refused } = sender;
  return {
    ...{ goodput: good.length / seconds, offered: sent / seconds, statuses },
    p50Ms: quantile(good, 0.5),
    p99Ms: quantile(good, 0.99),
    refusalP99Ms: quantile(refused, 0.99),
  };
}

/** One connection; `sentAt` while an answer is due. */
interface Line {
  readonly socket: Socket;
  sentAt: number | undefined;
}

class Sender {
  readonly statuses: Record<string, number> = {};
  readonly good: number[] = [];
  readonly refused: number[] = [];
  readonly #load: OpenLoop;
  readonly #lines = new Set<Line>();
  readonly #idle: Line[] = [];

  constructor(load: OpenLoop) {
    this.#load = load;
  }

  async open(count: number): Promise<void> {
    for (let n = 0; n < count; n += 1) {
      const line = this.#connected();
      if (line === undefined) return;
      await once(line.socket, 'connect');
      this.#idle.push(line);
    }
    // They have been taken in, too.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }

  send(number: number): void {
    const line = this.#idle.pop() ?? this.#connected();
    if (line === undefined) {
      this.#count('no connection left');
      return;
    }
    line.sentAt = performance.now();
    line.socket.write(this.#request(number), 'latin1');
  }

  isWaiting(): boolean {
    for (const { sentAt } of this.#lines) if (sentAt !== undefined) return true;
    return false;
  }

  /** Four times the deadline is as long as anybody waits. */
  giveUp(): void {
    const late = performance.now() - 4 * this.#load.deadlineMs;
    for (const line of this.#lines) {
      if (line.sentAt === undefined || line.sentAt > late) continue;
      this.#end(line, 'no answer');
    }
  }

  close(): void {
    for (const { socket } of this.#lines) socket.destroy();
  }

  #connected(): Line | undefined {
    if (this.#lines.size >= mostConnections) return undefined;
    const socket = connect(this.#load.port, '127.0.0.1');
    const line: Line = { socket, sentAt: undefined };
    const reader = new HttpReader((head, body) => this.#answered(line, head, body));
    socket.setNoDelay(true);
    socket.on('data', (chunk) => reader.read(chunk));
    socket.on('error', (failure: NodeJS.ErrnoException) => this.#end(line, failure.code ?? 'failed'));
    socket.on('close', () => this.#end(line, 'closed'));
    this.#lines.add(line);
    return line;
  }

  #answered(line: Line, head: string, body: string): void {
    // A server ends connections on which nobody has asked for long.
    if (line.sentAt === undefined) {
      this.#drop(line);
      return;
    }
    const took = performance.now() - line.sentAt;
    line.sentAt = undefined;
    const status = head.slice(9, 12);
    const isGood = status === '200' && !body.startsWith('{"errors"');
    const inTime = took <= this.#load.deadlineMs;
    if (isGood && inTime) this.good.push(took);
    if (status === '503') this.refused.push(took);
    this.#count(isGood ? (inTime ? '200' : '200 too late') : status === '200' ? '200 with errors' : status);
    if (/\r\nconnection: *close/i.test(head)) this.#drop(line);
    else this.#idle.push(line);
  }

  #end(line: Line, why: string): void {
    if (!this.#lines.has(line)) return;
    if (line.sentAt !== undefined) this.#count(why);
    this.#drop(line);
  }

  #drop(line: Line): void {
    line.sentAt = undefined;
    this.#lines.delete(line);
    const at = this.#idle.indexOf(line);
    if (at >= 0) this.#idle.splice(at, 1);
    line.socket.destroy();
  }

  #count(what: string): void {
    this.statuses[what] = (this.statuses[what] ?? 0) + 1;
  }

  /** Each its own caller: nothing may be shared. */
  #request(number: number): string {
    const { path, body } = this.#load;
    return (
      `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json\r\n` +
      `authorization: Bearer caller-${String(number)}\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`
    );
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}
