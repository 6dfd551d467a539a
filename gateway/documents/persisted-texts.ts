import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { refusal, type Refusal } from '../model/refusal.ts';

/** The text a request means, and the hash to remember it by once it has proved valid. */
export type RequestText =
  | { readonly kind: 'text'; readonly text: string; readonly remember: string | undefined }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface PersistedTexts {
  readonly textOf: (request: {
    readonly query: string | undefined;
    readonly extensions: Readonly<Record<string, unknown>>;
  }) => RequestText;
  readonly remember: (hash: string, text: string) => void;
}

const largestTotal = 32 * 1024 * 1024;

/** Automatic persisted queries: texts by their sha256, the least recently used forgotten first. */
export function persistedTexts(settings: {
  readonly enabled: boolean;
  readonly limit: number;
}): PersistedTexts {
  const known = new LRUCache<string, string>({
    max: settings.limit,
    maxSize: largestTotal,
    sizeCalculation: (text) => text.length * 2 + 128,
  });
  return {
    remember: (hash, text) => void known.set(hash, text),
    textOf: ({ query, extensions }) => {
      const persisted = Object.hasOwn(extensions, 'persistedQuery')
        ? extensions['persistedQuery']
        : undefined;
      if (persisted === undefined || persisted === null) return plainText(query);
      if (!settings.enabled) return refused('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
      const hash = hashIn(persisted);
      if (hash === undefined) {
        return refused(
          'BAD_REQUEST',
          'extensions.persistedQuery needs "version": 1 and a "sha256Hash" of 64 hex digits.',
        );
      }
      if (query !== undefined) return checkedText(query, hash);
      const text = known.get(hash);
      if (text === undefined) return refused('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
      return { kind: 'text', text, remember: undefined };
    },
  };
}

function plainText(query: string | undefined): RequestText {
  if (query !== undefined) return { kind: 'text', text: query, remember: undefined };
  return refused('BAD_REQUEST', 'The request has no "query".');
}

function checkedText(query: string, hash: string): RequestText {
  if (createHash('sha256').update(query).digest('hex') === hash)
    return { kind: 'text', text: query, remember: hash };
  return refused('PERSISTED_QUERY_HASH_MISMATCH', 'provided sha does not match query');
}

function hashIn(persisted: unknown): string | undefined {
  if (typeof persisted !== 'object' || persisted === null) return undefined;
  const { version, sha256Hash } = persisted as { readonly version?: unknown; readonly sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== 'string') return undefined;
  return /^[0-9a-f]{64}$/.test(sha256Hash) ? sha256Hash : undefined;
}

function refused(code: Refusal['code'], message: string): RequestText {
  return { kind: 'refused', refusal: refusal(code, message) };
}
