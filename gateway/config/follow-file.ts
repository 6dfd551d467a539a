import { watch } from 'chokidar';

export interface FollowedFile {
  close(): Promise<void>;
}

export interface Following<T> {
  /** What is known already. */
  readonly first: T;
  readonly read: () => T;
  /** Equal for readings of which the second is no news. */
  readonly textOf: (reading: T) => string;
  /** Must not reject. */
  readonly onRead: (reading: T) => Promise<void>;
}

/** Changes within this many milliseconds are one change: editors remove a file and write it anew. */
const settleMs = 100;

/** A file that cannot be watched is looked at this often. */
const pollMs = 10_000;

/** Reads a file again after each change and tells of every reading that is news, one after the other. */
export function followFile<T>(path: string, { first, read, textOf, onRead }: Following<T>): FollowedFile {
  let last = textOf(first);
  let telling = Promise.resolve();
  let settling: NodeJS.Timeout | undefined;
  let polling: NodeJS.Timeout | undefined;
  let closed = false;
  const look = (): void => {
    const reading = read();
    const text = textOf(reading);
    if (text === last || closed) return;
    last = text;
    telling = telling.then(() => onRead(reading));
  };
  const watcher = watch(path, { ignoreInitial: true });
  watcher.on('all', () => {
    clearTimeout(settling);
    settling = setTimeout(look, settleMs);
  });
  // What changed before the watching had begun.
  watcher.on('ready', look);
  watcher.on('error', () => {
    polling ??= setInterval(look, pollMs).unref();
  });
  return {
    close: async () => {
      closed = true;
      clearTimeout(settling);
      clearInterval(polling);
      await watcher.close();
      await telling;
    },
  };
}
