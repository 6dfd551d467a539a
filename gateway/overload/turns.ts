/** Of the delay from which on requests are refused: waiting comes long before. */
const share = 0.125;
/** So many looks in a row find a loop late that has too much to do; a pause is over sooner. */
const patience = 2;
/** An event loop that works for more than this of its time could do no more with others beside those that run. */
const busy = 0.97;
/** Below this it waits for subgraphs, and could do more. */
const idle = 0.9;
/** By as much again for each further look in a row that finds it late. */
const lowered = 0.85;
const fewest = 16;
/** At one look, however little the loop has to do. */
const mostGrowth = 4;
/** After so many looks that found it idle nobody waits any more. */
const calm = 20;
/** Who has waited for so many looks waits for slow subgraphs, not for the event loop, and runs beside the others. */
const longestWait = 10;

/** What a look at the event loop finds. */
export interface LoopLook {
  readonly delayMs: number;
  readonly utilization: number;
}

interface Waiting {
  /** The look before. */
  readonly since: number;
  readonly begin: () => void;
}

/**
 * Turns in which executions run. While those that run keep the event loop busy, others that were let in wait:
 * a wait takes little memory, and what runs at the same time is kept alive through every garbage collection meanwhile.
 */
export class TurnQueue {
  #limit = Infinity;
  /** Looks in a row that found the loop so. */
  #late = 0;
  #idle = 0;
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

  /** Whether the event loop had time left at the last look. */
  get hasTime(): boolean {
    return this.#idle > 0;
  }

  /**
   * To be told at each look by how much the loop came late, and for which part of the time since the last one it worked,
   * 0 to 1. Lateness begins it; from then on as few run as keep the loop busy.
   */
  look({ delayMs, utilization }: LoopLook, maxDelayMs: number): void {
    this.#late = delayMs > maxDelayMs * share ? this.#late + 1 : 0;
    this.#idle = utilization < idle ? this.#idle + 1 : 0;
    if (this.#late >= patience) this.#lower(lowered ** (this.#late - patience + 1));
    // Those above the limit end first: they may wait for subgraphs, and fewer need not be fewer still.
    else if (utilization > busy && this.#limit < Infinity && this.#peak <= this.#limit) this.#lower(lowered);
    else if (this.#idle >= calm) this.#limit = Infinity;
    else if (this.hasTime && this.#peak >= this.#limit)
      this.#limit = Math.ceil(this.#limit * Math.min(mostGrowth, 1 / utilization));
    this.#peak = this.#running;
    this.#looks += 1;
    this.#wake();
  }

  /** Lets everybody run. */
  clear(): void {
    this.#limit = Infinity;
    this.#wake();
  }

  #lower(by: number): void {
    this.#limit = Math.max(fewest, Math.floor(Math.min(this.#limit, this.#peak) * by));
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
