import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { watch, type FSWatcher } from 'chokidar';
import {
  digestOf,
  readDocuments,
  type DocumentSource,
  type ManifestDocument,
} from '../../schema/documents/documents.ts';
import { type Checked } from '../../schema/problem/problem.ts';
import { emptySet, trustedSet, type TrustedSet } from './trusted-set.ts';

/**
 * What may be asked: `open`: everything, documents also by id; `safelist`: only what a document says; `ids`: only
 * documents, and by id alone.
 */
export type TrustMode = 'open' | 'safelist' | 'ids';

export interface TrustRule {
  readonly mode: TrustMode;
  /** Whether operations that no document says are told of. */
  readonly logUnknown: boolean;
}

export interface TrustedSettings extends TrustRule {
  /** For client programs with a profile, by its name. */
  readonly profiles?: ReadonlyMap<string, TrustRule> | undefined;
  /** Absolute paths. */
  readonly sources: readonly DocumentSource[];
  /** Whether operations that ask for the schema and nothing else are free. */
  readonly freeIntrospection: boolean;
  /** Callers with one of these scopes may ask everything. */
  readonly freeScopes: readonly string[];
}

/** The set in force, and where the next one comes from. */
export interface TrustedDocuments {
  /** Empty before the first one was put in force. */
  readonly current: () => TrustedSet;
  readonly isLoaded: () => boolean;
  /** Reads all sources anew; nothing is put in force. Never rejects. */
  readonly read: () => Promise<Checked<TrustedSet>>;
  readonly accept: (set: TrustedSet) => void;
  /** Calls back with every reading that is news, good or bad, until `close`; a later call replaces the callback. */
  readonly follow: (onRead: (read: Checked<TrustedSet>) => void) => void;
  readonly close: () => Promise<void>;
}

/** Changes within this many milliseconds are one change: deployments write several files. */
const settleMs = 200;

/** The watcher overlooks what follows a change within a second. */
const secondLookMs = 1_500;

/** Files that cannot be watched are looked at this often. */
const pollMs = 30_000;

/** Nothing is read before `read` is called. */
export function trustedDocuments({ sources }: Pick<TrustedSettings, 'sources'>): TrustedDocuments {
  let set: TrustedSet | undefined;
  let last = '';
  let tell: (read: Checked<TrustedSet>) => void = () => undefined;
  const watchers: FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  const read = async (): Promise<Checked<TrustedSet>> => {
    const documents = await readDocuments(sources);
    last = fingerprint(documents);
    return documents.ok ? trustedSet(documents.value) : documents;
  };
  const look = async (): Promise<void> => {
    const before = last;
    const found = await read();
    if (last !== before) tell(found);
  };
  const soon = (delay: number, isLast = false): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      void look(); // does not reject
      if (!isLast) soon(secondLookMs, true);
    }, delay).unref();
  };
  return {
    current: () => set ?? emptySet,
    isLoaded: () => set !== undefined,
    read,
    accept: (next) => {
      set = next;
    },
    follow: (told) => {
      tell = told;
      if (watchers.length > 0) return;
      watchers.push(...watching(sources, { changed: () => soon(settleMs), failed: () => soon(pollMs) }));
      // What changed between the reading and the watching is seen by nobody else.
      soon(secondLookMs, true);
    },
    close: async () => {
      tell = () => undefined;
      clearTimeout(timer);
      await Promise.all(watchers.map((watcher) => watcher.close()));
    },
  };
}

const deepest = 20;

interface Watch {
  readonly changed: () => void;
  readonly failed: () => void;
}

function watching(sources: readonly DocumentSource[], { changed, failed }: Watch): readonly FSWatcher[] {
  const { folders, files } = placesOf(sources);
  const around = [...new Set(files.map((file) => dirname(file)))];
  return [[folders, deepest] as const, [around, 0] as const].flatMap(([paths, depth]) => {
    if (paths.length === 0) return [];
    const onChange = (_event: string, path: string): void => {
      if (depth > 0 || files.includes(path) || isMountOf(path)) changed();
    };
    return watch(paths, { ignoreInitial: true, depth }).on('all', onChange).on('error', failed);
  });
}

function fingerprint(read: Checked<readonly ManifestDocument[]>): string {
  if (!read.ok) return digestOf(JSON.stringify(read.problems));
  const parts = read.value.map(({ ids, text, client, versions }) => [ids, text, client, versions]);
  return digestOf(JSON.stringify(parts));
}

/** A file that is replaced as a whole is lost to who watches the file alone: its folder tells of the new one. */
function placesOf(sources: readonly DocumentSource[]) {
  const isFolder = ({ path }: DocumentSource): boolean =>
    statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return {
    folders: sources.filter((source) => isFolder(source)).map(({ path }) => path),
    files: sources.filter((source) => !isFolder(source)).map(({ path }) => path),
  };
}

/** Mounted folders are replaced by a link whose name begins with two dots. */
const isMountOf = (path: string): boolean => basename(path).startsWith('..');
