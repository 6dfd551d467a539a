import {
  isCompositeType,
  type NamedType,
  possibleRuntimeTypes,
  type Schema,
} from '@apollo/federation-internals';
import { parse, visit } from 'graphql';

/** Names of a supergraph that a client's response name must not be confused with. */
export interface SchemaNames {
  /** Whether a value of the type, or of a type that may stand for it, has a field of that name (hidden ones too). */
  readonly hasFieldAround: (typeName: string, fieldName: string) => boolean;
  /** Whether any type has such a field. */
  readonly hasField: (fieldName: string) => boolean;
  /** Whether fields of that name take arguments and are read by some `@requires` or `@fromContext`. */
  readonly isReadWithArguments: (fieldName: string) => boolean;
  /** Whether some subgraph knows the interface as an object type (`@interfaceObject`). */
  readonly isInterfaceObject: (typeName: string) => boolean;
}

/** Reads the names off a supergraph's full schema, hidden elements included. */
export function schemaNames(supergraph: Schema): SchemaNames {
  const around = new Map<string, ReadonlySet<string>>();
  const all = new Set<string>();
  const withArguments = new Set<string>();
  for (const type of supergraph.types()) {
    if (!isCompositeType(type)) continue;
    around.set(type.name, fieldNamesAround(type));
    for (const field of ownFields(type)) {
      all.add(field.name);
      if (field.hasArguments()) withArguments.add(field.name);
    }
  }
  const read = fieldsReadByDirectives(supergraph);
  const objects = interfaceObjects(supergraph);
  return {
    hasFieldAround: (typeName, fieldName) => around.get(typeName)?.has(fieldName) ?? false,
    hasField: (fieldName) => all.has(fieldName),
    isReadWithArguments: (fieldName) => withArguments.has(fieldName) && read.has(fieldName),
    isInterfaceObject: (typeName) => objects.has(typeName),
  };
}

function fieldNamesAround(type: NamedType): ReadonlySet<string> {
  if (!isCompositeType(type)) return new Set();
  const types = [type, ...possibleRuntimeTypes(type)];
  return new Set(types.flatMap((each) => ownFields(each).map((field) => field.name)));
}

function ownFields(type: NamedType) {
  return type.kind === 'ObjectType' || type.kind === 'InterfaceType' ? type.fields() : [];
}

function interfaceObjects(supergraph: Schema): ReadonlySet<string> {
  const join = supergraph.coreFeatures?.getByIdentity('https://specs.apollo.dev/join');
  const directive = supergraph.directive(join?.directiveNameInSchema('type') ?? 'join__type');
  const names = new Set<string>();
  for (const application of directive?.applications() ?? []) {
    const { isInterfaceObject } = application.arguments() as { readonly isInterfaceObject?: unknown };
    if (isInterfaceObject === true && 'name' in application.parent)
      names.add(String(application.parent.name));
  }
  return names;
}

/** Names in the field sets of `@join__field(requires:, contextArguments:)`. */
function fieldsReadByDirectives(supergraph: Schema): ReadonlySet<string> {
  const join = supergraph.coreFeatures?.getByIdentity('https://specs.apollo.dev/join');
  const directive = supergraph.directive(join?.directiveNameInSchema('field') ?? 'join__field');
  const names = new Set<string>();
  for (const application of directive?.applications() ?? []) {
    for (const text of fieldSets(application.arguments())) addNames(text, names);
  }
  return names;
}

function fieldSets(values: Readonly<Record<string, unknown>>): readonly string[] {
  const contexts = Array.isArray(values['contextArguments']) ? (values['contextArguments'] as unknown[]) : [];
  const selections = contexts.map((entry) => (entry as { readonly selection?: unknown }).selection);
  return [values['requires'], ...selections].filter((text) => typeof text === 'string');
}

function addNames(fieldSet: string, names: Set<string>): void {
  const text = fieldSet.trim();
  visit(parse(text.startsWith('{') ? text : `{${text}}`), {
    Field: (node) => void names.add(node.name.value),
  });
}
