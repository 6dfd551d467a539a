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

/** Errors of a call for some entities, as of one for all. */
export function placed(
  errors: readonly SubgraphError[],
  indices: readonly number[],
): readonly SubgraphError[] {
  return errors.map((error) => {
    const [first, index, ...rest] = error.path ?? [];
    if (first !== '_entities' || typeof index !== 'number') return error;
    return { ...error, path: [first, indices[index] ?? index, ...rest] };
  });
}
