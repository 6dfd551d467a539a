import type { GraphQLRequest } from '../model/graphql-request.ts';
import { refusal, type Refusal } from '../model/refusal.ts';

/** The GraphQL part of a request. */
export type RequestShape = Pick<
  GraphQLRequest,
  'query' | 'documentId' | 'operationName' | 'variables' | 'extensions'
>;

export type Shaped<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** Bounds on `variables` and on `extensions`, each. */
export interface JsonLimits {
  /** At most 200: what comes behind may recurse. */
  readonly maxDepth: number;
  /** Keys of objects and items of lists. */
  readonly maxKeys: number;
}

const empty: Readonly<Record<string, unknown>> = Object.freeze({});

/** Parses a body; messages never repeat what was sent. */
export function parsedJson(text: string): Shaped<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return bad(text === '' ? 'The request has no body.' : 'The request body is not JSON.');
  }
}

/** One GraphQL request out of a JSON value; `null` counts as left out. The address may name its document. */
export function requestShape(value: unknown, limits: JsonLimits, inPath?: string): Shaped<RequestShape> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad('The request body must be a JSON object with "query".');
  }
  // Own properties only: a body may hold a key called __proto__.
  const given = (name: string): unknown =>
    Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  const query = text(given('query'), 'query');
  if (!query.ok) return query;
  const documentId = idOf(given('documentId'), inPath);
  if (!documentId.ok) return documentId;
  const operationName = text(given('operationName'), 'operationName');
  if (!operationName.ok) return operationName;
  const variables = mapping(given('variables'), 'variables', limits);
  if (!variables.ok) return variables;
  const extensions = mapping(given('extensions'), 'extensions', limits);
  if (!extensions.ok) return extensions;
  if ((query.value ?? documentId.value) === undefined && !Object.hasOwn(extensions.value, 'persistedQuery')) {
    return bad('The request has no "query".');
  }
  return {
    ok: true,
    value: {
      query: query.value,
      documentId: documentId.value,
      operationName: operationName.value,
      variables: variables.value,
      extensions: extensions.value,
    },
  };
}

function idOf(value: unknown, inPath: string | undefined): Shaped<string | undefined> {
  const id = text(value ?? inPath, 'documentId');
  if (!id.ok || inPath === undefined || id.value === inPath) return id;
  return bad('"documentId" is not that of the path.');
}

/** One GraphQL request out of a URL's query string; each parameter may stand there once. */
export function queryShape(search: string, limits: JsonLimits, inPath?: string): Shaped<RequestShape> {
  const parameters = new URLSearchParams(search);
  const value: Record<string, unknown> = {};
  for (const name of ['query', 'documentId', 'operationName', 'variables', 'extensions'] as const) {
    const [text, another] = parameters.getAll(name);
    if (another !== undefined) return bad(`"${name}" is given twice.`);
    if (text === undefined || text === '') continue;
    if (name !== 'variables' && name !== 'extensions') {
      value[name] = text;
      continue;
    }
    const json = parsedJson(text);
    if (!json.ok) return bad(`"${name}" is not JSON.`);
    value[name] = json.value;
  }
  return requestShape(value, limits, inPath);
}

/** Empty text counts as left out. */
function text(value: unknown, name: string): Shaped<string | undefined> {
  if (value === undefined || value === null || value === '') return { ok: true, value: undefined };
  return typeof value === 'string' ? { ok: true, value } : bad(`"${name}" must be a string.`);
}

function mapping(
  value: unknown,
  name: string,
  limits: JsonLimits,
): Shaped<Readonly<Record<string, unknown>>> {
  if (value === undefined || value === null) return { ok: true, value: empty };
  if (typeof value !== 'object' || Array.isArray(value)) return bad(`"${name}" must be a JSON object.`);
  const tooMuch = overLimits(value, name, limits);
  return tooMuch === undefined
    ? { ok: true, value: value as Readonly<Record<string, unknown>> }
    : { ok: false, refusal: tooMuch };
}

/** Level by level, without recursion: everything behind this may recurse, because of this. */
function overLimits(value: object, name: string, { maxDepth, maxKeys }: JsonLimits): Refusal | undefined {
  let keys = 0;
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) {
      const allowed = `at most ${String(maxDepth)} allowed, limits.json_max_depth`;
      return refusal('MAX_JSON_DEPTH_LIMIT', `"${name}" is nested too deeply (${allowed}).`);
    }
    const below: object[] = [];
    for (const one of level) keys += gatherObjects(Object.values(one), below);
    if (keys > maxKeys) {
      const allowed = `at most ${String(maxKeys)} allowed, limits.json_max_keys`;
      return refusal(
        'MAX_JSON_KEYS_LIMIT',
        `"${name}" has more than ${String(maxKeys)} keys and items (${allowed}).`,
      );
    }
    level = below;
  }
  return undefined;
}

/** Gives how many values there are. */
function gatherObjects(values: readonly unknown[], into: object[]): number {
  for (const value of values) if (typeof value === 'object' && value !== null) into.push(value);
  return values.length;
}

function bad(message: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: refusal('BAD_REQUEST', message) };
}
