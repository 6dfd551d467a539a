import { hash } from 'node:crypto';
import {
  isAbstractType,
  isInterfaceType,
  isObjectType,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  isUnionType,
  Kind,
  print,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type GraphQLSchema,
  type TypeDefinitionNode,
} from 'graphql';
import { keySet, type KeySet } from './key-sets.ts';

/** What a `@cacheControl` says. */
export interface CacheHint {
  /** Seconds. */
  readonly maxAge: number | undefined;
  readonly isPrivate: boolean;
  readonly inherits: boolean;
  /**
   * The subgraphs of which any may have said it: composition keeps one directive of all that stood there, and does not say
   * whose. `undefined`: that cannot be told.
   */
  readonly sayers: ReadonlySet<string> | undefined;
}

export interface SchemaSource {
  /** The supergraph with all its directives. */
  readonly document: DocumentNode;
  /** The same as a schema. */
  readonly schema: GraphQLSchema;
  /** Names of the directives that say who may see what, without `@`. */
  readonly accessDirectives: ReadonlySet<string>;
}

/** What the cache reads out of one supergraph. */
export interface SchemaFacts {
  readonly schema: GraphQLSchema;
  readonly subgraphs: ReadonlySet<string>;
  /** Changes with what the supergraph says of this subgraph. */
  readonly versionOf: (subgraph: string) => string;
  /** Types a subgraph knows. */
  readonly typesOf: (subgraph: string) => ReadonlySet<string>;
  readonly keysOf: (type: string) => readonly KeySet[];
  /**
   * The type and those under whose names its entities may be kept: interfaces it implements, unions it is in, and what
   * implements it or is in it.
   */
  readonly related: (type: string) => readonly string[];
  /** The type, and what a subgraph may answer where it stands. */
  readonly possible: (subgraph: string, type: string) => readonly string[];
  /** The type, what may stand where it stands, and the interfaces of all of these: whose words hold for it as well. */
  readonly kin: (type: string) => ReadonlySet<string>;
  /** Of a type, or of `Type.field`. */
  readonly hint: (coordinate: string) => CacheHint | undefined;
  /** Whether access directives guard a type, or a field of it; those of its kin guard it too. */
  readonly isProtected: (type: string, field?: string) => boolean;
  /** Formats of `@cacheTag` in this subgraph on a type, or on `Type.field`. */
  readonly tagFormats: (subgraph: string, coordinate: string) => readonly string[];
}

export function schemaFacts({ document, schema, accessDirectives }: SchemaSource): SchemaFacts {
  const graphs = graphNames(document);
  const found = collected(document, accessDirectives, graphs);
  const versions = new Map<string, string>();
  const none: ReadonlySet<string> = new Set();
  const unions = unionsIn(schema);
  const kin = remembered((type) => kinOf(schema, type));
  return {
    schema,
    subgraphs: new Set(graphs.values()),
    versionOf: (subgraph) => {
      const known = versions.get(subgraph) ?? versionOf(document, subgraph, graphs);
      versions.set(subgraph, known);
      return known;
    },
    typesOf: (subgraph) => found.types.get(subgraph) ?? none,
    keysOf: (type) => found.keys.get(type) ?? [],
    related: (type) => [...related(schema, type), ...(unions.get(type) ?? [])],
    possible: (subgraph, type) => [
      type,
      ...behind(schema, type).filter((name) => found.sayers.get(name)?.has(subgraph) !== false),
    ],
    kin,
    hint: (coordinate) => found.hints.get(coordinate),
    isProtected: (type, field) =>
      [...kin(type)].some(
        (name) =>
          found.protected.has(name) || (field !== undefined && found.protected.has(`${name}.${field}`)),
      ),
    tagFormats: (subgraph, coordinate) => found.tags.get(`${subgraph}:${coordinate}`) ?? [],
  };
}

interface Collected {
  readonly hints: Map<string, CacheHint>;
  readonly protected: Set<string>;
  readonly tags: Map<string, string[]>;
  readonly keys: Map<string, KeySet[]>;
  readonly types: Map<string, Set<string>>;
  /** The subgraphs of each type. */
  readonly sayers: Map<string, Set<string>>;
}

