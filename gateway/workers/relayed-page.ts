import { pageType, type MetricsPage } from '../observe/observe.ts';
import type { NumbersFromWorker, NumbersToWorker } from './worker-messages.ts';

const longestWaitMs = 3_000;

export interface RelayedPage {
  readonly page: MetricsPage;
  readonly receive: (message: Extract<NumbersToWorker, { kind: 'page' }>) => void;
}

/** The page of all workers' numbers, which the process that looks after them writes. */
export function relayedPage(ask: (message: NumbersFromWorker) => void): RelayedPage {
  const waiting = new Map<number, (text: string | undefined) => void>();
  let lastId = 0;
  let asking: Promise<string> | undefined;
  const asked = (): Promise<string> =>
    new Promise((resolve, reject) => {
      lastId += 1;
      const id = lastId;
      const answered = (given: string | undefined): void => {
        clearTimeout(timer);
        waiting.delete(id);
        if (given === undefined) reject(new Error('the numbers of all workers cannot be had'));
        else resolve(given);
      };
      const timer = setTimeout(() => answered(undefined), longestWaitMs);
      waiting.set(id, answered);
      ask({ kind: 'page wanted', id });
    });
  const text = (): Promise<string> => {
    asking ??= asked().finally(() => (asking = undefined));
    return asking;
  };
  return {
    page: { type: pageType, text },
    receive: (message) => waiting.get(message.id)?.(message.text),
  };
}
