import type { GraphQLRequest } from '../model/graphql-request.ts';
import { refusal, type Refusal } from '../model/refusal.ts';

/** The GraphQL part of a request. */
export type RequestShape = Pick<GraphQLRequest, 'query' | 'operationName' | 'variables' | 'extensions'>;

export type Shaped<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

const deepestValue = 200;
const empty: Readonly<Record<string, unknown>> = Object.freeze({});

/** Parses a body; messages never repeat what was sent. */
export function parsedJson(text: string): Shaped<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return bad(text === '' ? 'The request has no body.' : 'The request body is not JSON.');
  }
}

/** One GraphQL request out of a JSON value; `null` counts as left out. */
export function requestShape(value: unknown): Shaped<RequestShape> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return bad('The request body must be a JSON object with "query".');
  }
  // Own properties only: a body may hold a key called __proto__.
  const given = (name: string): unknown =>
    Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  const query = text(given('query'), 'query');
  if (!query.ok) return query;
  const operationName = text(given('operationName'), 'operationName');
  if (!operationName.ok) return operationName;
  const variables = mapping(given('variables'), 'variables');
  if (!variables.ok) return variables;
  const extensions = mapping(given('extensions'), 'extensions');
  if (!extensions.ok) return extensions;
  if (query.value === undefined && !Object.hasOwn(extensions.value, 'persistedQuery')) {
    return bad('The request has no "query".');
  }
  return {
    ok: true,
    value: {
      query: query.value,
      operationName: operationName.value,
      variables: variables.value,
      extensions: extensions.value,
    },
  };
}

/** One GraphQL request out of a URL's query string; each parameter may stand there once. */
export function queryShape(search: string): Shaped<RequestShape> {
  const parameters = new URLSearchParams(search);
  const value: Record<string, unknown> = {};
  for (const name of ['query', 'operationName', 'variables', 'extensions'] as const) {
    const [text, another] = parameters.getAll(name);
    if (another !== undefined) return bad(`"${name}" is given twice.`);
    if (text === undefined || text === '') continue;
    if (name === 'query' || name === 'operationName') {
      value[name] = text;
      continue;
    }
    const json = parsedJson(text);
    if (!json.ok) return bad(`"${name}" is not JSON.`);
    value[name] = json.value;
  }
  return requestShape(value);
}

/** Empty text counts as left out. */
function text(value: unknown, name: string): Shaped<string | undefined> {
  if (value === undefined || value === null || value === '') return { ok: true, value: undefined };
  return typeof value === 'string' ? { ok: true, value } : bad(`"${name}" must be a string.`);
}

function mapping(value: unknown, name: string): Shaped<Readonly<Record<string, unknown>>> {
  if (value === undefined || value === null) return { ok: true, value: empty };
  if (typeof value !== 'object' || Array.isArray(value)) return bad(`"${name}" must be a JSON object.`);
  if (deeperThan(value, deepestValue))
    return bad(`"${name}" is nested more than ${String(deepestValue)} levels deep.`);
  return { ok: true, value: value as Readonly<Record<string, unknown>> };
}

/** Without recursion: everything behind this may recurse, because of this. */
function deeperThan(value: object, limit: number): boolean {
  let level: object[] = [value];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((one) => Object.values(one).filter(isObject));
  }
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function bad(message: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: refusal('BAD_REQUEST', message) };
}
