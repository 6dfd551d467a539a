import type { SubgraphAnswer, SubgraphError } from '../model/subgraph-call.ts';

export type Answered = Extract<SubgraphAnswer, { kind: 'answered' }>;

/** The values of an answer, one for each item asked for; `undefined`: it has none, or not that many. */
export function valuesOf(
  answer: SubgraphAnswer,
  isEntities: boolean,
  count: number,
): readonly (object | null)[] | undefined {
  if (answer.kind === 'failed' || answer.data === null) return undefined;
  if (!isEntities) return [answer.data];
  const list = answer.data['_entities'];
  if (!Array.isArray(list) || list.length !== count) return undefined;
  return list.every((one): one is object | null => typeof one === 'object' && !Array.isArray(one))
    ? list
    : undefined;
}

/** An answer put together from values that others hold too. */
export function composed(
  values: readonly unknown[],
  isEntities: boolean,
  more: { readonly errors: readonly SubgraphError[]; readonly mayNeedEscape: boolean },
): SubgraphAnswer {
  const data = isEntities ? { _entities: values } : (values[0] as Record<string, unknown>);
  const { errors, mayNeedEscape } = more;
  return { kind: 'answered', data, errors, headers: {}, mayNeedEscape };
}

/** The answer, of which others hold the data too from now on. */
export function held(answer: Answered): SubgraphAnswer {
  const { kind, data, errors, headers, mayNeedEscape } = answer;
  return { kind, data, errors, headers, mayNeedEscape };
}

/** Errors of a call for some entities as of one for all; those that speak of other entities are left out. */
export function placed(
  errors: readonly SubgraphError[],
  indexOf: ReadonlyMap<number, number>,
): readonly SubgraphError[] {
  return errors.flatMap((error) => {
    const [first, place, ...rest] = error.path ?? [];
    if (first !== '_entities' || typeof place !== 'number') return [error];
    const index = indexOf.get(place);
    return index === undefined ? [] : [{ ...error, path: [first, index, ...rest] }];
  });
}

/**
 * Why entities could not be had, at the path of each: what came may speak of the call as a whole, and the rest of the answer
 * is there.
 */
export function missingErrors(
  answer: SubgraphAnswer,
  given: readonly SubgraphError[],
  missing: readonly number[],
): readonly SubgraphError[] {
  const isAt = ({ path }: SubgraphError, index: number): boolean =>
    path?.[0] === '_entities' && path[1] === index;
  const general = answer.kind === 'failed' ? failure(answer) : (given.find(isGeneral) ?? unusable);
  const told = missing.filter((index) => !given.some((error) => isAt(error, index)));
  return [
    ...given.filter((error) => error !== general),
    ...told.map((index) => ({ ...general, path: ['_entities', index] })),
  ];
}

const isGeneral = ({ path }: SubgraphError): boolean => path?.[0] !== '_entities' || path.length === 1;

const unusable: SubgraphError = {
  message: 'A subgraph gave no usable answer.',
  path: undefined,
  extensions: { code: 'SUBREQUEST_HTTP_ERROR' },
};

const failure = ({ error }: Extract<SubgraphAnswer, { kind: 'failed' }>): SubgraphError => ({
  message: error.message,
  path: undefined,
  extensions: { ...error.extensions, code: error.code },
});
