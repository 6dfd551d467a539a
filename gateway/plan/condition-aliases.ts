import type { QueryPlanner } from '@apollo/query-planner';
import type { Selection, SelectionSet } from '@apollo/federation-internals';
import type { RequiredSelection } from '../model/plan.ts';

/** What the fields of each subgraph require, with the keys under which the planner was told to fetch it. */
export interface RequiredInputs {
  /** `undefined` when the field requires nothing. */
  readonly of: (
    subgraph: string,
    typeName: string,
    fieldName: string,
  ) => readonly RequiredSelection[] | undefined;
  /** Whether any field of the subgraph requires something. */
  readonly isNeededBy: (subgraph: string) => boolean;
  /** Whether anything is fetched under another key than its name. */
  readonly hasAliases: boolean;
}

/**
 * Gives every field with arguments inside the planner's `@requires` conditions an alias of its own. The planner merges
 * selections by response name without looking at arguments; so aliased, what one field requires can neither take the
 * place of what another requires nor of what the client asked for. Must run before the first plan is made.
 *
 * Reaches into the planner's query graph, which is private: `undefined` when it has not the known shape.
 */
export function aliasConditions(planner: QueryPlanner): RequiredInputs | undefined {
  const edges = edgesOf(planner);
  if (edges === undefined) return undefined;
  const inputs = new Map<string, readonly RequiredSelection[]>();
  const aliases = new Map<string, string>();
  const subgraphs = new Set<string>();
  for (const edge of edges) {
    if (edge.transition.kind !== 'FieldCollection' || edge._conditions === undefined) continue;
    edge._conditions = withAliases(edge._conditions, aliases);
    subgraphs.add(edge.head.source);
    inputs.set(placeOf(edge.head.source, edge.head.type.name, fieldOf(edge)), required(edge._conditions));
  }
  return {
    of: (subgraph, typeName, fieldName) => inputs.get(placeOf(subgraph, typeName, fieldName)),
    isNeededBy: (subgraph) => subgraphs.has(subgraph),
    hasAliases: aliases.size > 0,
  };
}

interface GraphEdge {
  readonly head: { readonly source: string; readonly type: { readonly name: string } };
  readonly transition: { readonly kind: string; readonly definition?: { readonly name: string } };
  _conditions: SelectionSet | undefined;
}

function edgesOf(planner: QueryPlanner): readonly GraphEdge[] | undefined {
  const graph = Reflect.get(planner, 'federatedQueryGraph') as
    { readonly allEdges?: () => Iterable<GraphEdge> } | undefined;
  if (typeof graph?.allEdges !== 'function') return undefined;
  const edges = [...graph.allEdges()];
  const known = edges.every((edge) => '_conditions' in edge && typeof edge.head.source === 'string');
  return known && edges.length > 0 ? edges : undefined;
}

function fieldOf(edge: GraphEdge): string {
  return edge.transition.definition?.name ?? '';
}

function placeOf(subgraph: string, typeName: string, fieldName: string): string {
  return JSON.stringify([subgraph, typeName, fieldName]);
}

function withAliases(set: SelectionSet, aliases: Map<string, string>): SelectionSet {
  return set.lazyMap((selection): Selection => {
    const inner = selection.selectionSet && withAliases(selection.selectionSet, aliases);
    if (selection.kind !== 'FieldSelection') {
      return inner === undefined ? selection : selection.withUpdatedSelectionSet(inner);
    }
    const field = selection.element;
    if (Object.keys((field.args ?? {}) as object).length === 0)
      return selection.withUpdatedSelectionSet(inner);
    const call = field.toString();
    const alias = aliases.get(call) ?? `${field.name}__r${aliases.size}`;
    aliases.set(call, alias);
    return selection.withUpdatedComponents(field.withUpdatedAlias(alias), inner);
  });
}

function required(set: SelectionSet): readonly RequiredSelection[] {
  return set.selections().map((selection): RequiredSelection => {
    const selections = selection.selectionSet && required(selection.selectionSet);
    if (selection.kind === 'FieldSelection') {
      const { element } = selection;
      return { kind: 'field', readAs: element.responseName(), sendAs: element.name, selections };
    }
    const onType = selection.element.typeCondition?.name ?? selection.parentType.name;
    return { kind: 'on', onType, selections: selections ?? [] };
  });
}
