import { nearestName } from '../../schema/yaml/yaml.ts';
import type { GatewayConfig } from '../config/config.ts';

/** A key of gateway.yaml that speaks of a subgraph, or of a type, which the supergraph does not have. */
export interface UnknownName {
  /** `traffic_shaping.subgraphs.revews`. */
  readonly key: string;
  /** The name that may be meant. */
  readonly near: string | undefined;
}

/** Under these keys stand names of subgraphs, wherever in gateway.yaml they are. */
const namingKeys: ReadonlySet<string> = new Set(['subgraphs', 'override_subgraph_url']);

/**
 * What gateway.yaml says of subgraphs that are not there. It is no reason to refuse a supergraph: a subgraph may come
 * later than its settings, or go before them.
 */
export function unknownSubgraphs(config: GatewayConfig, known: ReadonlySet<string>): readonly UnknownName[] {
  return namedIn(config, '').flatMap(({ path, name }) =>
    known.has(name) ? [] : [{ key: `${path}.${name}`, near: nearestName(name, known) }],
  );
}

/** One line for all of them. */
export function unknownNamesText(unknown: readonly UnknownName[]): string {
  return unknown
    .map(({ key, near }) => (near === undefined ? key : `${key} (did you mean "${near}"?)`))
    .join(', ');
}

interface Named {
  readonly path: string;
  readonly name: string;
}

function namedIn(value: unknown, path: string): readonly Named[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (!namingKeys.has(key)) return namedIn(inner, at);
    return Object.keys(inner as object).map((name) => ({ path: at, name }));
  });
}
