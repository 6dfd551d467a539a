/**
 * One graph and how it is split over subgraphs: plain data, so that a counterexample can be made smaller by leaving out
 * list items and printed as it is.
 */
export interface World {
  /** Values of all fields follow from this, type, field and index. */
  readonly seed: number;
  readonly subgraphs: readonly string[];
  readonly enums: readonly WorldEnum[];
  readonly objects: readonly WorldObject[];
  readonly interfaces: readonly WorldInterface[];
  readonly unions: readonly WorldUnion[];
  /** Whether some values are null where the schema does not allow it. */
  readonly hasFaults: boolean;
  /** Subgraphs that do not know the last thing of a type: its fields there are null, and that is no error. */
  readonly missing: readonly { readonly type: string; readonly subgraph: string }[];
}

interface WorldEnum {
  readonly name: string;
  readonly values: readonly string[];
  /** Hidden from clients; data may hold it. */
  readonly hidden: readonly string[];
}

export interface WorldObject {
  readonly name: string;
  readonly kind: 'root' | 'entity' | 'value';
  /** Subgraphs that declare it. */
  readonly in: readonly string[];
  readonly keys: readonly WorldKey[];
  readonly fields: readonly WorldField[];
}

/** `fields` as `@key` has it: `id`, `a b`, `n { a b }`. */
export interface WorldKey {
  readonly fields: string;
  readonly subgraph: string;
  readonly resolvable: boolean;
}

export interface WorldField {
  readonly name: string;
  readonly type: string;
  readonly args: readonly WorldArgument[];
  readonly places: readonly Place[];
  readonly hidden: boolean;
  /** Part of a key: unique, never null. */
  readonly isKey: boolean;
}

export interface WorldArgument {
  readonly name: string;
  /** With default, as SDL has it: `Int = 3`. */
  readonly type: string;
}

/** One subgraph's declaration of a field. */
export interface Place {
  readonly subgraph: string;
  /** Where this subgraph says it otherwise (nullability). */
  readonly type?: string;
  readonly external?: true;
  readonly requires?: string;
  readonly provides?: string;
  readonly override?: { readonly from: string; readonly label?: string };
}

export interface WorldInterface {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: string }[];
  readonly in: readonly InterfacePlace[];
  /** Subgraphs that hold it for an object type, and the fields they add to it. */
  readonly objects: readonly InterfaceObject[];
}

export interface InterfacePlace {
  readonly subgraph: string;
  readonly fields: readonly string[];
  readonly implementers: readonly string[];
  readonly key?: string;
}

export interface InterfaceObject {
  readonly subgraph: string;
  readonly key: string;
  readonly fields: readonly WorldField[];
}

export interface WorldUnion {
  readonly name: string;
  readonly in: readonly { readonly subgraph: string; readonly members: readonly string[] }[];
}

export const namedType = (type: string): string => type.replace(/[[\]!]/g, '');

/** The labels of progressive overrides. */
export function labelsOf(world: World): readonly string[] {
  const labels = world.objects.flatMap((object) =>
    object.fields.flatMap((field) => field.places.flatMap((place) => place.override?.label ?? [])),
  );
  return [...new Set(labels)];
}

/** Names of object types that implement an interface in some subgraph. */
export function implementersOf(face: WorldInterface): readonly string[] {
  return [...new Set(face.in.flatMap((place) => place.implementers))];
}
