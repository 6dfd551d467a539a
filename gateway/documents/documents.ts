import { Kind, type GraphQLSchema } from 'graphql';
import type { ManifestDocument } from '../../schema/documents/documents.ts';
import { defaultProfile } from '../model/client-profile.ts';
import type { Operation } from '../model/operation.ts';
import { anonymous } from '../model/principal.ts';
import { known, prepare, type Asker, type Parts, type TextRequest } from './asked-operation.ts';
import type { Admitted, DocumentSettings, Prepared, PreparedOperation } from './document-settings.ts';
import { keyOf, operationCaches, type OperationCacheStats } from './operation-cache.ts';
import { persistedTexts } from './persisted-texts.ts';
import { preparedOperation } from './prepared-operation.ts';
import { trust } from './trust.ts';
import {
  trustedDocuments,
  type TrustedDocuments,
  type TrustedSettings,
  type TrustRule,
} from './trusted-documents.ts';
import type { TrustedSet } from './trusted-set.ts';
import { turns } from './turns.ts';
import { variablesOf, type Variables } from './variables.ts';

export type {
  Admitted,
  Asker,
  DocumentSettings,
  Prepared,
  PreparedOperation,
  TextRequest,
  TrustedDocuments,
  TrustedSet,
  TrustedSettings,
  TrustRule,
  Variables,
};

export interface Documents {
  /** The operation of a request when it was prepared before, at the cost of a lookup. */
  readonly known: (
    request: TextRequest,
    schema: GraphQLSchema,
    asker?: Asker,
  ) => PreparedOperation | undefined;
  /** Parses, admits and validates what is not known yet; never rejects for anything a client can send. */
  readonly prepare: (request: TextRequest, schema: GraphQLSchema, asker?: Asker) => Promise<Prepared>;
  /** `undefined`: no documents are trusted. */
  readonly trusted: TrustedDocuments | undefined;
  /** Prepares an operation of a document that clients shipped, whoever may ask for it. */
  readonly prepareListed: (
    document: ManifestDocument,
    name: string | undefined,
    schema: GraphQLSchema,
  ) => Prepared;
  /** Lets go of files and of the store. */
  readonly close: () => Promise<void>;
  /** Of operations that are kept ready. */
  readonly stats: () => OperationCacheStats & { readonly hits: number; readonly misses: number };
  /** Variable values for an operation of `prepare`. */
  readonly variables: (
    operation: Operation,
    given: Readonly<Record<string, unknown>>,
    schema: GraphQLSchema,
  ) => Variables;
}

const longestWaitMs = 400;
const shortQueue = 20;
const nobody: Asker = { principal: anonymous, profile: defaultProfile };

/** Request -> parsed, valid operation, reduced to the one that is meant; kept for the next request. */
export function documents(settings: DocumentSettings): Documents {
  const trusted = settings.trusted && trustedDocuments(settings.trusted);
  const rules = settings.trusted && trusted && trust(settings.trusted, trusted);
  const caches = operationCaches(settings);
  const parts: Parts = {
    settings,
    rules,
    texts: persistedTexts(settings.apq, rules?.document),
    turn: turns({ longestWaitMs, shortQueue }, Date.now),
    cacheOf: caches.of,
    counts: { hits: 0, misses: 0 },
  };
  return {
    known: (request, schema, asker = nobody) => known({ request, schema, asker }, parts),
    prepare: (request, schema, asker = nobody) => prepare({ request, schema, asker }, parts),
    trusted,
    stats: () => ({ ...caches.stats(), ...parts.counts }),
    close: async () => {
      await Promise.all([trusted?.close(), settings.apq.store?.close()]);
    },
    prepareListed: ({ text, client }, name, schema) => {
      const cache = parts.cacheOf(schema);
      const key = keyOf(text, name);
      const admit = (operation: Operation): Admitted =>
        settings.admit(operation, settings.profileOfClient?.(client) ?? defaultProfile);
      const prepared = cache.get(key) ?? preparedOperation({ text, name }, { schema, settings, admit });
      if (prepared.ok) cache.set(key, prepared);
      return prepared;
    },
    variables: (operation, given, schema) => {
      const definition = operation.document.definitions.find(
        (node) => node.kind === Kind.OPERATION_DEFINITION,
      );
      if (definition === undefined) throw new Error('an operation without a definition');
      return variablesOf(definition, given, schema);
    },
  };
}
