import type { GatewayError } from './gateway.ts';

/** A part of a page that could not be had, as the schema's `MissingPart`. */
export interface MissingPart {
  readonly part: string;
  readonly message: string;
}

/** For each part of a page: the response names under which the gateway answers it, and what people are told. */
export type Parts = Readonly<Record<string, { readonly from: readonly string[]; readonly message: string }>>;

export interface Page {
  /** The parts that the client wants. */
  readonly wanted: ReadonlySet<string>;
  /** The parts by name as far as they could be had; null and undefined are absent. */
  readonly had: Readonly<Record<string, unknown>>;
  /** Steps of an error's path that lead to the page's object. */
  readonly depth?: number;
}

/**
 * The wanted parts that are absent because of an error, each once. An error concerns a part when its path, less the
 * first `depth` steps, begins with one of the part's response names, or ends above all parts: one subgraph's failure is
 * reported where its entities stand, and takes whatever is absent there.
 */
export function missingParts(errors: readonly GatewayError[], parts: Parts, page: Page): MissingPart[] {
  const { wanted, had, depth = 0 } = page;
  return Object.entries(parts).flatMap(([part, { from, message }]) => {
    if (!wanted.has(part) || (had[part] ?? null) !== null) return [];
    return errors.some((error) => concerns(error, from, depth)) ? [{ part, message }] : [];
  });
}

function concerns({ path }: GatewayError, from: readonly string[], depth: number): boolean {
  const name = path.filter((key) => typeof key === 'string')[depth];
  return name === undefined || from.includes(name);
}
