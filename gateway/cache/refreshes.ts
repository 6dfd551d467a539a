import { withDeadline } from '../model/deadline.ts';
import type { Caller } from '../model/subgraph-call.ts';
import { atHand, obtain, type ObtainKit } from './obtain.ts';
import type { Question } from './question.ts';

/** Asks anew, aside from any request, for what is getting old: once, however many are served the old. */
export interface Refreshes {
  readonly start: (question: Question, indices: readonly number[]) => void;
  /** Waits for those under way. */
  readonly close: () => Promise<void>;
}

/** Beyond so many at once the old is served without a refresher; the next request tries again. */
const mostAtOnce = 50;
/** Longer than any subgraph's own limit, which is what ends a slow call. */
const longestMs = 30_000;

export function refreshes(kit: ObtainKit, inner: Caller): Refreshes {
  const running = new Set<Promise<void>>();
  const under = new Set<string>();
  const end = new AbortController();
  const refresh = async (question: Question, indices: readonly number[]): Promise<void> => {
    await withDeadline(end.signal, longestMs, async (signal) => {
      const detached: Question = { ...question, context: { ...question.context, signal } };
      const seen = atHand(kit, question, indices);
      await obtain({ kit, question: detached, inner, fallbacks: new Map(), seen }, indices);
    });
  };
  return {
    start: (question, indices) => {
      const keyOf = (index: number): string =>
        `${question.group}${question.variation.partitions.at(-1)?.name ?? ''}\n${question.items[index]?.name ?? ''}`;
      const free = indices.filter((index) => !under.has(keyOf(index)));
      if (free.length === 0 || running.size >= mostAtOnce) return;
      for (const index of free) under.add(keyOf(index));
      const one = refresh(question, free)
        .catch(() => undefined) // the old stays until it is too old
        .finally(() => {
          for (const index of free) under.delete(keyOf(index));
          running.delete(one);
        });
      running.add(one);
    },
    close: async () => {
      end.abort();
      await Promise.all(running);
    },
  };
}
