import type { SubgraphAnswer, SubgraphError } from '../model/subgraph-call.ts';
import type { Question } from './question.ts';

type Value = object | null;

/** Codes of errors that speak of the question, or of who asks; a subgraph that gives them can answer. */
const aboutTheCaller: ReadonlySet<unknown> = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'UNAUTHORIZED_FIELD_OR_TYPE',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** Whether the subgraph could answer and would not: then nothing old may stand in for it. */
export function isRefusal(answer: SubgraphAnswer): boolean {
  if (answer.kind === 'answered')
    return answer.errors.some(({ extensions }) => aboutTheCaller.has(extensions?.['code']));
  const status = statusOf(answer);
  return status === 401 || status === 403;
}

/** Whether a failed call may have failed because of who asked. */
export function isCallersOwn(failed: Extract<SubgraphAnswer, { kind: 'failed' }>): boolean {
  const status = statusOf(failed);
  return status !== undefined && status >= 400 && status < 500;
}

function statusOf({ error }: Extract<SubgraphAnswer, { kind: 'failed' }>): number | undefined {
  const { http } = error.extensions as { readonly http?: { readonly status?: unknown } };
  return typeof http?.status === 'number' ? http.status : undefined;
}

/** Places of values that errors speak of. */
export function cutShort(
  values: readonly Value[],
  errors: readonly SubgraphError[],
  isEntities: boolean,
): ReadonlySet<number> {
  if (errors.length === 0) return new Set();
  const places = values.map((_, place) => place);
  if (!isEntities) return new Set(places);
  const named = new Set(errors.map(placeOf));
  return new Set(
    places.filter((place) => named.has(place) || (named.has(undefined) && values[place] === null)),
  );
}

/** Of the entity that an error speaks of; `undefined`: it may be any. */
function placeOf({ path }: SubgraphError): number | undefined {
  const place = path?.[0] === '_entities' ? path[1] : undefined;
  return typeof place === 'number' ? place : undefined;
}

/** Places of values in which something is missing of which no error speaks. */
export function incomplete(
  { learned, items, parts }: Question,
  values: readonly Value[],
  indices: readonly number[],
): ReadonlySet<number> {
  const { facts, isComplete } = learned;
  const typeOf = (place: number): string | undefined => {
    if (parts.representations === undefined) return facts.rootType;
    const { __typename: type } = JSON.parse(items[indices[place] ?? -1]?.text ?? '{}') as {
      readonly __typename?: string;
    };
    return type;
  };
  return new Set(
    values.flatMap((value, place) => (value === null || isComplete(value, typeOf(place)) ? [] : [place])),
  );
}
