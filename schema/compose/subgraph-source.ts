import type { Problem } from '../problem/problem.ts';

/** Where a subgraph's schema text came from, so that a place in it can be shown as a place in a file. */
export interface SchemaOrigin {
  readonly kind: 'file' | 'inline' | 'url';
  /** What messages name: a path as people know it, or the URL. */
  readonly shown: string;
  /** Lines before the text within `shown`; 0 unless the text stands inside `supergraph.yaml`. */
  readonly lineOffset: number;
  /** Columns before each line's text within `shown`. */
  readonly columnOffset: number;
}

/** One subgraph with its schema text. */
export interface SubgraphSource {
  readonly name: string;
  /** Empty when neither configured nor known from introspection; the gateway then needs an override. */
  readonly routingUrl: string;
  readonly sdl: string;
  readonly origin: SchemaOrigin;
}

interface ComposedSubgraph {
  readonly name: string;
  readonly routingUrl: string;
  readonly origin: SchemaOrigin;
}

/** The supergraph, or everything that keeps the subgraphs from becoming one. */
export type Composition =
  | {
      readonly ok: true;
      /** The supergraph schema; equal bytes for equal input. */
      readonly sdl: string;
      /** sha256 over `sdl`, hex. */
      readonly hash: string;
      /** Number of types that a client sees. */
      readonly typeCount: number;
      readonly hints: readonly Problem[];
      readonly subgraphs: readonly ComposedSubgraph[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };
