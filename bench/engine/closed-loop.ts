import { connect, type Socket } from 'node:net';
import { HttpReader } from './http-reader.ts';
import type { Scenario } from './scenarios.ts';

export interface Target {
  readonly port: number;
  readonly path: string;
}

export interface LoadReport {
  readonly requests: number;
  readonly failures: number;
  /** The first answer that was not the expected one. */
  readonly firstFailure: string | undefined;
  /** Milliseconds from request to answer, sorted. */
  readonly latencies: Float64Array;
}

/** A closed loop: each connection asks again as soon as it has its answer, and every answer is checked. */
export class ClosedLoop {
  readonly #target: Target;
  readonly #scenario: Scenario;
  readonly #body: string;
  readonly #expected: string;
  /** Whole bodies already found to carry the expected data. */
  readonly #accepted: string[] = [];
  readonly #sockets: Socket[] = [];
  #running = false;
  #inFlight = 0;
  #ended: (() => void) | undefined;
  #asked = 0;
  #latencies: number[] = [];
  #failures = 0;
  #firstFailure: string | undefined;

  constructor(target: Target, scenario: Scenario, expected: string) {
    this.#target = target;
    this.#scenario = scenario;
    this.#body = JSON.stringify({ query: scenario.query });
    this.#expected = expected;
  }

  async start(connections: number): Promise<void> {
    this.#running = true;
    await Promise.all(Array.from({ length: connections }, () => this.#connection()));
  }

  /** Everything since the last call. */
  take(): LoadReport {
    const report = {
      requests: this.#latencies.length,
      failures: this.#failures,
      firstFailure: this.#firstFailure,
      latencies: Float64Array.from(this.#latencies).sort(),
    };
    this.#latencies = [];
    this.#failures = 0;
    return report;
  }

  /** Waits for the answers still due, then closes. */
  async stop(): Promise<void> {
    this.#running = false;
    if (this.#inFlight > 0) await new Promise<void>((resolve) => (this.#ended = resolve));
    for (const socket of this.#sockets) socket.destroy();
  }

  #connection(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.#target.port, '127.0.0.1');
      let sentAt = 0;
      const ask = (): void => {
        this.#inFlight += 1;
        sentAt = performance.now();
        socket.write(this.#request(), 'latin1');
      };
      const reader = new HttpReader((head, body) => {
        this.#inFlight -= 1;
        this.#latencies.push(performance.now() - sentAt);
        this.#check(head, body);
        if (this.#running) ask();
        else if (this.#inFlight === 0) this.#ended?.();
      });
      socket.setNoDelay(true);
      socket.on('data', (chunk) => reader.read(chunk));
      socket.once('connect', () => {
        ask();
        resolve();
      });
      socket.on('error', reject);
      socket.on('close', () => {
        if (this.#running) this.#fail('the connection was closed');
      });
      this.#sockets.push(socket);
    });
  }

  #request(): string {
    this.#asked += 1;
    const authorization = this.#scenario.unique
      ? `authorization: Bearer caller-${String(this.#asked)}\r\n`
      : '';
    return (
      `POST ${this.#target.path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n` +
      `accept: application/json\r\n${authorization}content-length: ${String(Buffer.byteLength(this.#body))}\r\n\r\n${this.#body}`
    );
  }

  #check(head: string, body: string): void {
    for (const accepted of this.#accepted) if (accepted === body) return;
    if (head.startsWith('HTTP/1.1 200') && dataIn(body) === this.#expected) {
      if (this.#accepted.length < 4) this.#accepted.push(body);
      return;
    }
    this.#fail(`${head.slice(0, 200)}\n${body.slice(0, 500)}`);
  }

  #fail(what: string): void {
    this.#failures += 1;
    this.#firstFailure ??= what;
  }
}

function dataIn(body: string): string | undefined {
  try {
    const answer = JSON.parse(Buffer.from(body, 'latin1').toString()) as {
      readonly data?: unknown;
      readonly errors?: unknown;
    };
    return answer.errors === undefined ? JSON.stringify(answer.data) : undefined;
  } catch {
    return undefined;
  }
}
