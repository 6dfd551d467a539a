import { setTimeout as sleep } from 'node:timers/promises';
import { namesIn, subgraphTag } from './entry-tags.ts';

const retryMs = 500;
const lastMomentMs = 1_000;
const lastRetryMs = 50;
const mostTags = 10_000;
/** In one text of the log. */
const together = 200;

export interface UntoldParts {
  /** The position in the log; `undefined`: it cannot be written now. Never rejects. */
  readonly append: (tags: readonly string[]) => Promise<number | undefined>;
  readonly told: (tags: readonly string[], position: number) => void;
}

/**
 * Drops that the log of all gateways would not take; they are told when it is back. Too many to be remembered are put into
 * fewer words: everything of their subgraphs.
 */
export class UntoldDrops {
  readonly #parts: UntoldParts;
  #waiting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #telling: Promise<void> | undefined;
  #endsAt = Infinity;

  constructor(parts: UntoldParts) {
    this.#parts = parts;
  }

  add(tags: readonly string[]): void {
    this.#wait(tags);
    this.#later();
  }

  /** Tries for a last moment; what is untold then stays untold. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#endsAt = performance.now() + lastMomentMs;
    await this.#tell();
    while (this.#waiting.size > 0 && !this.#isOver()) {
      await sleep(lastRetryMs);
      await this.#tell();
    }
    this.#waiting.clear();
  }

  #isOver(): boolean {
    return performance.now() >= this.#endsAt;
  }

  #wait(tags: readonly string[]): void {
    for (const tag of tags) this.#waiting.add(tag);
    if (this.#waiting.size > mostTags) this.#waiting = new Set([...this.#waiting].map(coarser));
  }

  #later(): void {
    if (this.#endsAt < Infinity) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#tell().then(() => (this.#waiting.size > 0 ? this.#later() : undefined)); // a log never rejects
    }, retryMs).unref();
  }

  /** One at a time. */
  #tell(): Promise<void> {
    this.#telling ??= this.#tellAll().finally(() => {
      this.#telling = undefined;
    });
    return this.#telling;
  }

  async #tellAll(): Promise<void> {
    while (this.#waiting.size > 0 && !this.#isOver()) {
      const tags = [...this.#waiting].slice(0, together);
      // Before it is told: the same tag may be dropped once more meanwhile, and that is then another drop.
      for (const tag of tags) this.#waiting.delete(tag);
      const position = await this.#parts.append(tags);
      if (position === undefined) {
        this.#wait(tags);
        return;
      }
      this.#parts.told(tags, position);
    }
  }
}

/** All that is kept of a subgraph has its tag. */
const coarser = (tag: string): string => subgraphTag(namesIn(tag).subgraph);
