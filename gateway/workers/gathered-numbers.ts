import { addedReadings, lastingReadings } from '../model/added-readings.ts';
import type { Reading } from '../model/metrics.ts';
import type { NumbersFromWorker, NumbersToWorker } from './worker-messages.ts';

/** A worker may take this long to tell its numbers; then the page is written with what it told before. */
const longestWaitMs = 1_000;

interface Teller {
  readonly send: (message: NumbersToWorker) => void;
  /** What it told last. */
  last: readonly Reading[];
  /** Who waits for what it tells next. */
  waiting: { readonly id: number; readonly told: (readings: readonly Reading[]) => void } | undefined;
}

/** One worker's place among those that tell their numbers. */
export interface NumbersPlace {
  readonly heard: (message: NumbersFromWorker) => void;
  /** It is gone; what it counted stays counted, as far as it was told. */
  readonly leave: () => void;
}

export interface GatheredNumbers {
  readonly join: (send: Teller['send']) => NumbersPlace;
  /** The numbers of all that run, and what is left of those that are gone. Never rejects. */
  readonly gather: () => Promise<readonly Reading[]>;
}

/** Gathers what workers count; `page` is what they are told when one of them is asked for the page. */
export function gatheredNumbers(own: () => readonly Reading[], page: () => Promise<string>): GatheredNumbers {
  const tellers = new Set<Teller>();
  let departed: readonly Reading[] = [];
  let lastId = 0;
  let gathering: Promise<readonly Reading[]> | undefined;
  const gatherAll = async (): Promise<readonly Reading[]> => {
    lastId += 1;
    const id = lastId;
    const told = await Promise.all([...tellers].map((teller) => toldBy(teller, id)));
    return addedReadings([...told.flat(), ...departed, ...own()]);
  };
  return {
    join: (send) => {
      const teller: Teller = { send, last: [], waiting: undefined };
      tellers.add(teller);
      return {
        heard: (message) => hear(teller, message, page),
        leave: () => {
          tellers.delete(teller);
          departed = addedReadings([...departed, ...lastingReadings(teller.last)]);
          teller.waiting?.told([]);
        },
      };
    },
    gather: () => {
      gathering ??= gatherAll().finally(() => (gathering = undefined));
      return gathering;
    },
  };
}

function hear(teller: Teller, message: NumbersFromWorker, page: () => Promise<string>): void {
  switch (message.kind) {
    case 'numbers': {
      const { id, readings } = message;
      teller.last = readings;
      if (teller.waiting?.id === id) teller.waiting.told(readings);
      return;
    }
    case 'page wanted': {
      const { id } = message;
      page().then(
        (text) => teller.send({ kind: 'page', id, text }),
        () => teller.send({ kind: 'page', id, text: undefined }),
      );
    }
  }
}

/** Without an answer in time, what it counted so far; how it is now, nobody knows. */
function toldBy(teller: Teller, id: number): Promise<readonly Reading[]> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => told(lastingReadings(teller.last)), longestWaitMs);
    const told = (readings: readonly Reading[]): void => {
      clearTimeout(timer);
      teller.waiting = undefined;
      resolve(readings);
    };
    teller.waiting = { id, told };
    teller.send({ kind: 'numbers wanted', id });
  });
}
