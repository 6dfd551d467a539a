import type { GatewayError } from './gateway.ts';

/** For each part of a screen: the response names under which the gateway answers it. */
export type Parts = Readonly<Record<string, readonly string[]>>;

/**
 * Names of the parts that an answer lacks, each once. An error belongs to a part when its path, less the first `depth`
 * steps, begins with one of the part's response names; an error above all parts takes every part that was wanted.
 */
export function missingParts(
  errors: readonly GatewayError[],
  parts: Parts,
  { depth = 0, wanted }: { readonly depth?: number; readonly wanted: ReadonlySet<string> },
): string[] {
  const isMissing = (from: readonly string[]): boolean =>
    errors.some(({ path }) => {
      const name = path.filter((key) => typeof key === 'string')[depth];
      return name === undefined || from.includes(name);
    });
  return Object.entries(parts).flatMap(([part, from]) => (wanted.has(part) && isMissing(from) ? [part] : []));
}
