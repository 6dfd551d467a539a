import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BreatherEvents } from './breather.ts';
import { reasonOf } from './redis-client.ts';
import { begin, look, next, type Place, type Stream } from './redis-stream.ts';

/** What was read longer ago than this may have been followed by something that is not known here. */
const liveMs = 1_000;
/** How often it is proved that others can write, and that nothing was cut unread. */
const lookMs = 700;
const pauseMs = 100;

/** Reads a stream for as long as it is not stopped, whatever becomes of its connections. */
export class LogFollower {
  readonly #stream: Stream;
  readonly #isReady: () => boolean;
  readonly #outages: Outages;
  readonly #clock = new ServerClock();
  #isStopped = false;
  #readAt = -Infinity;
  #lookedAt = -Infinity;
  #broken: string | undefined;

  /** @param isReady whether there are connections to read from and to write to. */
  constructor(stream: Stream, isReady: () => boolean, events: BreatherEvents) {
    this.#stream = stream;
    this.#isReady = isReady;
    this.#outages = new Outages(events);
  }

  isLive(): boolean {
    return performance.now() - this.#readAt < liveMs;
  }

  aheadMs(): number {
    return this.#clock.aheadMs;
  }

  /** A connection was lost, or cannot be had. */
  broke(reason: string): void {
    this.#broken = reason;
  }

  /** Whether others can write is doubtful. */
  lookSoon(): void {
    this.#lookedAt = -Infinity;
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** Ends some time after it was stopped; never rejects. */
  async run(): Promise<void> {
    let place: Place | undefined;
    while (!this.#isStopped) {
      try {
        place = await this.#onward(place);
      } catch (failure) {
        await this.#failed(failure);
      }
    }
    this.#outages.close();
  }

  async #onward(last: Place | undefined): Promise<Place> {
    if (!this.#isReady()) throw new Error('not connected');
    let place = last ?? (await begin(this.#stream));
    if (performance.now() - this.#lookedAt > lookMs) place = await this.#looked(place);
    const step = await next(this.#stream, place);
    place = step.isMuch ? await this.#looked(step.place) : step.place;
    if (!step.isAll) return place;
    this.#readAt = performance.now();
    this.#outages.succeeded();
    return place;
  }

  async #looked(place: Place): Promise<Place> {
    const asked = Date.now();
    const seen = await look(this.#stream, place);
    this.#clock.told(seen.serverMs, asked, Date.now());
    this.#lookedAt = performance.now();
    return seen.place;
  }

  async #failed(failure: unknown): Promise<void> {
    this.#readAt = -Infinity;
    this.#lookedAt = -Infinity;
    // One that is still connecting has not failed.
    const reason = this.#isReady() ? wordsOf(failure) : this.#broken;
    this.#broken = undefined;
    await sleep(pauseMs);
    if (reason !== undefined && !this.#isStopped) this.#outages.failed(reason);
  }
}

const wordsOf = (failure: unknown): string =>
  failure instanceof Error ? reasonOf(failure) : String(failure);

/** An event loop that was held up for longer may have missed answers that were there. */
const lateMs = 400;

/** Tells of the second failure in a row, and of none that our own event loop may have made: it is held up when we start. */
class Outages {
  readonly #events: BreatherEvents;
  readonly #lateness = monitorEventLoopDelay({ resolution: 100 });
  #failures = 0;
  #isDown = false;

  constructor(events: BreatherEvents) {
    this.#events = events;
    this.#lateness.enable();
  }

  /** To be called some time after the failure: only then it is known how late the loop was. */
  failed(reason: string): void {
    const isOurs = this.#lateness.max > lateMs * 1e6;
    this.#lateness.reset();
    if (!isOurs) this.#failures += 1;
    if (this.#isDown || this.#failures < 2) return;
    this.#isDown = true;
    this.#events.onDown(reason);
  }

  succeeded(): void {
    this.#lateness.reset();
    this.#failures = 0;
    if (this.#isDown) this.#events.onUp();
    this.#isDown = false;
  }

  close(): void {
    this.#lateness.disable();
  }
}

/** Clocks that differ by less are taken for one: what is measured is not more exact. */
const sameMs = 1_000;

/** How far a server's clock is ahead of ours, milliseconds. */
class ServerClock {
  aheadMs = 0;

  /** It said `serverMs` at some time between asking and its answer. */
  told(serverMs: number, asked: number, answered: number): void {
    const [least, most] = [serverMs - answered, serverMs - asked];
    const isSame = this.aheadMs >= least - sameMs && this.aheadMs <= most + sameMs;
    if (!isSame) this.aheadMs = Math.round((least + most) / 2);
  }
}
