import type { CacheBase } from './cache-base.ts';
import { freshness, type Entry, type Freshness } from './entry.ts';
import { subgraphTag, typeTag } from './entry-tags.ts';
import { unknownSubgraph, unknownType } from './known-names.ts';
import type { SchemaFacts } from './schema-facts.ts';

/** What is told of an entry: never its data, nor whose it is. */
export interface InspectedEntry {
  readonly audience: string;
  readonly state: Freshness | 'invalidated';
  /** Seconds. */
  readonly age: number;
  readonly ttl: number;
  readonly bytes: number;
  readonly tags: readonly string[];
}

export type Inspection =
  | {
      readonly kind: 'entries';
      readonly entries: readonly InspectedEntry[];
      /** What was left out, and how to see it; `undefined`: nothing. */
      readonly note: string | undefined;
    }
  | { readonly kind: 'wrong'; readonly status: 404 | 503; readonly problem: string };

const mostShown = 100;
/** Looking at all of a million entries would hold everybody else up. */
const mostLookedAt = 200_000;
const mostTags = 50;

/** Entries in this process's memory, by `subgraph`, `type` and a part of a `tag`; the oldest first. */
export function inspected({ storage, facts }: CacheBase, search: URLSearchParams): Inspection {
  const [subgraph, type, tag] = ['subgraph', 'type', 'tag'].map((name) => search.get(name) ?? undefined);
  const wanted = wantedTags({ subgraph, type }, facts());
  if (wanted.kind === 'wrong') return wanted;
  const entries: InspectedEntry[] = [];
  let looked = 0;
  for (const [, entry] of storage.entries()) {
    if (looked === mostLookedAt) return { kind: 'entries', entries, note: notLookedAt };
    looked += 1;
    if (wanted.tags !== undefined && !entry.tags.some((one) => wanted.tags?.has(one))) continue;
    if (tag !== undefined && !entry.tags.some((one) => one.includes(tag))) continue;
    if (entries.length === mostShown) return { kind: 'entries', entries, note: notShown };
    entries.push(told(entry, storage));
  }
  return { kind: 'entries', entries, note: undefined };
}

const notShown = `only the oldest ${String(mostShown)} are shown, there are more: narrow them by subgraph, type or tag`;
const notLookedAt = `only the oldest ${mostLookedAt.toLocaleString('en-US')} entries in memory were looked at: for all there are counts alone`;

type Wanted =
  /** An entry has one of them; `undefined`: any entry. */
  | { readonly kind: 'tags'; readonly tags: ReadonlySet<string> | undefined }
  | Extract<Inspection, { kind: 'wrong' }>;

interface Names {
  readonly subgraph: string | undefined;
  readonly type: string | undefined;
}

function wantedTags({ subgraph, type }: Names, facts: SchemaFacts | undefined): Wanted {
  if (subgraph === undefined && type === undefined) return { kind: 'tags', tags: undefined };
  if (facts === undefined) return { kind: 'wrong', status: 503, problem: 'no supergraph is loaded yet' };
  const stranger = subgraph === undefined ? undefined : unknownSubgraph(subgraph, facts);
  if (stranger !== undefined) return { kind: 'wrong', status: 404, problem: `subgraph: ${stranger}` };
  const unknown = type === undefined ? undefined : unknownType(type, subgraph, facts);
  if (unknown !== undefined) return { kind: 'wrong', status: 404, problem: `type: ${unknown}` };
  const places = subgraph === undefined ? [...facts.subgraphs] : [subgraph];
  const tags = places.map((place) => (type === undefined ? subgraphTag(place) : typeTag(place, type)));
  return { kind: 'tags', tags: new Set(tags) };
}

function told(entry: Entry & { readonly bytes: number }, storage: CacheBase['storage']): InspectedEntry {
  const now = storage.now();
  return {
    audience: entry.audience,
    state: storage.isValid(entry) ? freshness(entry, now) : 'invalidated',
    age: Math.round((now - entry.at) / 1000),
    ttl: Math.round((entry.freshUntil - now) / 1000),
    bytes: entry.bytes,
    tags: entry.tags.slice(0, mostTags),
  };
}
