import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** Sizes of an operation as if its fragments were written out at each use. */
export interface Measures {
  /** Fields inside one another. */
  readonly depth: number;
  /** Fields in all. */
  readonly height: number;
  readonly aliases: number;
  readonly rootFields: number;
}

/** Counters stop here: a fragment bomb reaches any number. */
const mostCounted = 1_000_000_000;

const nothing: Measures = { depth: 0, height: 0, aliases: 0, rootFields: 0 };

/**
 * Measures without expanding: each fragment is measured once, after those it spreads. The document holds one operation;
 * it need not be valid; a spread that closes a circle counts nothing, as validation refuses it.
 */
export function measure(document: DocumentNode): Measures {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
  }
  if (operation === undefined) return nothing;
  const measured = new Map<string, Measures>();
  for (const name of innermostFirst(fragments)) {
    const fragment = fragments.get(name);
    if (fragment !== undefined) measured.set(name, measureSelections(fragment.selectionSet, measured));
  }
  return measureSelections(operation.selectionSet, measured);
}

/** Depth of the selections of one definition is bounded by the parser, so this may recurse. */
function measureSelections(set: SelectionSetNode, fragments: ReadonlyMap<string, Measures>): Measures {
  let { depth, height, aliases, rootFields } = nothing;
  for (const selection of set.selections) {
    const inner = innerMeasures(
      selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : selection.selectionSet,
      fragments,
    );
    const field = selection.kind === Kind.FIELD ? 1 : 0;
    depth = Math.max(depth, sum(inner.depth, field));
    height = sum(height, inner.height, field);
    aliases = sum(
      aliases,
      inner.aliases,
      selection.kind === Kind.FIELD && selection.alias !== undefined ? 1 : 0,
    );
    rootFields = sum(rootFields, field === 1 ? 1 : inner.rootFields);
  }
  return { depth, height, aliases, rootFields };
}

function innerMeasures(
  inner: SelectionSetNode | string | undefined,
  fragments: ReadonlyMap<string, Measures>,
): Measures {
  if (inner === undefined) return nothing;
  if (typeof inner !== 'string') return measureSelections(inner, fragments);
  return fragments.get(inner) ?? nothing;
}

function sum(...counts: readonly number[]): number {
  return Math.min(
    mostCounted,
    counts.reduce((total, count) => total + count, 0),
  );
}

/** Names of fragments, each after those it spreads; circles are cut where they close. */
function innermostFirst(fragments: ReadonlyMap<string, FragmentDefinitionNode>): readonly string[] {
  const done = new Set<string>();
  const entered = new Set<string>();
  for (const start of fragments.keys()) {
    const way = [start];
    for (let name = way.at(-1); name !== undefined; name = way.at(-1)) {
      const spread = entered.has(name) ? [] : spreadIn(fragments.get(name)?.selectionSet);
      entered.add(name);
      const open = spread.filter((inner) => !entered.has(inner) && fragments.has(inner));
      way.push(...open);
      if (open.length > 0) continue;
      done.add(name);
      way.pop();
    }
  }
  return [...done];
}

function spreadIn(root: SelectionSetNode | undefined): readonly string[] {
  const names = new Set<string>();
  const waiting = root === undefined ? [] : [root];
  for (let set = waiting.pop(); set !== undefined; set = waiting.pop()) {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) names.add(selection.name.value);
      else if (selection.selectionSet !== undefined) waiting.push(selection.selectionSet);
    }
  }
  return [...names];
}
