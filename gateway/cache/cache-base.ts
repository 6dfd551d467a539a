import type { LogReader } from '../model/cache-store.ts';
import type { CacheSettings } from './cache-settings.ts';
import { counters, everyType, type Counters } from './counters.ts';
import { dropRequests } from './drop-requests.ts';
import { namesIn } from './entry-tags.ts';
import type { Recorder } from './recorder.ts';
import type { SchemaFacts } from './schema-facts.ts';
import { createStorage, type SharedParts, type Storage } from './storage.ts';

export interface BaseParts {
  /** Opens what gateways share; `undefined`: this process alone. */
  readonly open: ((reader: LogReader) => SharedParts) | undefined;
  readonly onGarbage: () => void;
  readonly now: () => number;
  /** 0 up to 1. */
  readonly random: () => number;
  readonly recorder?: Recorder;
}

/** What outlives a supergraph: entries, drops, counts. Entries of another schema have other keys. */
export interface CacheBase {
  readonly storage: Storage;
  readonly counters: Counters;
  /** `undefined`: nothing is recorded. */
  readonly recorder: Recorder | undefined;
  /** Drops everything with one of these tags, here at once; whether the other gateways were told. */
  readonly drop: (tags: readonly string[]) => Promise<boolean>;
  /** Of the supergraph in service; `undefined` before the first. */
  readonly facts: () => SchemaFacts | undefined;
  readonly serve: (facts: SchemaFacts) => void;
  readonly close: () => Promise<void>;
}

const retryMs = 500;
const mostUntold = 10_000;

export function cacheBase(settings: CacheSettings, parts: BaseParts): CacheBase {
  const { open, onGarbage, now, random, recorder } = parts;
  let facts: SchemaFacts | undefined;
  const counted = counters();
  const reader: LogReader = {
    read: (text, position) => {
      const tags = tagsIn(text, facts);
      storage.drop(tags, position);
      countDrop(tags, counted, facts);
    },
    reached: (position) => storage.reached(position),
    lost: (position) => storage.forgetBefore(position),
  };
  const shared = open?.(reader);
  const { memoryBytes, maxEntryBytes } = settings;
  const storage = createStorage({ memoryBytes, maxEntryBytes }, { shared, now, random, onGarbage });
  const teller = untold(storage, shared);
  return {
    ...{ storage, recorder, counters: counted },
    facts: () => facts,
    serve: (next) => {
      facts = next;
    },
    drop: async (tags) => {
      if (tags.length === 0) return true;
      // What is told to the log comes back from there, and is counted then.
      if (shared === undefined) countDrop(tags, counted, facts);
      const text = JSON.stringify({ tags });
      const position = await shared?.log.append(text);
      const isTold = shared === undefined || position !== undefined;
      const at = position ?? storage.position() + 1;
      storage.drop(tags, at);
      storage.reached(at);
      if (!isTold) teller.later(text);
      return isTold;
    },
    close: async () => {
      teller.stop();
      await Promise.all([shared?.store.close(), shared?.log.close(), recorder?.close()]);
    },
  };
}

/** Gateways write tags; subgraphs write invalidations as they would be posted. What is neither drops nothing. */
function tagsIn(text: string, facts: SchemaFacts | undefined): readonly string[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return [];
  }
  const tags = typeof read === 'object' && read !== null && 'tags' in read ? read.tags : undefined;
  if (Array.isArray(tags)) return tags.filter((one): one is string => typeof one === 'string');
  if (facts === undefined || !Array.isArray(read)) return [];
  return read.flatMap((one) => {
    const found = dropRequests([one], facts);
    return found.kind === 'tags' ? found.tags : [];
  });
}

/** One drop for each type that its tags name, and only for what the schema knows: anybody may write to a log. */
function countDrop(tags: readonly string[], counters: Counters, facts: SchemaFacts | undefined): void {
  const accounts = new Set(
    tags.flatMap((tag) => {
      const { subgraph, type } = namesIn(tag);
      if (facts?.subgraphs.has(subgraph) !== true) return [];
      if (type === undefined) return [counters.account(subgraph, everyType)];
      return facts.typesOf(subgraph).has(type) ? [counters.account(subgraph, type)] : [];
    }),
  );
  for (const account of accounts) account.invalidated += 1;
}

/** Drops that could not be told yet: told when the log is back. */
function untold(storage: Storage, shared: SharedParts | undefined) {
  let texts: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const tell = async (): Promise<void> => {
    timer = undefined;
    while (texts.length > 0) {
      const position = await shared?.log.append(texts[0] ?? '');
      if (position === undefined) {
        wait();
        return;
      }
      storage.drop(tagsIn(texts[0] ?? '', undefined), position);
      texts.shift();
    }
  };
  const wait = (): void => {
    timer ??= setTimeout(() => void tell(), retryMs).unref(); // a log never rejects
  };
  return {
    later: (text: string): void => {
      if (texts.length < mostUntold) texts.push(text);
      wait();
    },
    stop: (): void => {
      clearTimeout(timer);
      texts = [];
    },
  };
}
