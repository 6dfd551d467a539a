import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  print,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { InternalKeys } from '../model/plan.ts';
import type { SchemaNames } from './schema-names.ts';

/** A client operation as the planner gets it. */
export interface PlannedOperation {
  /** Without introspection and root `__typename`; selections may have become empty by that. */
  readonly document: DocumentNode;
  readonly internalKeys: InternalKeys;
}

/** What the rewriting needs to know of the supergraph. */
export interface OperationSchema {
  readonly api: GraphQLSchema;
  readonly names: SchemaNames;
}

/**
 * Takes introspection out of an operation and gives an internal alias to each field whose response name the planner
 * would take for another field's: it merges selections by response name alone, without regard to field or arguments.
 */
export function plannedOperation(document: DocumentNode, schema: OperationSchema): PlannedOperation {
  const groups = fieldGroups(document, schema);
  const internalKeys = internalKeysOf(groups, schema.names);
  return { document: rewritten(document, internalKeys), internalKeys };
}

/** Fields with one response name, one field name and equal arguments: what GraphQL may merge. */
interface FieldGroup {
  readonly responseName: string;
  /** Numbers of the FieldNodes in document order. */
  readonly fields: number[];
  mustRename: boolean;
}

function fieldGroups(document: DocumentNode, schema: OperationSchema): readonly FieldGroup[] {
  const groups = new Map<string, FieldGroup>();
  const types = new TypeInfo(schema.api);
  let index = 0;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: (node) => {
        const responseName = node.alias?.value ?? node.name.value;
        const key = `${responseName}:${node.name.value}(${argumentsText(node.arguments ?? [])})`;
        const group = groups.get(key) ?? { responseName, fields: [], mustRename: false };
        groups.set(key, group);
        group.fields.push(index);
        index += 1;
        group.mustRename ||= isConfusable(node, types.getParentType()?.name ?? '', schema.names);
      },
    }),
  );
  return [...groups.values()];
}

function isConfusable(node: FieldNode, parentType: string, names: SchemaNames): boolean {
  const name = node.name.value;
  if (names.isReadWithArguments(name)) return true;
  const alias = node.alias?.value;
  if (alias === undefined || alias === name) return false;
  // Two underscores: the planner's own aliases, ours, and `__typename` look like this.
  return alias.includes('__') || names.hasFieldAround(parentType, alias);
}

/** Equal for argument lists that GraphQL holds for equal, whatever their order. */
function argumentsText(nodes: readonly ArgumentNode[]): string {
  return nodes
    .map(({ name, value }) => `${name.value}:${valueText(value)}`)
    .sort()
    .join(',');
}

function valueText(value: ValueNode): string {
  if (value.kind === Kind.LIST) return `[${value.values.map(valueText).join(',')}]`;
  if (value.kind !== Kind.OBJECT) return print(value);
  const fields = value.fields.map(({ name, value: inner }) => `${name.value}:${valueText(inner)}`);
  return `{${fields.sort().join(',')}}`;
}

function internalKeysOf(groups: readonly FieldGroup[], names: SchemaNames): InternalKeys {
  const taken = new Set(groups.map((group) => group.responseName));
  const keys: Record<number, string> = {};
  let number = 0;
  for (const group of groups) {
    if (!group.mustRename) continue;
    while (taken.has(`_w${number}`) || names.hasField(`_w${number}`)) number += 1;
    for (const field of group.fields) keys[field] = `_w${number}`;
    number += 1;
  }
  return keys;
}

/** The same operation with internal aliases and without introspection; walks in the order of FieldNode numbers. */
function rewritten(document: DocumentNode, internalKeys: InternalKeys): DocumentNode {
  let index = -1;
  const fieldOf = (node: FieldNode, isRoot: boolean): readonly FieldNode[] => {
    index += 1;
    const key = internalKeys[index];
    const selectionSet = node.selectionSet && selectionsOf(node.selectionSet, false);
    if (isIntrospection(node, isRoot) || isNeverIncluded(node)) return [];
    const alias = key === undefined ? node.alias : { kind: Kind.NAME as const, value: key };
    return [{ ...node, ...(alias && { alias }), ...(selectionSet && { selectionSet }) }];
  };
  const selectionsOf = (set: SelectionSetNode, isRoot: boolean): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((node): readonly SelectionNode[] => {
      if (node.kind === Kind.FIELD) return fieldOf(node, isRoot);
      if (node.kind === Kind.FRAGMENT_SPREAD) return isNeverIncluded(node) ? [] : [node];
      const selectionSet = selectionsOf(node.selectionSet, isRoot);
      return isNeverIncluded(node) ? [] : [{ ...node, selectionSet }];
    }),
  });
  return {
    ...document,
    definitions: document.definitions.map((node) => {
      if (node.kind === Kind.OPERATION_DEFINITION)
        return { ...node, selectionSet: selectionsOf(node.selectionSet, true) };
      if (node.kind === Kind.FRAGMENT_DEFINITION)
        return { ...node, selectionSet: selectionsOf(node.selectionSet, false) };
      return node;
    }),
  };
}

/** `@skip(if: true)`, `@include(if: false)`: the planner drops a field whose selections all are such, and it must not. */
function isNeverIncluded(node: SelectionNode): boolean {
  return (node.directives ?? []).some(({ name, arguments: values }) => {
    const value = values?.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind !== Kind.BOOLEAN) return false;
    return (name.value === 'skip' && value.value) || (name.value === 'include' && !value.value);
  });
}

/** Answered without the planner: `__schema` and `__type` (valid on the root alone) and the root's own `__typename`. */
function isIntrospection(node: FieldNode, isRoot: boolean): boolean {
  const name = node.name.value;
  return name === '__schema' || name === '__type' || (isRoot && name === '__typename');
}
