import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { Kind, OperationTypeNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import type { Operation, OperationHash } from '../model/operation.ts';
import { refusal, type Refusal } from '../model/refusal.ts';
import { census, chainProblem, usedFragments, type DocumentCensus } from './document-census.ts';
import { nestsDeeperThan } from './nesting.ts';
import { persistedTexts } from './persisted-texts.ts';
import { turns } from './turns.ts';
import { parsed, validationRefusal } from './validated-document.ts';
import { variablesOf, type Variables } from './variables.ts';

export type { Variables };

export interface DocumentSettings {
  readonly maxTokens: number;
  readonly introspection: boolean;
  /** Whether messages may hint at names of the schema ("Did you mean …?"). */
  readonly suggestions: boolean;
  readonly apq: { readonly enabled: boolean; readonly limit: number };
  /** Operations kept ready, for each schema. */
  readonly cache: { readonly maxOperations: number; readonly maxBytes: number };
  /**
   * Looks at an operation once, after parsing and before the costly part of validation (it may still be invalid, but
   * its fragments are not circular). What it returns is remembered with the operation.
   */
  readonly admit: (operation: Operation) => Admitted;
}

export type Admitted =
  | { readonly ok: true; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

export interface PreparedOperation {
  readonly ok: true;
  readonly operation: Operation;
  /** What `admit` had to say about it. */
  readonly warnings: readonly string[];
}

export type Prepared = PreparedOperation | { readonly ok: false; readonly refusal: Refusal };

export type TextRequest = Pick<GraphQLRequest, 'method' | 'query' | 'operationName' | 'extensions'>;

export interface Documents {
  /** The operation of a request when it was prepared before, at the cost of a lookup. */
  readonly known: (request: TextRequest, schema: GraphQLSchema) => PreparedOperation | undefined;
  /** Parses, admits and validates what is not known yet; never rejects for anything a client can send. */
  readonly prepare: (request: TextRequest, schema: GraphQLSchema) => Promise<Prepared>;
  /** Variable values for an operation of `prepare`. */
  readonly variables: (
    operation: Operation,
    given: Readonly<Record<string, unknown>>,
    schema: GraphQLSchema,
  ) => Variables;
}

const deepestNesting = 500;
const longestChain = 200;
const mostOperations = 100;
const mostMergeWork = 2_000_000;
const longestWaitMs = 400;
const shortQueue = 20;
/** Bytes an operation takes for each character of its text, syntax tree and all; measured. */
const bytesPerCharacter = 120;

/** Request -> parsed, valid operation, reduced to the one that is meant; kept for the next request. */
export function documents(settings: DocumentSettings): Documents {
  const texts = persistedTexts(settings.apq);
  const turn = turns({ longestWaitMs, shortQueue }, Date.now);
  const caches = new WeakMap<GraphQLSchema, LRUCache<string, PreparedOperation>>();
  const cacheOf = (schema: GraphQLSchema): LRUCache<string, PreparedOperation> => {
    const cache = caches.get(schema) ?? operationCache(settings);
    caches.set(schema, cache);
    return cache;
  };
  return {
    known: (request, schema) => {
      const persisted = Object.hasOwn(request.extensions, 'persistedQuery');
      // The hash of a text that comes along has to be checked, which `prepare` does.
      if (persisted && request.query !== undefined) return undefined;
      const found = texts.textOf(request);
      if (found.kind === 'refused') return undefined;
      const prepared = cacheOf(schema).get(keyOf(found.text, request.operationName));
      return prepared !== undefined && methodRefusal(request, prepared.operation) === undefined
        ? prepared
        : undefined;
    },
    prepare: async (request, schema) => {
      const found = texts.textOf(request);
      if (found.kind === 'refused') return { ok: false, refusal: found.refusal };
      const cache = cacheOf(schema);
      const key = keyOf(found.text, request.operationName);
      let prepared: Prepared | undefined = cache.get(key);
      if (prepared === undefined) {
        if (!(await turn.take())) return tooBusy;
        prepared =
          cache.get(key) ?? preparedOperation(found.text, request.operationName, { schema, settings });
      }
      if (!prepared.ok) return prepared;
      cache.set(key, prepared);
      if (found.remember !== undefined) texts.remember(found.remember, found.text);
      const wrongMethod = methodRefusal(request, prepared.operation);
      return wrongMethod === undefined ? prepared : { ok: false, refusal: wrongMethod };
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

const tooBusy: Prepared = {
  ok: false,
  refusal: refusal('REQUEST_CONCURRENCY_LIMITED', 'Too many new operations at once. Try again shortly.'),
};

function operationCache({ cache }: DocumentSettings): LRUCache<string, PreparedOperation> {
  return new LRUCache({
    max: cache.maxOperations,
    maxSize: cache.maxBytes,
    sizeCalculation: ({ operation }) => operation.text.length * bytesPerCharacter + 2048,
  });
}

/** No GraphQL text holds NUL, so a key with a name is never a text of its own. */
function keyOf(text: string, operationName: string | undefined): string {
  return operationName === undefined ? text : `\u0000${operationName}\u0000${text}`;
}

function methodRefusal(request: TextRequest, { kind }: Operation): Refusal | undefined {
  if (kind === 'subscription')
    return refusal('BAD_REQUEST', 'Subscriptions are not answered over plain HTTP.');
  if (request.method !== 'GET' || kind === 'query') return undefined;
  return refusal('METHOD_NOT_ALLOWED', 'GET requests may only ask queries; send mutations by POST.');
}

interface Preparation {
  readonly schema: GraphQLSchema;
  readonly settings: DocumentSettings;
}

function preparedOperation(
  text: string,
  name: string | undefined,
  { schema, settings }: Preparation,
): Prepared {
  if (nestsDeeperThan(text, deepestNesting)) {
    return refused(
      'MAX_DEPTH_LIMIT',
      `The operation is nested more than ${String(deepestNesting)} levels deep.`,
    );
  }
  const document = parsed(text, settings);
  if (!document.ok) return document;
  const counted = census(document.document);
  const tooLarge = sizeRefusal(counted);
  if (tooLarge !== undefined) return { ok: false, refusal: tooLarge };
  const chosen = chosenOperation(counted, name);
  if (typeof chosen === 'string') return refused('OPERATION_RESOLUTION_FAILURE', chosen);
  const operation: Operation = {
    hash: hashOf(text, name),
    text,
    document: { kind: Kind.DOCUMENT, definitions: [chosen, ...usedFragments(counted, chosen)] },
    name: chosen.name?.value,
    kind: kindOf(chosen),
  };
  const admitted = settings.admit(operation);
  if (!admitted.ok) return admitted;
  const invalid = validationRefusal(schema, document.document, text, settings);
  return invalid === undefined
    ? { ok: true, operation, warnings: admitted.warnings }
    : { ok: false, refusal: invalid };
}

/** Bounds on what validation would have to do; the rules are recursive, and one of them is quadratic. */
function sizeRefusal(counted: DocumentCensus): Refusal | undefined {
  if (counted.operations.length > mostOperations) {
    return refusal('BAD_REQUEST', `The document has more than ${String(mostOperations)} operations.`);
  }
  if (counted.mergeWork > mostMergeWork) {
    return refusal('MAX_HEIGHT_LIMIT', 'The document selects fields of the same name too many times.');
  }
  const chains = chainProblem(counted, longestChain);
  if (chains === 'circle')
    return refusal('GRAPHQL_VALIDATION_FAILED', 'Fragments spread one another in a circle.');
  if (chains === undefined) return undefined;
  return refusal('MAX_DEPTH_LIMIT', `Fragments spread one another more than ${String(longestChain)} deep.`);
}

function chosenOperation(
  { operations }: DocumentCensus,
  name: string | undefined,
): OperationDefinitionNode | string {
  if (name !== undefined) {
    const named = operations.find((operation) => operation.name?.value === name);
    return named ?? `The document has no operation named "${name.slice(0, 100)}".`;
  }
  const [only, another] = operations;
  if (only === undefined) return 'The document has no operation.';
  return another === undefined ? only : 'The document has several operations: send "operationName".';
}

function kindOf({ operation }: OperationDefinitionNode): Operation['kind'] {
  if (operation === OperationTypeNode.QUERY) return 'query';
  return operation === OperationTypeNode.MUTATION ? 'mutation' : 'subscription';
}

function hashOf(text: string, name: string | undefined): OperationHash {
  const hash = createHash('sha256')
    .update(text)
    .update('\u0000')
    .update(name ?? '');
  return hash.digest('hex') as OperationHash; // the one place where a digest becomes an OperationHash
}

function refused(code: Refusal['code'], message: string): Prepared {
  return { ok: false, refusal: refusal(code, message) };
}
