import type { GatewayBuild } from './gateway-process.ts';
import type { Subgraphs } from './subgraphs.ts';

/** What a measurement works with. */
export interface Bench extends GatewayBuild {
  readonly subgraphs: Subgraphs;
  /** Shorter stretches, for a look. */
  readonly quick: boolean;
  readonly say: (line: string) => void;
}

export type Cell = string | number;

/** What was measured, and whether it is what was wanted. */
export interface Outcome {
  readonly title: string;
  readonly goal: string;
  readonly isMet: boolean;
  /** The figure the goal speaks of. */
  readonly figure: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Names a measurement and takes it. */
export interface Measurement {
  readonly name: string;
  readonly measure: (bench: Bench) => Promise<Outcome>;
}
