import {
  isTypeDefinitionNode,
  Kind,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type TypeDefinitionNode,
} from 'graphql';
import { nearestName } from '../../schema/yaml/yaml.ts';
import type { GatewayConfig } from '../config/config.ts';
import type { UnknownName } from './subgraph-names.ts';

/**
 * Types to which `response_cache` gives times and which the supergraph does not have; under the name of a subgraph, those
 * which that subgraph does not have. What stands under a subgraph that is not there is told of with the subgraph.
 */
export function unknownTypes(config: GatewayConfig, document: DocumentNode): readonly UnknownName[] {
  const { all, subgraphs } = config.response_cache.subgraph;
  const places = [
    { path: 'all', names: Object.keys(all.types), subgraph: undefined },
    ...Object.entries(subgraphs).map(([subgraph, { types = {} }]) => {
      return { path: `subgraphs.${subgraph}`, names: Object.keys(types), subgraph };
    }),
  ].filter(({ names }) => names.length > 0);
  if (places.length === 0) return [];
  const found = typesIn(document);
  return places.flatMap(({ path, names, subgraph }) => {
    const known = subgraph === undefined ? found.all : found.of(subgraph);
    return names
      .filter((name) => known?.has(name) === false)
      .map((name) => ({
        key: `response_cache.subgraph.${path}.types.${name}`,
        // A name that another subgraph has is no slip of the pen.
        near: found.all.has(name) ? undefined : nearestName(name, known ?? []),
      }));
  });
}

interface FoundTypes {
  readonly all: ReadonlySet<string>;
  /** `undefined`: there is no such subgraph. */
  readonly of: (subgraph: string) => ReadonlySet<string> | undefined;
}

/** Times hold for what root fields and entities are; both may be anything but an input. */
function typesIn(document: DocumentNode): FoundTypes {
  const nodes = document.definitions.filter(isTypeDefinitionNode);
  const graphs = graphNames(nodes);
  const everywhere = ['Int', 'Float', 'String', 'Boolean', 'ID'];
  const found = new Map([...graphs.values()].map((subgraph) => [subgraph, new Set(everywhere)]));
  for (const node of nodes) {
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) continue;
    const joins = directivesOf(node, 'join__type');
    // Those of the specifications, such as join__FieldSet.
    if (joins.length === 0 && node.name.value.includes('__')) continue;
    // Supergraphs of Federation 1 do not say who has a type that several share.
    const owners = joins.length === 0 ? graphs.values() : joins.map((join) => graphs.get(graphOf(join)));
    for (const owner of owners) found.get(owner ?? '')?.add(node.name.value);
  }
  return {
    all: new Set([...found.values()].flatMap((types) => [...types])),
    of: (subgraph) => found.get(subgraph),
  };
}

/** Names of subgraphs by the names that the enum `join__Graph` has for them. */
function graphNames(nodes: readonly TypeDefinitionNode[]): ReadonlyMap<string, string> {
  const node = nodes.find(({ name }) => name.value === 'join__Graph');
  const values = node?.kind === Kind.ENUM_TYPE_DEFINITION ? (node.values ?? []) : [];
  return new Map(
    values.map((value) => {
      const name = directivesOf(value, 'join__graph').map((one) => argumentOf(one, 'name'))[0];
      return [value.name.value, name?.kind === Kind.STRING ? name.value : value.name.value];
    }),
  );
}

function graphOf(join: ConstDirectiveNode): string {
  const graph = argumentOf(join, 'graph');
  return graph?.kind === Kind.ENUM ? graph.value : '';
}

function directivesOf(
  { directives = [] }: Pick<TypeDefinitionNode, 'directives'>,
  name: string,
): readonly ConstDirectiveNode[] {
  return directives.filter((one) => one.name.value === name);
}

function argumentOf({ arguments: given = [] }: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return given.find((one) => one.name.value === name)?.value;
}
