import { watch, type FSWatcher } from 'chokidar';
import { composeFile, readTextFile } from '../../schema/compose/compose.ts';
import type { Problem } from '../../schema/problem/problem.ts';

/** Where the supergraph comes from: a composed file, or a `supergraph.yaml` that we compose. */
export type SourceSettings =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'compose';
      readonly path: string;
      /** For `${env.NAME}` in the file. */
      readonly env: Readonly<Record<string, string | undefined>>;
    };

export type SourceReading =
  | { readonly ok: true; readonly sdl: string; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export interface Source {
  /** The supergraph as it is now. Never rejects. */
  read(): Promise<SourceReading>;
  /** Calls back for each reading that differs from the one before, good or bad, until `close`. */
  follow(onReading: (reading: SourceReading) => void): void;
  close(): Promise<void>;
}

/** Changes within this many milliseconds are one change: editors and deployments write several files. */
const settleMs = 100;

/** Subgraphs that are asked for their schemas over HTTP are asked again this often. */
const pollMs = 10_000;

/** One reading, and what has to be looked at to notice the next one. */
interface Look {
  readonly reading: SourceReading;
  readonly files: readonly string[];
  readonly polled: boolean;
}

/** Reads and follows a supergraph. Files are watched; schemas that come over HTTP are polled. */
export function createSource(settings: SourceSettings): Source {
  const stop = new AbortController();
  let last: Look = { reading: { ok: false, problems: [] }, files: [settings.path], polled: false };
  let looking: Promise<Look> | undefined;
  const lookOnce = (): Promise<Look> => {
    looking ??= look(settings, stop.signal).finally(() => {
      looking = undefined;
    });
    return looking;
  };
  /** `undefined` when nothing is new. */
  const changed = async (): Promise<Look | undefined> => {
    const before = last.reading;
    last = await lookOnce();
    return sameReading(before, last.reading) ? undefined : last;
  };
  let end = (): Promise<void> => Promise.resolve();
  return {
    read: async () => {
      await changed();
      return last.reading;
    },
    follow: (onReading) => {
      end = follow(
        () => last,
        async () => {
          const found = await changed();
          if (found !== undefined && !stop.signal.aborted) onReading(found.reading);
        },
      );
    },
    close: async () => {
      stop.abort();
      await end();
    },
  };
}

/** Looks again after each change of a file, and every so often where files cannot tell; gives the way to end it. */
function follow(last: () => Look, lookAgain: () => Promise<void>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const watcher: FSWatcher = watch([...last().files], { ignoreInitial: true });
  const again = async (): Promise<void> => {
    await lookAgain();
    if (ended) return;
    watcher.add([...last().files]);
    if (last().polled) soon(pollMs);
  };
  const soon = (delay: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void again(), delay); // again() does not reject
    timer.unref();
  };
  watcher.on('all', () => soon(settleMs));
  // A watcher that cannot watch is no reason to stop serving; polling notices changes all the same.
  watcher.on('error', () => soon(pollMs));
  if (last().polled) soon(pollMs);
  return async () => {
    ended = true;
    clearTimeout(timer);
    await watcher.close();
  };
}

async function look(settings: SourceSettings, signal: AbortSignal): Promise<Look> {
  if (settings.kind === 'file') {
    return { reading: await readFile(settings.path), files: [settings.path], polled: false };
  }
  const { composition, sources, warnings, files } = await composeFile({
    path: settings.path,
    env: settings.env,
    signal,
  });
  return {
    reading: composition.ok
      ? { ok: true, sdl: composition.sdl, warnings: [...warnings, ...composition.hints] }
      : { ok: false, problems: composition.problems },
    files,
    // A file whose schemas could not be had yet may name servers that are still starting.
    polled: sources.length === 0 || sources.some(({ origin }) => origin.kind === 'url'),
  };
}

async function readFile(path: string): Promise<SourceReading> {
  const text = await readTextFile(path);
  return text.ok ? { ok: true, sdl: text.value, warnings: [] } : { ok: false, problems: text.problems };
}

function sameReading(one: SourceReading, other: SourceReading): boolean {
  if (one.ok && other.ok) return one.sdl === other.sdl;
  return !one.ok && !other.ok && JSON.stringify(one.problems) === JSON.stringify(other.problems);
}