function collected(
  document: DocumentNode,
  access: ReadonlySet<string>,
  graphs: ReadonlyMap<string, string>,
): Collected {
  const found: Collected = {
    hints: new Map(),
    protected: new Set(),
    tags: new Map(),
    keys: new Map(),
    types: new Map(),
    sayers: new Map(),
  };
  const take = (place: Place): void => {
    const { coordinate, directives } = place;
    for (const directive of directives) takeDirective(found, { coordinate, directive, access, graphs });
    const hint = directives.find(({ name }) => name.value === 'cacheControl');
    if (hint !== undefined) found.hints.set(coordinate, { ...hintOf(hint), sayers: sayersOf(place, graphs) });
  };
  for (const node of document.definitions) {
    if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue;
    const type = node.name.value;
    const ofType = node.directives ?? [];
    take({ coordinate: type, directives: ofType, ofType });
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || !('fields' in node)) continue;
    for (const { name, directives = [] } of node.fields ?? [])
      take({ coordinate: `${type}.${name.value}`, directives, ofType });
  }
  return found;
}

/** A type or a field in the supergraph. */
interface Place {
  readonly coordinate: string;
  readonly directives: readonly ConstDirectiveNode[];
  /** The type's own. */
  readonly ofType: readonly ConstDirectiveNode[];
}

/**
 * Those that have the field and resolve it, or had it before another took it over; those of its type where nothing is
 * said of the field.
 */
function sayersOf(
  { directives, ofType }: Place,
  graphs: ReadonlyMap<string, string>,
): ReadonlySet<string> | undefined {
  const fields = directives.filter(({ name }) => name.value === 'join__field');
  const joins = fields.length > 0 ? fields : ofType.filter(({ name }) => name.value === 'join__type');
  const known = new Set(graphs.values());
  const found = joins.filter((one) => !isTrue(one, 'external')).map((one) => graphsOf(one, graphs));
  if (found.length === 0 || found.some((names) => names.length === 0)) return undefined;
  const former = joins.flatMap((one) => textArgument(one, 'override') ?? []);
  return new Set([...found.flat(), ...former.filter((name) => known.has(name))]);
}

interface Taking {
  readonly coordinate: string;
  readonly directive: ConstDirectiveNode;
  readonly access: ReadonlySet<string>;
  readonly graphs: ReadonlyMap<string, string>;
}

function takeDirective(found: Collected, { coordinate, directive, access, graphs }: Taking): void {
  const name = directive.name.value;
  if (access.has(name)) found.protected.add(coordinate);
  if (name === 'join__type') takeType(found, coordinate, directive, graphs);
  if (name === 'join__directive') takeTag(found, coordinate, directive, graphs);
}

function takeTag(
  found: Collected,
  coordinate: string,
  directive: ConstDirectiveNode,
  graphs: ReadonlyMap<string, string>,
): void {
  if (!/(^|__)cacheTag$/.test(textArgument(directive, 'name') ?? '')) return;
  const args = argument(directive, 'args');
  const format =
    args?.kind === Kind.OBJECT ? args.fields.find((one) => one.name.value === 'format') : undefined;
  if (format?.value.kind !== Kind.STRING) return;
  for (const subgraph of graphsOf(directive, graphs)) {
    const key = `${subgraph}:${coordinate}`;
    found.tags.set(key, [...(found.tags.get(key) ?? []), format.value.value]);
  }
}

function takeType(
  found: Collected,
  type: string,
  directive: ConstDirectiveNode,
  graphs: ReadonlyMap<string, string>,
): void {
  const [subgraph] = graphsOf(directive, graphs);
  if (subgraph === undefined) return;
  found.types.set(subgraph, (found.types.get(subgraph) ?? new Set()).add(type));
  found.sayers.set(type, (found.sayers.get(type) ?? new Set()).add(subgraph));
  const text = textArgument(directive, 'key');
  const set = text === undefined ? undefined : keySet(text);
  const known = found.keys.get(type) ?? [];
  if (set !== undefined && known.every(({ name }) => name !== set.name))
    found.keys.set(type, [...known, set]);
}

function hintOf(directive: ConstDirectiveNode): Omit<CacheHint, 'sayers'> {
  const maxAge = argument(directive, 'maxAge');
  const scope = argument(directive, 'scope');
  return {
    maxAge: maxAge?.kind === Kind.INT ? Number(maxAge.value) : undefined,
    isPrivate: scope?.kind === Kind.ENUM && scope.value === 'PRIVATE',
    inherits: isTrue(directive, 'inheritMaxAge'),
  };
}

