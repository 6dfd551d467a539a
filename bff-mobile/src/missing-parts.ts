import type { GatewayError } from './gateway.ts';

/** For each part of a screen: the response names under which the gateway answers it. */
export type Parts = Readonly<Record<string, readonly string[]>>;

export interface Screen {
  /** The parts that the client wants. */
  readonly wanted: ReadonlySet<string>;
  /** The parts by name as far as they could be had; null and undefined are absent. */
  readonly had: Readonly<Record<string, unknown>>;
  /** Steps of an error's path that lead to the screen's object. */
  readonly depth?: number;
}

/**
 * Names of the wanted parts that are absent because of an error. An error concerns a part when its path, less the first
 * `depth` steps, begins with one of the part's response names, or ends above all parts: one subgraph's failure is
 * reported where its entities stand, and takes whatever is absent there.
 */
export function missingParts(errors: readonly GatewayError[], parts: Parts, screen: Screen): string[] {
  const { wanted, had, depth = 0 } = screen;
  return Object.entries(parts).flatMap(([part, from]) => {
    if (!wanted.has(part) || (had[part] ?? null) !== null) return [];
    return errors.some((error) => concerns(error, from, depth)) ? [part] : [];
  });
}

function concerns({ path }: GatewayError, from: readonly string[], depth: number): boolean {
  const name = path.filter((key) => typeof key === 'string')[depth];
  return name === undefined || from.includes(name);
}
