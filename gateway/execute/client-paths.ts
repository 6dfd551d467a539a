import { Kind } from 'graphql';
import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import type { Rewrite } from '../model/plan.ts';
import type { ResponsePath } from './errors.ts';
import type { DataKey } from './response-keys.ts';
import { responseName } from './response-keys.ts';
import { operationOf } from './shapes.ts';

export interface ClientPaths {
  /** A path through gathered data as the client knows it, cut where the data is not the client's. */
  readonly of: (path: ResponsePath) => ResponsePath;
  /** The client's names for those of the keys below a path that it selected. */
  readonly namesBelow: (path: ResponsePath, keys: Iterable<string>) => readonly string[];
}

interface Names {
  readonly responseKey: string;
  readonly sets: SelectionSetNode[];
  children: Map<string, Names> | undefined;
}

/** Longer paths come from no real answer: lists of lists are declared, not invented. */
const longestPath = 250;

export function clientPaths(document: DocumentNode, dataKey: DataKey): ClientPaths {
  const names = new ClientNames(document, dataKey);
  return {
    of: (path) => names.follow(path).known,
    namesBelow: (path, keys) => {
      const { end, isWhole } = names.follow(path);
      if (!isWhole) return [];
      const children = names.childrenOf(end);
      return [...keys].flatMap((key) => (key === '__typename' ? [] : (children.get(key)?.responseKey ?? [])));
    },
  };
}

interface Followed {
  readonly known: ResponsePath;
  readonly end: Names;
  /** Whether all of the path is the client's. */
  readonly isWhole: boolean;
}

/** The client's selections as a tree of data keys, grown where errors lead. */
class ClientNames {
  readonly #root: Names;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #dataKey: DataKey;

  constructor(document: DocumentNode, dataKey: DataKey) {
    this.#root = { responseKey: '', sets: [operationOf(document).selectionSet], children: undefined };
    this.#dataKey = dataKey;
    for (const one of document.definitions) {
      if (one.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(one.name.value, one);
    }
  }

  follow(path: ResponsePath): Followed {
    const known: (string | number)[] = [];
    let end = this.#root;
    for (const part of path.slice(0, longestPath)) {
      if (typeof part === 'number') {
        known.push(part);
        continue;
      }
      const next = this.childrenOf(end).get(part);
      if (next === undefined) return { known, end, isWhole: false };
      known.push(next.responseKey);
      end = next;
    }
    return { known, end, isWhole: path.length <= longestPath };
  }

  childrenOf(names: Names): Map<string, Names> {
    if (names.children !== undefined) return names.children;
    const children = new Map<string, Names>();
    for (const set of names.sets) this.#add(set, children, new Set());
    names.children = children;
    return children;
  }

  #add(set: SelectionSetNode, children: Map<string, Names>, seen: Set<string>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = this.#dataKey(selection);
        const child = children.get(key) ?? {
          responseKey: responseName(selection),
          sets: [],
          children: undefined,
        };
        if (selection.selectionSet !== undefined) child.sets.push(selection.selectionSet);
        children.set(key, child);
        continue;
      }
      const inside =
        selection.kind === Kind.FRAGMENT_SPREAD ? this.#spread(selection.name.value, seen) : selection;
      if (inside !== undefined) this.#add(inside.selectionSet, children, seen);
    }
  }

  #spread(name: string, seen: Set<string>): FragmentDefinitionNode | undefined {
    if (seen.has(name)) return undefined;
    seen.add(name);
    return this.#fragments.get(name);
  }
}

/** A path of a subgraph's error with the keys its answer has after the plan's output rewrites. */
export function rewrittenPath(path: ResponsePath, rewrites: readonly Rewrite[]): ResponsePath {
  const renames = rewrites.flatMap((rewrite) =>
    rewrite.kind === 'renameKey' ? [{ keys: keysOf(rewrite), to: rewrite.to }] : [],
  );
  if (renames.length === 0) return path;
  const trace: string[] = [];
  return path.map((part) => {
    if (typeof part === 'number') return part;
    trace.push(part);
    const keys = trace.join('.');
    return renames.find((rename) => rename.keys === keys)?.to ?? part;
  });
}

const keysOf = (rewrite: Rewrite): string =>
  rewrite.path.flatMap((step) => (step.kind === 'key' ? [step.name] : [])).join('.');
