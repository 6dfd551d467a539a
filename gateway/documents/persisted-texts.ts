import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ManifestDocument } from '../../schema/documents/documents.ts';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import { refusal, type Refusal } from '../model/refusal.ts';
import type { SharedStore } from '../model/store.ts';

export interface PersistedTextSettings {
  readonly enabled: boolean;
  /** Texts kept in memory. */
  readonly limit: number;
  /** Of all texts kept in memory, in bytes. */
  readonly maxBytes?: number;
  /** Where gateways share texts. */
  readonly store?: SharedStore | undefined;
}

/** The text a request means. */
export type RequestText =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** The hash to remember the text by once it has proved valid. */
      readonly remember: string | undefined;
      /** The document that was asked for by its id. */
      readonly document: ManifestDocument | undefined;
    }
  /** Not known here; other gateways may know it. */
  | { readonly kind: 'hash'; readonly hash: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export type AskedText = Pick<GraphQLRequest, 'query' | 'documentId' | 'extensions'> &
  Partial<Pick<GraphQLRequest, 'headers'>>;

/** The document that an id means for a client. */
export type FindDocument = (
  id: string,
  headers: GraphQLRequest['headers'] | undefined,
) => ManifestDocument | undefined;

export interface PersistedTexts {
  readonly textOf: (request: AskedText) => RequestText;
  /** Looks for a text where gateways share them; `undefined` when it is not there, or what is there is not it. */
  readonly shared: (hash: string) => Promise<string | undefined>;
  /** Here, and where gateways share texts; does not wait for that. */
  readonly remember: (hash: string, text: string) => void;
}

const largestTotal = 32 * 1024 * 1024;
const longestId = 512;

/**
 * Texts that requests name instead of sending them: documents by their ids, and automatic persisted queries by their
 * sha256, the least recently used forgotten first. `find` is there when documents are listed.
 */
export function persistedTexts(settings: PersistedTextSettings, find?: FindDocument): PersistedTexts {
  const { store } = settings;
  const known = new LRUCache<string, string>({
    max: settings.limit,
    maxSize: settings.maxBytes ?? largestTotal,
    sizeCalculation: (text) => text.length * 2 + 128,
  });
  const asking: Asking = { settings, known, find };
  return {
    textOf: (request) => {
      const { query, documentId, extensions } = request;
      const persisted = Object.hasOwn(extensions, 'persistedQuery') ? extensions['persistedQuery'] : null;
      if (documentId !== undefined) return byDocumentId(documentId, request, find);
      return persisted === undefined || persisted === null
        ? plainText(query)
        : persistedText(persisted, request, asking);
    },
    shared: async (hash) => {
      const found = await store?.read(hash);
      // Whoever can write there must not decide what a hash means.
      return found?.kind === 'hit' && digest(found.text) === hash ? found.text : undefined;
    },
    remember: (hash, text) => {
      if (known.has(hash)) return;
      known.set(hash, text);
      void store?.write(hash, text); // never rejects, and nobody waits for it
    },
  };
}

interface Asking {
  readonly settings: PersistedTextSettings;
  readonly known: LRUCache<string, string>;
  readonly find: FindDocument | undefined;
}

function plainText(query: string | undefined): RequestText {
  return query === undefined ? refused('BAD_REQUEST', 'The request has no "query".') : textOf(query);
}

function byDocumentId(
  id: string,
  { query, extensions, headers }: AskedText,
  find: FindDocument | undefined,
): RequestText {
  if (query !== undefined || Object.hasOwn(extensions, 'persistedQuery')) return idAndBody;
  const document = id.length > longestId ? undefined : find?.(id, headers);
  return document === undefined ? notListed : textOf(document.text, { document });
}

/** Apollo's extension: the hash of a text, or the id of a document. */
function persistedText(persisted: unknown, { query, headers }: AskedText, asking: Asking): RequestText {
  const { settings, known, find } = asking;
  const id = idIn(persisted);
  const isHash = id !== undefined && /^[0-9a-f]{64}$/.test(id);
  if (find !== undefined && id !== undefined && query === undefined) {
    const document = find(id, headers);
    if (document !== undefined) return textOf(document.text, { document });
    if (!settings.enabled || !isHash) return notListed;
  }
  if (!settings.enabled) return notSupported;
  if (!isHash) return oddHash;
  return query === undefined ? rememberedText(id, asking, known.get(id)) : checkedText(query, id);
}

function rememberedText(hash: string, { settings }: Asking, text: string | undefined): RequestText {
  if (text !== undefined) return textOf(text);
  return settings.store === undefined ? notFound : { kind: 'hash', hash };
}

function checkedText(query: string, hash: string): RequestText {
  if (digest(query) === hash) return textOf(query, { remember: hash });
  return refused('PERSISTED_QUERY_HASH_MISMATCH', 'provided sha does not match query');
}

function idIn(persisted: unknown): string | undefined {
  if (typeof persisted !== 'object' || persisted === null) return undefined;
  const { version, sha256Hash } = persisted as { readonly version?: unknown; readonly sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== 'string' || sha256Hash.length > longestId) return undefined;
  return sha256Hash;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

type Named = Partial<Pick<Extract<RequestText, { kind: 'text' }>, 'remember' | 'document'>>;

function textOf(text: string, { remember, document }: Named = {}): RequestText {
  return { kind: 'text', text, remember, document };
}

function refused(code: Refusal['code'], message: string): Extract<RequestText, { kind: 'refused' }> {
  return { kind: 'refused', refusal: refusal(code, message) };
}

/** What a hash is answered with that no gateway knows. */
export const notFound = refused('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
const notSupported = refused('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported');
const notListed = refused(
  'PERSISTED_QUERY_NOT_IN_LIST',
  'No document with this id is listed for this client.',
);
const idAndBody = refused(
  'CANNOT_SEND_PQ_ID_AND_BODY',
  'A request names its document by an id or holds the text of an operation, not both.',
);
const oddHash = refused(
  'BAD_REQUEST',
  'extensions.persistedQuery needs "version": 1 and a "sha256Hash" of 64 hex digits.',
);
