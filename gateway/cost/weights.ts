import {
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import { costDirectives, type CostDirectives, type ListSize } from './cost-directives.ts';

/** What the directives of a supergraph say, by the names of what they stand at. */
export interface Weights {
  /** Of objects, scalars and enums. */
  readonly types: ReadonlyMap<string, number>;
  /** By `Type.field`; of input fields too. */
  readonly fields: ReadonlyMap<string, number>;
  /** By `Type.field.argument`. */
  readonly arguments: ReadonlyMap<string, number>;
  /** By `Type.field`. */
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

interface Draft {
  readonly types: Map<string, number>;
  readonly fields: Map<string, number>;
  readonly arguments: Map<string, number>;
  readonly listSizes: Map<string, ListSize>;
}

/** Reads every weight and list size once; definitions and extensions are joined. */
export function readWeights(supergraph: DocumentNode): Weights {
  const directives = costDirectives(supergraph);
  const draft: Draft = { types: new Map(), fields: new Map(), arguments: new Map(), listSizes: new Map() };
  for (const node of supergraph.definitions) {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    keep(draft.types, node.name.value, directives.weight(node.directives));
    readFields(draft, node, directives);
  }
  return draft;
}

function readFields(draft: Draft, node: TypeDefinitionNode | TypeExtensionNode, read: CostDirectives): void {
  if (!('fields' in node)) return;
  for (const field of fieldsOf(node)) {
    const coordinate = `${node.name.value}.${field.name.value}`;
    keep(draft.fields, coordinate, read.weight(field.directives));
    keep(draft.listSizes, coordinate, read.listSize(field.directives));
    if (field.kind !== Kind.FIELD_DEFINITION) continue;
    for (const argument of field.arguments ?? [])
      keep(draft.arguments, `${coordinate}.${argument.name.value}`, read.weight(argument.directives));
  }
}

type FieldNodes = readonly (FieldDefinitionNode | InputValueDefinitionNode)[];

const fieldsOf = (node: { readonly fields?: FieldNodes }): FieldNodes => node.fields ?? [];

function keep<T>(map: Map<string, T>, name: string, value: T | undefined): void {
  if (value !== undefined) map.set(name, value);
}
