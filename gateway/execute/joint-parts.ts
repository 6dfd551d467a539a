import type { SubgraphAnswer, SubgraphError } from '../model/subgraph-call.ts';
import type { EntityAsk, EntityFetch } from './entity-call.ts';

/** What some asks that send the same document ask for together. */
export interface JointPart {
  readonly document: string;
  /** Any of those that send it. */
  readonly fetch: EntityFetch;
  /** JSON texts of the representations, each different. */
  readonly texts: string[];
  /** How many those are. */
  readonly count: number;
  readonly shares: readonly Share[];
}

/** What one ask has of a part. */
interface Share {
  readonly ask: EntityAsk;
  /** For each of its representations the place in the part's; `undefined`: it is the part. */
  readonly at: readonly number[] | undefined;
}

/** One part for each document. */
export function jointParts(asks: readonly EntityAsk[]): readonly JointPart[] {
  const groups = new Map<string, [EntityAsk, ...EntityAsk[]]>();
  for (const ask of asks) {
    const known = groups.get(ask.fetch.document);
    if (known === undefined) groups.set(ask.fetch.document, [ask]);
    else known.push(ask);
  }
  return [...groups.values()].map((group) => (group.length === 1 ? wholePart(group[0]) : part(group)));
}

function part(asks: readonly [EntityAsk, ...EntityAsk[]]): JointPart {
  const texts: string[] = [];
  const places = new Map<string, number>();
  const shares = asks.map((ask): Share => {
    const at = ask.asked.texts.map((text) => {
      const place = places.get(text) ?? texts.push(text) - 1;
      places.set(text, place);
      return place;
    });
    ask.asked.texts.length = 0;
    return { ask, at };
  });
  const [{ fetch }] = asks;
  return { document: fetch.document, fetch, texts, count: texts.length, shares };
}

function wholePart(ask: EntityAsk): JointPart {
  const { fetch, asked } = ask;
  const shares = [{ ask, at: undefined }];
  return { document: fetch.document, fetch, texts: asked.texts, count: asked.texts.length, shares };
}

/** The answer as it would be to one ask alone, out of the answer to a part. */
export function answerToShare(answer: SubgraphAnswer, { count }: JointPart, { at }: Share): SubgraphAnswer {
  if (answer.kind === 'failed' || at === undefined) return answer;
  const { kind, headers, mayNeedEscape, extensions } = answer;
  const list = answer.data?.['_entities'];
  const own = Array.isArray(list) ? ownOf(list, count, at) : list;
  return {
    // Several may be given one entity, so that nobody owns it.
    ...{ kind, headers, mayNeedEscape, extensions },
    errors: answer.errors.flatMap((error) => ownError(error, at)),
    data: answer.data && { _entities: own ?? null },
  };
}

/** Of a list that is too short or too long nothing can be used. */
function ownOf(list: readonly unknown[], count: number, at: readonly number[]): readonly unknown[] {
  return list.length === count ? at.map((place) => list[place]) : [];
}

/** Errors that name no entity may be of any. */
function ownError(error: SubgraphError, at: readonly number[]): readonly SubgraphError[] {
  const [first, place, ...rest] = error.path ?? [];
  if (typeof place !== 'number') return [error];
  const index = at.indexOf(place);
  return index < 0 ? [] : [{ ...error, path: [first ?? '_entities', index, ...rest] }];
}
