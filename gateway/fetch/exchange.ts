import type { CancelSignal } from '../model/cancellation.ts';
import type { CallController, CallHandler } from './connections.ts';
import { forget, watchFor, type Passenger } from './departures.ts';
import type { Slots, Waiter } from './slots.ts';
import type { Upstream } from './upstream.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** How one HTTP exchange ended. */
export type Exchanged =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: Headers;
      readonly chunks: readonly Buffer[];
      readonly size: number;
    }
  | { readonly kind: 'broken'; readonly address: string; readonly cause: Error }
  | { readonly kind: 'too-large'; readonly status: number; readonly limit: number }
  | { readonly kind: 'full' }
  | { readonly kind: 'timeout'; readonly after: number }
  | { readonly kind: 'left'; readonly reason: unknown };

/** What does not change between the calls to one subgraph. */
export interface Line {
  readonly slots: Slots;
  /** Places for answers that have become large: the others wait, unread, so that what is held in memory is bounded. */
  readonly large: Slots;
  readonly next: (now: number) => Upstream;
  /** How many addresses there are. */
  readonly addresses: number;
  readonly timeout: number;
  readonly maxResponseSize: number;
  readonly restAfterRefusal: number;
}

export interface Outgoing {
  readonly body: string;
  /** The same list for every call of the line. */
  readonly headers: readonly string[];
  readonly moreHeaders: readonly string[];
  readonly signal: CancelSignal;
  /** Headers that depend on where and when the request is sent. */
  readonly sign?: (path: string) => readonly string[];
}

/** Sends one POST and gathers its answer within the line's deadline and size; every outcome is a value. */
export function exchange(line: Line, outgoing: Outgoing): Promise<Exchanged> {
  if (outgoing.signal.aborted) return Promise.resolve({ kind: 'left', reason: outgoing.signal.reason });
  return new Promise((resolve) => new Exchange(line, outgoing, resolve).start());
}

/** Errors of which it is certain that no byte of the request was sent. */
const refusals = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** An answer above so many bytes needs a place among the large ones to be read on. */
const largeAnswer = 256 * 1024;

class Exchange implements CallHandler, Waiter, Passenger {
  readonly #line: Line;
  readonly #outgoing: Outgoing;
  #resolve: ((outcome: Exchanged) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #hasPlace = false;
  #large: Waiter | undefined;
  #isLargeAdmitted = false;
  #attempts = 0;
  #upstream: Upstream | undefined;
  #controller: CallController | undefined;
  #status = 0;
  #headers: Headers = {};
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(line: Line, outgoing: Outgoing, resolve: (outcome: Exchanged) => void) {
    this.#line = line;
    this.#outgoing = outgoing;
    this.#resolve = resolve;
  }

  start(): void {
    const { slots, timeout } = this.#line;
    this.#timer = setTimeout(this.#expire, timeout);
    watchFor(this.#outgoing.signal, this);
    if (slots.enter(this) === 'full') this.#settle({ kind: 'full' });
  }

  admitted(): void {
    this.#hasPlace = true;
    this.#send();
  }

  onRequestStart(controller: CallController): void {
    this.#controller = controller;
    // Given up while it waited for a connection.
    if (this.#resolve === undefined) controller.abort(new Error('The call was given up'));
  }

  onResponseStart(_: CallController, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
    const announced = Number(headers['content-length'] ?? 0);
    if (announced > this.#line.maxResponseSize) this.#tooLarge();
  }

  onResponseData(_: CallController, chunk: Buffer): void {
    if (this.#resolve === undefined) return;
    this.#size += chunk.length;
    if (this.#size > this.#line.maxResponseSize) {
      this.#tooLarge();
      return;
    }
    this.#chunks.push(chunk);
    if (this.#size > largeAnswer && this.#large === undefined) this.#becomeLarge();
  }

  onResponseEnd(): void {
    this.#controller = undefined;
    this.#settle({
      kind: 'response',
      status: this.#status,
      headers: this.#headers,
      chunks: this.#chunks,
      size: this.#size,
    });
  }

  onResponseError(_: CallController, cause: Error): void {
    this.#controller = undefined;
    const upstream = this.#upstream;
    if (this.#resolve === undefined || upstream === undefined) return;
    if (isRefusal(cause)) {
      upstream.restsUntil = performance.now() + this.#line.restAfterRefusal;
      if (this.#attempts < this.#line.addresses) {
        this.#send();
        return;
      }
    }
    this.#settle({ kind: 'broken', address: upstream.address, cause });
  }

  /** Together with the other calls of the event loop's turn: alone, each write waits for its reader to be woken. */
  #send(): void {
    setImmediate(this.#dispatch);
  }

  readonly #dispatch = (): void => {
    // Given up in the meantime.
    if (this.#resolve === undefined) return;
    this.#attempts += 1;
    const upstream = this.#line.next(performance.now());
    this.#upstream = upstream;
    const { body, headers, moreHeaders: more, sign } = this.#outgoing;
    const { path } = upstream;
    try {
      const moreHeaders = sign === undefined ? more : [...more, ...sign(path)];
      upstream.pool.dispatch({ path, body, headers, moreHeaders }, this);
    } catch (cause) {
      this.#settle({ kind: 'broken', address: upstream.address, cause: cause as Error });
    }
  };

  readonly #expire = (): void => this.#abandon({ kind: 'timeout', after: this.#line.timeout });

  left(reason: unknown): void {
    this.#abandon({ kind: 'left', reason });
  }

  #becomeLarge(): void {
    this.#large = {
      admitted: () => {
        this.#isLargeAdmitted = true;
        this.#controller?.resume();
      },
    };
    if (this.#line.large.enter(this.#large) === 'queued') this.#controller?.pause();
  }

  #leaveLarge(): void {
    if (this.#large === undefined) return;
    if (this.#isLargeAdmitted) this.#line.large.leave();
    else this.#line.large.giveUp(this.#large);
  }

  #tooLarge(): void {
    this.#abandon({ kind: 'too-large', status: this.#status, limit: this.#line.maxResponseSize });
  }

  #abandon(outcome: Exchanged): void {
    this.#settle(outcome);
    this.#controller?.abort(new Error('The call was given up'));
  }

  #settle(outcome: Exchanged): void {
    const resolve = this.#resolve;
    if (resolve === undefined) return;
    this.#resolve = undefined;
    this.#chunks = [];
    this.#leaveLarge();
    clearTimeout(this.#timer);
    forget(this.#outgoing.signal, this);
    if (this.#hasPlace) this.#line.slots.leave();
    else this.#line.slots.giveUp(this);
    resolve(outcome);
  }
}

const isRefusal = (cause: Error): boolean =>
  'code' in cause && typeof cause.code === 'string' && refusals.has(cause.code);
