import { LRUCache } from 'lru-cache';
import { Kind, type GraphQLSchema } from 'graphql';
import type { ManifestDocument } from '../../schema/documents/documents.ts';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import type { Operation } from '../model/operation.ts';
import { anonymous, type Principal } from '../model/principal.ts';
import { refusal, type Refusal } from '../model/refusal.ts';
import { chosenOperation, hashOf, kindOf } from './chosen-operation.ts';
import { census, chainProblem, usedFragments, type DocumentCensus } from './document-census.ts';
import { textProblem } from './nesting.ts';
import {
  notFound,
  persistedTexts,
  type PersistedTexts,
  type PersistedTextSettings,
  type RequestText,
} from './persisted-texts.ts';
import { trust, type Claim, type Trust } from './trust.ts';
import { trustedDocuments, type TrustedDocuments, type TrustedSettings } from './trusted-documents.ts';
import type { TrustedSet } from './trusted-set.ts';
import { turns, type Turns } from './turns.ts';
import { parsed, tokenRefusal, validationRefusal } from './validated-document.ts';
import { variablesOf, type Variables } from './variables.ts';

export type { TrustedDocuments, TrustedSet, TrustedSettings, Variables };

export interface DocumentSettings {
  readonly maxTokens: number;
  readonly introspection: boolean;
  /** Whether messages may hint at names of the schema ("Did you mean …?"). */
  readonly suggestions: boolean;
  readonly apq: PersistedTextSettings;
  /** Documents that clients shipped; `undefined`: none are known. */
  readonly trusted?: TrustedSettings | undefined;
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
  /** The id of the trusted document that asks this. */
  readonly document?: string | undefined;
}

export type Prepared = PreparedOperation | { readonly ok: false; readonly refusal: Refusal };

export type TextRequest = Pick<
  GraphQLRequest,
  'method' | 'query' | 'documentId' | 'operationName' | 'extensions'
> &
  Partial<Pick<GraphQLRequest, 'headers'>>;

