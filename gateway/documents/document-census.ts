import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** What a document holds, counted without recursion and without a schema. */
export interface DocumentCensus {
  readonly operations: readonly OperationDefinitionNode[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Fragments each definition spreads directly. */
  readonly spreads: ReadonlyMap<OperationDefinitionNode | FragmentDefinitionNode, ReadonlySet<string>>;
  /** Sum of squares of how often each response name occurs: an upper bound on the work of the field merge rule. */
  readonly mergeWork: number;
}

export function census(document: DocumentNode): DocumentCensus {
  const operations: OperationDefinitionNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  const spreads = new Map<OperationDefinitionNode | FragmentDefinitionNode, ReadonlySet<string>>();
  const names = new Map<string, number>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    else if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else continue;
    spreads.set(definition, spreadNames(definition.selectionSet, names));
  }
  let mergeWork = 0;
  for (const count of names.values()) mergeWork += count * count;
  return { operations, fragments, spreads, mergeWork };
}

function spreadNames(root: SelectionSetNode, names: Map<string, number>): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: SelectionSetNode[] = [root];
  for (let set = waiting.pop(); set !== undefined; set = waiting.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        found.add(selection.name.value);
        continue;
      }
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        names.set(name, (names.get(name) ?? 0) + 1);
      }
      if (selection.selectionSet !== undefined) waiting.push(selection.selectionSet);
    }
  }
  return found;
}

/** The fragments an operation uses, directly or through others, in the order of the document; cycles do no harm. */
export function usedFragments(
  { fragments, spreads }: DocumentCensus,
  operation: OperationDefinitionNode,
): readonly FragmentDefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>();
  const waiting = [...(spreads.get(operation) ?? [])];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const fragment = fragments.get(name);
    if (fragment === undefined || used.has(fragment)) continue;
    used.add(fragment);
    waiting.push(...(spreads.get(fragment) ?? []));
  }
  return [...fragments.values()].filter((fragment) => used.has(fragment));
}

/** What is wrong with how fragments spread one another: chains longer than `limit`, circles. */
export function chainProblem(
  { fragments, spreads }: DocumentCensus,
  limit: number,
): 'too long' | 'circle' | undefined {
  // Takes away, round after round, the fragments that no remaining one spreads; each round is one link of a chain.
  const users = new Map<string, number>();
  for (const fragment of fragments.values()) {
    for (const name of spreads.get(fragment) ?? []) users.set(name, (users.get(name) ?? 0) + 1);
  }
  let round = [...fragments.values()].filter(({ name }) => !users.has(name.value));
  let taken = 0;
  for (let links = 0; round.length > 0; links++) {
    if (links >= limit) return 'too long';
    taken += round.length;
    round = round.flatMap((fragment) => released(spreads.get(fragment) ?? [], { users, fragments }));
  }
  return taken < fragments.size ? 'circle' : undefined;
}

interface Left {
  readonly users: Map<string, number>;
  readonly fragments: DocumentCensus['fragments'];
}

function released(spread: Iterable<string>, { users, fragments }: Left): readonly FragmentDefinitionNode[] {
  const free: FragmentDefinitionNode[] = [];
  for (const name of spread) {
    const left = (users.get(name) ?? 0) - 1;
    users.set(name, left);
    const fragment = fragments.get(name);
    if (left === 0 && fragment !== undefined) free.push(fragment);
  }
  return free;
}
