import type { ClientError } from '../../gateway/model/execution.ts';

type AnswerPath = readonly (string | number)[];

interface Explained {
  readonly path?: AnswerPath;
}

/**
 * What is wrong with an answer from which parts are missing: every place must either hold the right value or null, and
 * every null that should be a value must be explained by an error at, above or below it. `undefined`: all is well.
 */
export function weakenedWrongly(
  right: unknown,
  given: unknown,
  explanations: readonly Explained[],
): string | undefined {
  return wrongAt(right, given, { path: [], explanations });
}

interface Place {
  readonly path: AnswerPath;
  readonly explanations: readonly Explained[];
}

function wrongAt(right: unknown, given: unknown, at: Place): string | undefined {
  if (given === null) {
    if (right === null || isExplained(at)) return undefined;
    return `${shown(at)} is null without an error, should be ${JSON.stringify(right)}`;
  }
  if (Array.isArray(right) && Array.isArray(given)) {
    if (right.length !== given.length)
      return `${shown(at)} has ${given.length} items, should have ${right.length}`;
    return first(right, (item, index) => wrongAt(item, given[index], below(at, index)));
  }
  if (isRecord(right) && isRecord(given)) {
    const keys = Object.keys(right);
    if (JSON.stringify(keys) !== JSON.stringify(Object.keys(given)))
      return `${shown(at)} has keys ${Object.keys(given).join()}, should have ${keys.join()}`;
    return first(keys, (key) => wrongAt(right[key], given[key], below(at, key)));
  }
  if (JSON.stringify(right) === JSON.stringify(given)) return undefined;
  return `${shown(at)} is ${JSON.stringify(given)}, should be ${JSON.stringify(right)}`;
}

function first<T>(
  items: readonly T[],
  check: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const wrong = check(item, index);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const below = (at: Place, part: string | number): Place => ({ ...at, path: [...at.path, part] });

const shown = ({ path }: Place): string => (path.length === 0 ? 'data' : path.join('.'));

/** One path is the beginning of the other: the error stands here, above or below. */
function isExplained({ path, explanations }: Place): boolean {
  return explanations.some((each) => {
    const other = each.path ?? [];
    const length = Math.min(other.length, path.length);
    return other.slice(0, length).every((part, index) => part === path[index]);
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function shownErrors(errors: readonly ClientError[]): string {
  return errors.map(({ message, path }) => `${(path ?? []).join('.')}: ${message}`).join('\n');
}