export interface Documents {
  /** The operation of a request when it was prepared before, at the cost of a lookup. */
  readonly known: (
    request: TextRequest,
    schema: GraphQLSchema,
    principal?: Principal,
  ) => PreparedOperation | undefined;
  /** Parses, admits and validates what is not known yet; never rejects for anything a client can send. */
  readonly prepare: (request: TextRequest, schema: GraphQLSchema, principal?: Principal) => Promise<Prepared>;
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
  const trusted = settings.trusted && trustedDocuments(settings.trusted);
  const rules = settings.trusted && trusted && trust(settings.trusted, trusted);
  const caches = new WeakMap<GraphQLSchema, OperationCache>();
  const parts: Parts = {
    settings,
    rules,
    texts: persistedTexts(settings.apq, rules?.document),
    turn: turns({ longestWaitMs, shortQueue }, Date.now),
    cacheOf: (schema) => {
      const cache = caches.get(schema) ?? operationCache(settings);
      caches.set(schema, cache);
      return cache;
    },
  };
  return {
    known: (request, schema, principal = anonymous) => known({ request, schema, principal }, parts),
    prepare: (request, schema, principal = anonymous) => prepare({ request, schema, principal }, parts),
    trusted,
    close: async () => {
      await Promise.all([trusted?.close(), settings.apq.store?.close()]);
    },
    prepareListed: ({ text }, name, schema) => {
      const cache = parts.cacheOf(schema);
      const key = keyOf(text, name);
      const prepared = cache.get(key) ?? preparedOperation(text, name, { schema, settings });
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

type OperationCache = LRUCache<string, PreparedOperation>;

interface Parts {
  readonly settings: DocumentSettings;
  /** `undefined`: whatever is valid may be asked. */
  readonly rules: Trust | undefined;
  readonly texts: PersistedTexts;
  readonly turn: Turns;
  readonly cacheOf: (schema: GraphQLSchema) => OperationCache;
}

interface Asked {
  readonly request: TextRequest;
  readonly schema: GraphQLSchema;
  readonly principal: Principal;
}

function known(
  { request, schema, principal }: Asked,
  { texts, rules, cacheOf }: Parts,
): PreparedOperation | undefined {
  const persisted = Object.hasOwn(request.extensions, 'persistedQuery');
  // The hash of a text that comes along has to be checked, which `prepare` does.
  if (persisted && request.query !== undefined) return undefined;
  const found = texts.textOf(request);
  if (found.kind !== 'text') return undefined;
  const prepared = cacheOf(schema).get(keyOf(found.text, nameIn(request, found, rules)));
  if (prepared === undefined || methodRefusal(request, prepared.operation) !== undefined) return undefined;
  if (rules === undefined) return prepared;
  const judged = judgedBy(rules, prepared, { headers: request.headers, principal, byId: found.document });
  return judged.ok ? judged : undefined;
}

async function prepare({ request, schema, principal }: Asked, parts: Parts): Promise<Prepared> {
  const { texts, rules, settings } = parts;
  let found = texts.textOf(request);
  if (found.kind === 'hash') found = sharedText(await texts.shared(found.hash), found.hash);
  if (found.kind !== 'text') return { ok: false, refusal: found.refusal };
  const { text, document, remember } = found;
  const unread = document === undefined ? rules?.refusesTexts(principal) : undefined;
  if (unread !== undefined) return { ok: false, refusal: unread };
  const claim = { headers: request.headers, principal, byId: document };
  const prepared = await preparedOnce(
    { text, name: nameIn(request, found, rules) },
    { schema, settings: vetted(settings, rules, claim) },
    parts,
  );
  if (!prepared.ok) return prepared;
  const judged = rules === undefined ? prepared : judgedBy(rules, prepared, claim);
  if (!judged.ok) return judged;
  if (remember !== undefined) texts.remember(remember, text);
  const wrongMethod = methodRefusal(request, prepared.operation);
  return wrongMethod === undefined ? judged : { ok: false, refusal: wrongMethod };
}

interface NamedText {
  readonly text: string;
  readonly name: string | undefined;
}

async function preparedOnce(
  { text, name }: NamedText,
  preparation: Preparation,
  { turn, cacheOf }: Parts,
): Promise<Prepared> {
  const cache = cacheOf(preparation.schema);
  const key = keyOf(text, name);
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (!(await turn.take())) return tooBusy;
  const prepared = cache.get(key) ?? preparedOperation(text, name, preparation);
  if (prepared.ok) cache.set(key, prepared);
  return prepared;
}

type FoundText = Extract<RequestText, { kind: 'text' }>;

function sharedText(text: string | undefined, hash: string): FoundText | typeof notFound {
  if (text === undefined) return notFound;
  return { kind: 'text', text, remember: hash, document: undefined };
}

function nameIn(
  { operationName }: TextRequest,
  { document }: FoundText,
  rules: Trust | undefined,
): string | undefined {
  return operationName ?? (document && rules?.soleName(document));
}

function judgedBy(rules: Trust, prepared: PreparedOperation, claim: Claim): Prepared {
  const judgement = rules.judge(prepared.operation, claim);
  if (!judgement.ok) return judgement;
  const { document, unlisted } = judgement;
  if (document === undefined && !unlisted) return prepared;
  const warnings = unlisted ? [...prepared.warnings, 'QUERY_NOT_IN_SAFELIST'] : prepared.warnings;
  return { ...prepared, document, warnings };
}

/** What may not be asked is refused before the costly part of validation. */
function vetted(settings: DocumentSettings, rules: Trust | undefined, claim: Claim): DocumentSettings {
  if (rules === undefined) return settings;
  return {
    ...settings,
    admit: (operation) => {
      const admitted = settings.admit(operation);
      if (!admitted.ok) return admitted;
      const judgement = rules.judge(operation, claim);
      return judgement.ok ? admitted : judgement;
    },
  };
}

const tooBusy: Prepared = {
  ok: false,
  refusal: refusal('REQUEST_CONCURRENCY_LIMITED', 'Too many new operations at once. Try again shortly.'),
};

function operationCache({ cache }: DocumentSettings): OperationCache {
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
  const tooMuch = textRefusal(text, settings);
  if (tooMuch !== undefined) return { ok: false, refusal: tooMuch };
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

function textRefusal(text: string, { maxTokens }: DocumentSettings): Refusal | undefined {
  const problem = textProblem(text, { depth: deepestNesting, comments: maxTokens });
  if (problem === 'too many comments') return tokenRefusal(maxTokens);
  const sentence = `The operation is nested more than ${String(deepestNesting)} levels deep.`;
  return problem === undefined ? undefined : refusal('MAX_DEPTH_LIMIT', sentence);
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

function refused(code: Refusal['code'], message: string): Prepared {
  return { ok: false, refusal: refusal(code, message) };
}
