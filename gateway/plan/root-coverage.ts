import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import type { FetchNode, PlanNode } from '../model/plan.ts';

/**
 * The response names of root fields that a plan forgets to fetch: the planner silently drops branches for which it
 * sees no possible type. Fields that can never be asked for are not missed.
 */
export function uncoveredRootFields(operation: DocumentNode, root: PlanNode | undefined): readonly string[] {
  const fetched = new Set(rootFetches(root).flatMap((fetch) => [...rootFieldsOf(parse(fetch.document))]));
  return [...rootFieldsOf(operation)].filter((name) => !fetched.has(name));
}

function rootFetches(node: PlanNode | undefined): readonly FetchNode[] {
  switch (node?.kind) {
    case undefined:
      return [];
    case 'fetch':
      return node.entities === undefined ? [node] : [];
    case 'sequence':
      return node.steps.flatMap(rootFetches);
    case 'parallel':
      return node.branches.flatMap(rootFetches);
    case 'condition':
      return [...rootFetches(node.whenTrue), ...rootFetches(node.whenFalse)];
  }
}

function rootFieldsOf(document: DocumentNode): ReadonlySet<string> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const names = new Set<string>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  for (const node of document.definitions) {
    if (node.kind === Kind.OPERATION_DEFINITION)
      collect(node.selectionSet, { fragments, names, conditions: [] });
  }
  return names;
}

interface Collecting {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly names: Set<string>;
  readonly conditions: readonly Condition[];
}

/** `@include(if: $variable)` wants true, `@skip` false; a constant has no variable. */
interface Condition {
  readonly variable: string | undefined;
  readonly wants: boolean;
  readonly constant: boolean | undefined;
}

function collect(set: SelectionSetNode, state: Collecting): void {
  for (const node of set.selections) {
    const conditions = [...state.conditions, ...(node.directives ?? []).flatMap(conditionOf)];
    if (isNever(conditions)) continue;
    if (node.kind === Kind.FIELD) {
      if (node.name.value !== '__typename') state.names.add(node.alias?.value ?? node.name.value);
      continue;
    }
    const inner =
      node.kind === Kind.INLINE_FRAGMENT
        ? node.selectionSet
        : state.fragments.get(node.name.value)?.selectionSet;
    if (inner !== undefined) collect(inner, { ...state, conditions });
  }
}

function conditionOf(node: DirectiveNode): readonly Condition[] {
  if (node.name.value !== 'skip' && node.name.value !== 'include') return [];
  const value = node.arguments?.find(({ name }) => name.value === 'if')?.value;
  return [
    {
      wants: node.name.value === 'include',
      variable: value?.kind === Kind.VARIABLE ? value.name.value : undefined,
      constant: value?.kind === Kind.BOOLEAN ? value.value : undefined,
    },
  ];
}

function isNever(conditions: readonly Condition[]): boolean {
  return conditions.some(
    ({ constant, wants, variable }) =>
      (constant !== undefined && constant !== wants) ||
      conditions.some(
        (other) => variable !== undefined && other.variable === variable && other.wants !== wants,
      ),
  );
}
