import { nextLimit, type FlightLimit } from './flight-limit.ts';

/** Of the delay from which on requests are refused: waiting comes long before. */
const share = 0.25;
const fewest = 24;
const growth = 0.1;
/** After so many looks in time nobody waits any more. */
const calm = 20;

/**
 * Turns in which executions run. While the event loop can hardly keep up with those that run, others that were let in wait:
 * a wait takes little memory, and what runs at the same time is kept alive through every garbage collection meanwhile.
 */
export class TurnQueue {
  #limit: FlightLimit = { limit: Infinity, late: 0 };
  #running = 0;
  #peak = 0;
  #looksInTime = 0;
  readonly #waiting: (() => void)[] = [];

  /** Infinity: all may. */
  get limit(): number {
    return this.#limit.limit;
  }

  take(): Promise<void> | undefined {
    if (this.#running >= this.#limit.limit)
      return new Promise((resolve) => {
        this.#waiting.push(resolve);
      });
    this.#run();
    return undefined;
  }

  giveBack(): void {
    this.#running -= 1;
    this.#wake();
  }

  look(delayMs: number, maxDelayMs: number): void {
    const settings = { most: Infinity, fewest, growth, maxDelayMs: maxDelayMs * share };
    this.#limit = nextLimit(this.#limit, { delayMs, peak: this.#peak }, settings);
    this.#looksInTime = this.#limit.late === 0 ? this.#looksInTime + 1 : 0;
    if (this.#looksInTime >= calm) this.clear();
    this.#peak = this.#running;
    this.#wake();
  }

  /** Lets everybody run. */
  clear(): void {
    this.#limit = { limit: Infinity, late: 0 };
    this.#wake();
  }

  #run(): void {
    this.#running += 1;
    if (this.#running > this.#peak) this.#peak = this.#running;
  }

  #wake(): void {
    while (this.#running < this.#limit.limit) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#run();
      next();
    }
  }
}
