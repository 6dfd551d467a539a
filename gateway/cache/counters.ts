/** What became of what was asked, entity by entity or root call by root call. */
export type Outcome = 'hit' | 'stale' | 'stale-if-error' | 'miss' | 'coalesced' | 'bypass';

export interface Counts {
  readonly hit: number;
  readonly stale: number;
  readonly 'stale-if-error': number;
  readonly miss: number;
  readonly coalesced: number;
  readonly bypass: number;
  readonly kept: number;
  readonly tooLarge: number;
  readonly invalidated: number;
}

export interface Counters {
  readonly add: (subgraph: string, type: string, what: keyof Counts, count: number) => void;
  readonly all: () => Readonly<Record<string, Readonly<Record<string, Counts>>>>;
}

const zero: Counts = {
  ...{ hit: 0, stale: 0, 'stale-if-error': 0, miss: 0, coalesced: 0, bypass: 0 },
  ...{ kept: 0, tooLarge: 0, invalidated: 0 },
};

type Growing = { -readonly [Key in keyof Counts]: number };

/** Names come from the schema, so there are only so many. */
export function counters(): Counters {
  const subgraphs = new Map<string, Map<string, Growing>>();
  return {
    add: (subgraph, type, what, count) => {
      const types = subgraphs.get(subgraph) ?? new Map<string, Growing>();
      subgraphs.set(subgraph, types);
      const counts = types.get(type) ?? { ...zero };
      types.set(type, counts);
      counts[what] += count;
    },
    all: () => Object.fromEntries([...subgraphs].map(([name, types]) => [name, Object.fromEntries(types)])),
  };
}
