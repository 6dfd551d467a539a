import { dropRequests } from './drop-requests.ts';
import type { SchemaFacts } from './schema-facts.ts';

export interface DropLogParts {
  readonly drop: (tags: readonly string[], position: number) => void;
  /** Drops everything that was asked for before `position`. */
  readonly forgetBefore: (position: number) => void;
  /** Told what is wrong with a text that drops nothing; anybody may write to a log. */
  readonly onStrange: (problem: string) => void;
}

/** Understands what stands in the log of drops. */
export interface DropLog {
  readonly read: (text: string, position: number) => void;
  /** The schema that is served from now on: what could not be understood so far may be, by this one. */
  readonly serve: (facts: SchemaFacts) => void;
}

interface Unread {
  readonly request: unknown;
  readonly position: number;
}

/** As many as a gateway that starts finds in the log. */
const mostUnread = 10_000;
/** Characters. Anybody may write to the log; for longer ones there is no room. */
const longestUnread = 4_096;

/**
 * Gateways write tags; subgraphs write invalidations as they would be posted, and these say nothing without a schema. They
 * wait for one: the log is read before the first supergraph is there, and another gateway may have the next one already,
 * and keep entries of subgraphs that are unknown here.
 */
export function dropLog({ drop, forgetBefore, onStrange }: DropLogParts): DropLog {
  let facts: SchemaFacts | undefined;
  let unread: Unread[] = [];
  /** Where the last one stood that there was no room for; nothing that was asked for before it is believed. */
  let forgotten: number | undefined;
  const understand = (one: Unread): void => {
    const found = facts && dropRequests([one.request], facts);
    if (found?.kind === 'tags') {
      drop(found.tags, one.position);
      return;
    }
    if (found !== undefined) onStrange(found.problem);
    if (JSON.stringify(one.request).length > longestUnread) {
      forgotten = one.position;
      return;
    }
    unread.push(one);
    if (unread.length > mostUnread) forgotten = Math.max(unread.shift()?.position ?? 0, forgotten ?? 0);
  };
  return {
    read: (text, position) => {
      const read = parsed(text);
      const tags = tagsIn(read);
      if (tags !== undefined) drop(tags, position);
      else if (Array.isArray(read)) for (const request of read) understand({ request, position });
      else onStrange('neither tags nor an array of invalidations');
    },
    serve: (next) => {
      facts = next;
      if (forgotten !== undefined) forgetBefore(forgotten);
      forgotten = undefined;
      const again = unread;
      unread = [];
      for (const one of again) understand(one);
    },
  };
}

/** As `DropLog` reads them. */
export const tagsText = (tags: readonly string[]): string => JSON.stringify({ tags });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function tagsIn(read: unknown): readonly string[] | undefined {
  const tags = typeof read === 'object' && read !== null && 'tags' in read ? read.tags : undefined;
  return Array.isArray(tags) ? tags.filter((one): one is string => typeof one === 'string') : undefined;
}
