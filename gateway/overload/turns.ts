/** Of the delay from which on requests are refused: waiting comes long before. */
const share = 0.125;
/** So many looks in a row find a loop late that has too much to do; a pause is over sooner. */
const patience = 3;
const lowered = 0.85;
const fewest = 16;
const growth = 0.03;
/** After so many looks in time nobody waits any more. */
const calm = 20;
/** Who has waited for so many looks waits for slow subgraphs, not for the event loop, and runs beside the others. */
const longestWait = 10;

interface Waiting {
  /** The look before. */
  readonly since: number;
  readonly begin: () => void;
}

/**
 * Turns in which executions run. While the event loop can hardly keep up with those that run, others that were let in wait:
 * a wait takes little memory, and what runs at the same time is kept alive through every garbage collection meanwhile.
 */
export class TurnQueue {
  #limit = Infinity;
  /** Looks in a row that found the loop late, and in time. */
  #late = 0;
  #inTime = 0;
  #running = 0;
  #peak = 0;
  #looks = 0;
  readonly #waiting: Waiting[] = [];

  /** Infinity: all may. */
  get limit(): number {
    return this.#limit;
  }

  /** Executions whose turn has not come. */
  get waiting(): number {
    return this.#waiting.length;
  }

  take(): Promise<void> | undefined {
    if (this.#running >= this.#limit)
      return new Promise((resolve) => {
        this.#waiting.push({ since: this.#looks, begin: resolve });
      });
    this.#run();
    return undefined;
  }

  giveBack(): void {
    this.#running -= 1;
    this.#wake();
  }

  /** To be told at each look by how much the loop came late. */
  look(delayMs: number, maxDelayMs: number): void {
    const isLate = delayMs > maxDelayMs * share;
    this.#late = isLate ? this.#late + 1 : 0;
    this.#inTime = isLate ? 0 : this.#inTime + 1;
    if (this.#late >= patience)
      this.#limit = Math.max(fewest, Math.floor(Math.min(this.#limit, this.#peak) * lowered));
    else if (this.#inTime >= calm) this.#limit = Infinity;
    else if (!isLate && this.#peak >= this.#limit) this.#limit += Math.ceil(this.#limit * growth);
    this.#peak = this.#running;
    this.#looks += 1;
    this.#wake();
  }

  /** Lets everybody run. */
  clear(): void {
    this.#limit = Infinity;
    this.#wake();
  }

  #run(): void {
    this.#running += 1;
    if (this.#running > this.#peak) this.#peak = this.#running;
  }

  #wake(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      if (this.#running >= this.#limit && this.#looks - next.since < longestWait) return;
      this.#waiting.shift();
      this.#run();
      next.begin();
    }
  }
}
