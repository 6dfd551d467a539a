import { LRUCache } from 'lru-cache';
import type { GraphQLSchema } from 'graphql';
import type { DocumentSettings, PreparedOperation } from './document-settings.ts';

/** Operations that are ready, for one schema, by `keyOf`. */
export type OperationCache = LRUCache<string, PreparedOperation>;

/** Bytes an operation takes for each character of its text, syntax tree and all; measured. */
const bytesPerCharacter = 120;

export interface OperationCacheStats {
  readonly entries: number;
  readonly bytes: number;
}

export interface OperationCaches {
  /** For as long as the schema is used. */
  readonly of: (schema: GraphQLSchema) => OperationCache;
  /** Of the schema that was asked for last. */
  readonly stats: () => OperationCacheStats;
}

/** A cache for each schema. */
export function operationCaches({
  cache: { maxOperations, maxBytes },
}: Pick<DocumentSettings, 'cache'>): OperationCaches {
  let last: OperationCache | undefined;
  const caches = new WeakMap<GraphQLSchema, OperationCache>();
  const of: OperationCaches['of'] = (schema) => {
    const known = caches.get(schema);
    if (known !== undefined) return (last = known);
    const made: OperationCache = new LRUCache({
      max: maxOperations,
      maxSize: maxBytes,
      sizeCalculation: ({ operation }) => operation.text.length * bytesPerCharacter + 2048,
    });
    caches.set(schema, made);
    return (last = made);
  };
  return { of, stats: () => ({ entries: last?.size ?? 0, bytes: last?.calculatedSize ?? 0 }) };
}

/** No GraphQL text holds NUL, so a key with a name is never a text of its own. */
export function keyOf(text: string, operationName: string | undefined): string {
  return operationName === undefined ? text : `\u0000${operationName}\u0000${text}`;
}
