import type { GatewayError } from './gateway.ts';

/** A part of a page that could not be had, as the schema's `MissingPart`. */
export interface MissingPart {
  readonly part: string;
  readonly message: string;
}

/** For each part of a page: the response names under which the gateway answers it, and what people are told. */
export type Parts = Readonly<Record<string, { readonly from: readonly string[]; readonly message: string }>>;

/**
 * The parts that an answer lacks, each once. An error belongs to a part when its path, less the first `depth` steps,
 * begins with one of the part's response names; an error above all parts takes every part that was wanted.
 */
export function missingParts(
  errors: readonly GatewayError[],
  parts: Parts,
  { depth = 0, wanted }: { readonly depth?: number; readonly wanted: ReadonlySet<string> },
): MissingPart[] {
  const concerned = Object.entries(parts).filter(
    ([part, { from }]) =>
      wanted.has(part) &&
      errors.some(({ path }) => {
        const name = path.filter((key) => typeof key === 'string')[depth];
        return name === undefined || from.includes(name);
      }),
  );
  return concerned.map(([part, { message }]) => ({ part, message }));
}
