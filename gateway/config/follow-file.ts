import { statSync } from 'node:fs';
import { watch } from 'chokidar';

export interface FollowedFile {
  close(): Promise<void>;
}

export interface Following<T> {
  /** What is known already. */
  readonly first: T;
  /** Must not throw: nobody would catch it. */
  readonly read: () => T;
  /** Equal for readings of which the second is no news. */
  readonly textOf: (reading: T) => string;
  /** Must not reject. */
  readonly onRead: (reading: T) => Promise<void>;
  /** How often it is looked at without being told to, milliseconds; 10 seconds when it is left out. */
  readonly pollMs?: number;
}

/** Changes within this many milliseconds are one change: editors remove a file and write it anew. */
const settleMs = 100;

/** Events get lost, such as that of a file that comes into being while the watching begins, and some files have none. */
const usualPollMs = 10_000;

/** Reads a file again after each change and tells of every reading that is news, one after the other. */
export function followFile<T>(path: string, following: Following<T>): FollowedFile {
  const { first, read, textOf, onRead, pollMs = usualPollMs } = following;
  let last = textOf(first);
  let telling = Promise.resolve();
  let settling: NodeJS.Timeout | undefined;
  let stamp = stampOf(path);
  let closed = false;
  const look = (): void => {
    const reading = read();
    const text = textOf(reading);
    if (text === last || closed) return;
    last = text;
    telling = telling.then(() => onRead(reading));
  };
  const polling = setInterval(() => {
    const seen = stampOf(path);
    if (seen === stamp) return;
    stamp = seen;
    look();
  }, pollMs).unref();
  const watcher = watch(path, { ignoreInitial: true });
  watcher.on('all', () => {
    clearTimeout(settling);
    settling = setTimeout(look, settleMs);
  });
  // What changed before the watching had begun.
  watcher.on('ready', look);
  // It is looked at all the same.
  watcher.on('error', () => undefined);
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

/** Changes whenever the file does, without reading it; empty for one that cannot be seen. */
function stampOf(path: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${String(mtimeMs)} ${String(size)} ${String(ino)}`;
  } catch {
    return '';
  }
}
