import type { LogReader } from '../model/cache-store.ts';
import type { CacheSettings } from './cache-settings.ts';
import { counters, everyType, type Counters } from './counters.ts';
import { dropLog, tagsText } from './drop-log.ts';
import { namesIn } from './entry-tags.ts';
import type { Recorder } from './recorder.ts';
import type { SchemaFacts } from './schema-facts.ts';
import { createStorage, type SharedParts, type Storage } from './storage.ts';
import { UntoldDrops } from './untold-drops.ts';

export interface BaseParts {
  /** Opens what gateways share; `undefined`: this process alone. */
  readonly open: ((reader: LogReader) => SharedParts) | undefined;
  readonly onGarbage: () => void;
  /** Told of each text in the log of drops that says nothing: what is wrong with it. */
  readonly onStrangeDrop: (problem: string) => void;
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

export function cacheBase(settings: CacheSettings, parts: BaseParts): CacheBase {
  const { open, onGarbage, onStrangeDrop, now, random, recorder } = parts;
  let facts: SchemaFacts | undefined;
  const counted = counters();
  const log = dropLog({
    drop: (tags, position) => {
      storage.drop(tags, position);
      countDrop(tags, counted, facts);
    },
    forgetBefore: (position) => storage.forgetBefore(position),
    onStrange: onStrangeDrop,
  });
  const reader: LogReader = {
    read: log.read,
    reached: (position) => storage.reached(position),
    lost: (position) => storage.forgetBefore(position),
  };
  const shared = open?.(reader);
  const { memoryBytes, maxEntryBytes } = settings;
  const storage = createStorage({ memoryBytes, maxEntryBytes }, { shared, now, random, onGarbage });
  const append = async (tags: readonly string[]): Promise<number | undefined> =>
    shared?.log.append(tagsText(tags));
  const untold = new UntoldDrops({ append, told: storage.drop });
  return {
    ...{ storage, recorder, counters: counted },
    facts: () => facts,
    serve: (next) => {
      facts = next;
      log.serve(next);
    },
    drop: async (tags) => {
      if (tags.length === 0) return true;
      // What is told to the log comes back from there, and is counted then.
      if (shared === undefined) countDrop(tags, counted, facts);
      const position = await append(tags);
      const isTold = shared === undefined || position !== undefined;
      const at = position ?? storage.position() + 1;
      storage.drop(tags, at);
      storage.reached(at);
      if (!isTold) untold.add(tags);
      return isTold;
    },
    close: async () => {
      await untold.close();
      await Promise.all([shared?.store.close(), shared?.log.close(), recorder?.close()]);
    },
  };
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
