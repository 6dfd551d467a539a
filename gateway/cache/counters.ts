/** What became of what was asked, entity by entity or root call by root call. */
export type Outcome = 'hit' | 'stale' | 'stale-if-error' | 'miss' | 'coalesced' | 'bypass';

/** Of one type of one subgraph, in this process since it began; `entries` and `bytes` are what its memory holds now. */
export interface Counts {
  readonly hit: number;
  readonly stale: number;
  readonly 'stale-if-error': number;
  readonly miss: number;
  readonly coalesced: number;
  readonly bypass: number;
  readonly kept: number;
  readonly tooLarge: number;
  /** Drops that were learned of, whoever asked for them. */
  readonly invalidated: number;
  /** Entries that made room for others. */
  readonly evicted: number;
  readonly entries: number;
  readonly bytes: number;
}

/** Counts to be added to. */
export type Account = { -readonly [Key in keyof Counts]: number };

export interface Counters {
  /** The same object for the same names. */
  readonly account: (subgraph: string, type: string) => Account;
  /** By subgraph, by type; whole answers stand under `wholeAccount`. */
  readonly all: () => Readonly<Record<string, Readonly<Record<string, Counts>>>>;
}

/** Under which whole answers are counted: no subgraph's name, no type's. */
export const wholeAccount = { subgraph: '*', type: 'response' } as const;
/** What concerns a whole subgraph is counted under this in place of a type. */
export const everyType = '*';

const zero: Counts = {
  ...{ hit: 0, stale: 0, 'stale-if-error': 0, miss: 0, coalesced: 0, bypass: 0 },
  ...{ kept: 0, tooLarge: 0, invalidated: 0, evicted: 0, entries: 0, bytes: 0 },
};

/** Names come from the schema, so there are only so many. */
export function counters(): Counters {
  const subgraphs = new Map<string, Map<string, Account>>();
  return {
    account: (subgraph, type) => {
      const types = subgraphs.get(subgraph) ?? new Map<string, Account>();
      subgraphs.set(subgraph, types);
      const counts = types.get(type) ?? { ...zero };
      types.set(type, counts);
      return counts;
    },
    all: () => Object.fromEntries([...subgraphs].map(([name, types]) => [name, Object.fromEntries(types)])),
  };
}
