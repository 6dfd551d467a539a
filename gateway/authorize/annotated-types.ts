import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  type TypeNode,
} from 'graphql';
import { argumentOf, textOf, type DirectiveNames } from './access-directives.ts';
import { type Grant, type Grants, type Requirement } from './grants.ts';

/** A type of the supergraph as far as access is concerned. */
export interface AnnotatedType {
  readonly name: string;
  readonly isInterface: boolean;
  readonly interfaces: ReadonlySet<string>;
  /** For an interface: the graphs that have it as an `@interfaceObject`. */
  readonly objectIn: ReadonlySet<string>;
  /** What the type's own directives say. */
  readonly rule: Requirement;
  readonly fields: ReadonlyMap<string, AnnotatedField>;
  /** Names of the contexts (`@context`) that the type opens. */
  readonly contexts: ReadonlySet<string>;
}

export interface AnnotatedField {
  /** Named type of what it returns. */
  readonly returns: string;
  readonly rule: Requirement;
  /** The graphs that have it; `undefined`: those of its type. */
  readonly graphs: ReadonlySet<string> | undefined;
  /** Some graph has it as `@external`. */
  readonly isExternal: boolean;
  /** Field sets that some subgraph needs first (`@requires`). */
  readonly requires: readonly string[];
  /** Where its context arguments come from (`@fromContext`). */
  readonly fromContext: readonly { readonly context: string; readonly selection: string }[];
}

interface Draft extends AnnotatedType {
  readonly interfaces: Set<string>;
  readonly objectIn: Set<string>;
  readonly rule: Set<Grant>;
  readonly fields: Map<string, AnnotatedField>;
  readonly contexts: Set<string>;
}

/** Every type of the full supergraph with its rules; definitions and extensions are joined. */
export function annotatedTypes(
  supergraph: DocumentNode,
  names: DirectiveNames,
  known: Grants,
): ReadonlyMap<string, AnnotatedType> {
  const types = new Map<string, Draft>();
  for (const node of supergraph.definitions) {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    const draft = types.get(node.name.value) ?? emptyDraft(node);
    types.set(draft.name, draft);
    annotate(draft, node, names, known);
  }
  return types;
}

const emptyDraft = ({ kind, name }: TypeNodes): Draft => ({
  name: name.value,
  isInterface: kind === Kind.INTERFACE_TYPE_DEFINITION || kind === Kind.INTERFACE_TYPE_EXTENSION,
  interfaces: new Set(),
  objectIn: new Set(),
  rule: new Set(),
  fields: new Map(),
  contexts: new Set(),
});

function annotate(draft: Draft, node: TypeNodes, names: DirectiveNames, known: Grants): void {
  for (const grant of ruleOf(node.directives, names, known)) draft.rule.add(grant);
  for (const directive of node.directives ?? []) noteOf(draft, directive, names);
  if (!hasOutputFields(node)) return;
  for (const one of node.interfaces ?? []) draft.interfaces.add(one.name.value);
  for (const field of node.fields ?? [])
    draft.fields.set(field.name.value, annotatedField(field, names, known));
}

function noteOf(draft: Draft, directive: ConstDirectiveNode, names: DirectiveNames): void {
  const context = names.context.has(directive.name.value) ? textOf(argumentOf(directive, 'name')) : undefined;
  if (context !== undefined) draft.contexts.add(context);
  const graph = isTrue(directive, 'isInterfaceObject') ? graphOf(directive) : undefined;
  if (graph !== undefined) draft.objectIn.add(graph);
}

type TypeNodes = TypeDefinitionNode | TypeExtensionNode;
type OutputNode = Extract<TypeNodes, { readonly fields?: readonly FieldDefinitionNode[] }>;

const hasOutputFields = (node: TypeNodes): node is OutputNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION ||
  node.kind === Kind.OBJECT_TYPE_EXTENSION ||
  node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
  node.kind === Kind.INTERFACE_TYPE_EXTENSION;

function annotatedField(field: FieldDefinitionNode, names: DirectiveNames, known: Grants): AnnotatedField {
  const joins = (field.directives ?? []).filter(({ name }) => name.value === 'join__field');
  return {
    returns: namedType(field.type),
    rule: ruleOf(field.directives, names, known),
    graphs: joins.length === 0 ? undefined : new Set(joins.flatMap((join) => graphOf(join) ?? [])),
    isExternal: joins.some((join) => isTrue(join, 'external')),
    requires: joins.flatMap((join) => textOf(argumentOf(join, 'requires')) ?? []),
    fromContext: joins.flatMap(contextArguments),
  };
}

const ruleOf = (
  directives: readonly ConstDirectiveNode[] | undefined,
  names: DirectiveNames,
  known: Grants,
): Requirement =>
  new Set(
    (directives ?? []).flatMap((directive) => {
      const feature = names.access.get(directive.name.value);
      return feature === undefined ? [] : [known.of(directive, feature)];
    }),
  );

function contextArguments(join: ConstDirectiveNode): AnnotatedField['fromContext'] {
  const list = argumentOf(join, 'contextArguments');
  if (list?.kind !== Kind.LIST) return [];
  return list.values.flatMap((entry) => {
    if (entry.kind !== Kind.OBJECT) return [];
    const part = (name: string): string =>
      textOf(entry.fields.find((one) => one.name.value === name)?.value) ?? '';
    return [{ context: part('context'), selection: part('selection') }];
  });
}

function graphOf(join: ConstDirectiveNode): string | undefined {
  const graph = argumentOf(join, 'graph');
  return graph?.kind === Kind.ENUM ? graph.value : undefined;
}

function isTrue(join: ConstDirectiveNode, name: string): boolean {
  const value = argumentOf(join, name);
  return value?.kind === Kind.BOOLEAN && value.value;
}

const namedType = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