/** Names of the `join__Graph` enum to names of subgraphs. */
function graphNames(document: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== 'join__Graph') continue;
    for (const value of node.values ?? []) {
      const graph = value.directives?.find((one) => one.name.value === 'join__graph');
      if (graph !== undefined) names.set(value.name.value, textArgument(graph, 'name') ?? value.name.value);
    }
  }
  return names;
}

function graphsOf(directive: ConstDirectiveNode, graphs: ReadonlyMap<string, string>): readonly string[] {
  const one = argument(directive, 'graph');
  const many = argument(directive, 'graphs');
  const values = many?.kind === Kind.LIST ? many.values : one === undefined ? [] : [one];
  return values.flatMap((value) => (value.kind === Kind.ENUM ? (graphs.get(value.value) ?? []) : []));
}

/** A hash of the supergraph without what is said of other subgraphs alone. */
function versionOf(document: DocumentNode, subgraph: string, graphs: ReadonlyMap<string, string>): string {
  const isForeign = (directive: ConstDirectiveNode): boolean => {
    const named = graphsOf(directive, graphs);
    return named.length > 0 && !named.includes(subgraph);
  };
  const parts = document.definitions.flatMap((node) => {
    if (!isTypeDefinitionNode(node) || node.name.value === 'join__Graph') return [];
    const { directives = [] } = node;
    const joins = directives.filter((one) => one.name.value === 'join__type');
    if (joins.length === 0 || joins.every(isForeign)) return [];
    const children = childrenOf(node).filter(({ directives: own = [] }) => {
      const placed = own.filter((one) => one.name.value.startsWith('join__'));
      return placed.length === 0 || !placed.every(isForeign);
    });
    const kept = directives.filter((one) => !isForeign(one)).map((one) => print(one));
    return [
      `${node.kind} ${node.name.value} ${kept.join(' ')} ${children.map((one) => print(one)).join('\n')}`,
    ];
  });
  return hash('sha256', parts.join('\n'), 'base64url').slice(0, 16);
}

function childrenOf(node: TypeDefinitionNode) {
  if ('fields' in node) return node.fields ?? [];
  return 'values' in node ? (node.values ?? []) : [];
}

function related(schema: GraphQLSchema, type: string): readonly string[] {
  const found = schema.getType(type);
  if (isObjectType(found)) return [type, ...found.getInterfaces().map(({ name }) => name)];
  if (isUnionType(found)) return [type, ...found.getTypes().map(({ name }) => name)];
  if (!isInterfaceType(found)) return [type];
  const { objects, interfaces } = schema.getImplementations(found);
  return [type, ...[...objects, ...interfaces, ...found.getInterfaces()].map(({ name }) => name)];
}

/** By the type that is in them. */
function unionsIn(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const unions = new Map<string, string[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isUnionType(type)) continue;
    for (const { name } of type.getTypes()) unions.set(name, [...(unions.get(name) ?? []), type.name]);
  }
  return unions;
}

/** The objects that may stand where an abstract type stands. */
function behind(schema: GraphQLSchema, type: string): readonly string[] {
  const found = schema.getType(type);
  return isAbstractType(found) ? schema.getPossibleTypes(found).map(({ name }) => name) : [];
}

function kinOf(schema: GraphQLSchema, type: string): ReadonlySet<string> {
  const all = [type, ...behind(schema, type)];
  const interfaces = all.flatMap((name) => {
    const found = schema.getType(name);
    return isObjectType(found) || isInterfaceType(found) ? found.getInterfaces() : [];
  });
  return new Set([...all, ...interfaces.map(({ name }) => name)]);
}

function remembered<Value>(make: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    const value = known.get(name) ?? make(name);
    known.set(name, value);
    return value;
  };
}

const argument = (directive: ConstDirectiveNode, name: string): ConstValueNode | undefined =>
  directive.arguments?.find((one) => one.name.value === name)?.value;

function isTrue(directive: ConstDirectiveNode, name: string): boolean {
  const value = argument(directive, name);
  return value?.kind === Kind.BOOLEAN && value.value;
}

function textArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = argument(directive, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
}
