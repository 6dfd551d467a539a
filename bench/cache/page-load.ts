import { connect, type Socket } from 'node:net';
import { HttpReader } from '../engine/http-reader.ts';
import { expectedPage, pageQuery, pages } from './page-shop.ts';

/** Connections that ask for pages, each again as soon as it has its answer; every answer is compared. */
export class PageLoad {
  readonly #sockets: Socket[] = [];
  readonly #path: string;
  readonly #pages: number;
  readonly #bodies = new Map<number, string>();
  readonly #right = new Map<number, string>();
  #latencies: number[] = [];
  #isRunning = true;
  #next = 0;
  failure: string | undefined;

  /** `count`: how many pages are asked for, in turn. */
  constructor(path: string, count = pages) {
    this.#path = path;
    this.#pages = count;
  }

  async start(port: number, connections: number): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.#connection(port)));
  }

  /** Milliseconds of each request since the last time. */
  take(): readonly number[] {
    const taken = this.#latencies;
    this.#latencies = [];
    return taken;
  }

  stop(): void {
    this.#isRunning = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  #connection(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let sentAt = 0;
      let page = 0;
      const ask = (): void => {
        page = this.#next;
        this.#next = (page + 1) % this.#pages;
        sentAt = performance.now();
        socket.write(this.#request(page), 'latin1');
      };
      const reader = new HttpReader((head, body) => {
        this.#latencies.push(performance.now() - sentAt);
        this.#check(page, head, body);
        if (this.#isRunning) ask();
      });
      socket.setNoDelay(true);
      socket.on('data', (chunk) => reader.read(chunk));
      socket.once('connect', () => {
        ask();
        resolve();
      });
      socket.on('error', reject);
      socket.on('close', () => {
        if (this.#isRunning) this.failure ??= 'the connection was closed';
      });
      this.#sockets.push(socket);
    });
  }

  #request(page: number): string {
    const known = this.#bodies.get(page);
    if (known !== undefined) return known;
    const body = JSON.stringify({ query: pageQuery, variables: { number: page } });
    const head = `POST ${this.#path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n`;
    this.#bodies.set(page, head + body);
    return head + body;
  }

  #check(page: number, head: string, body: string): void {
    if (this.#right.get(page) === body) return;
    const isRight = head.startsWith('HTTP/1.1 200') && body.includes(expectedPage(page));
    if (isRight) this.#right.set(page, body);
    else this.failure ??= `page ${String(page)}: ${head.slice(0, 200)}\n${body.slice(0, 500)}`;
  }
}
