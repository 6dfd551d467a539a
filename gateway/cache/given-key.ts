import {
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import { keyText, type KeySet } from './key-sets.ts';

type Json = Readonly<Record<string, unknown>>;

/** What somebody wrote of an entity, read by one of its keys. */
export type GivenKey =
  | { readonly kind: 'named'; readonly text: string }
  /** Fields of this key are missing. */
  | { readonly kind: 'missing' }
  /** Null stands where it says which entity is meant. */
  | { readonly kind: 'nameless'; readonly problem: string }
  /** A value that the schema does not have there. */
  | { readonly kind: 'wrong'; readonly problem: string };

export function givenKey(set: KeySet, key: Json, { schema, type }: Entity): GivenKey {
  const found = objectFault(set.fields, key, { schema, parent: type, path: 'key' });
  if (found !== undefined) return found;
  const text = keyText(set, key);
  if (text === undefined) return { kind: 'missing' };
  const [first] = set.fields;
  // A part of a key may be null where the schema says so; a key of nothing else names nobody.
  return first !== undefined && isAllNull(set.fields, key)
    ? nameless(`key.${first.name}`)
    : { kind: 'named', text };
}

interface Entity {
  readonly schema: GraphQLSchema;
  readonly type: string;
}

interface Within {
  readonly schema: GraphQLSchema;
  /** Name of the type that has the fields. */
  readonly parent: string;
  readonly path: string;
}

type Fault = Extract<GivenKey, { kind: 'wrong' | 'nameless' }> | undefined;
type Fields = KeySet['fields'];

const wrong = (path: string, expected: string): Fault => ({
  kind: 'wrong',
  problem: `${path}: expected ${expected}`,
});
const nameless = (path: string) =>
  ({ kind: 'nameless', problem: `${path}: null names no entity` }) as const satisfies Fault;

/** The worst of all fields; what is missing is not looked at. */
function objectFault(fields: Fields, object: Json, { schema, parent, path }: Within): Fault {
  const found = schema.getType(parent);
  if (!isObjectType(found) && !isInterfaceType(found)) return undefined;
  const known = found.getFields();
  const faults = fields.map(({ name, below }): Fault => {
    const type = known[name]?.type;
    if (type === undefined || !Object.hasOwn(object, name)) return undefined;
    return valueFault(object[name], { schema, type, below, path: `${path}.${name}` });
  });
  return worst(faults);
}

interface Wanted {
  readonly schema: GraphQLSchema;
  readonly type: GraphQLOutputType;
  readonly below: Fields | undefined;
  readonly path: string;
}

function valueFault(value: unknown, wanted: Wanted): Fault {
  const { schema, type, below, path } = wanted;
  if (isNonNullType(type))
    return value === null ? nameless(path) : valueFault(value, { ...wanted, type: type.ofType });
  if (value === null) return undefined;
  if (isListType(type)) {
    if (!Array.isArray(value)) return wrong(path, 'a list');
    const inside = (one: unknown, at: number): Fault =>
      valueFault(one, { ...wanted, type: type.ofType, path: `${path}[${String(at)}]` });
    return worst(value.map(inside));
  }
  if (below !== undefined)
    return isJson(value)
      ? objectFault(below, value, { schema, parent: type.name, path })
      : wrong(path, 'an object');
  // A scalar of the schema's own may be written as anything.
  const isPlain = isSpecifiedScalarType(type) || isEnumType(type);
  return isPlain && typeof value === 'object' ? wrong(path, 'text or a number') : undefined;
}

const worst = (faults: readonly Fault[]): Fault =>
  faults.find((one) => one?.kind === 'wrong') ?? faults.find((one) => one !== undefined);

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAllNull = (fields: Fields, object: Json): boolean =>
  fields.every(({ name, below }) => {
    const value = object[name];
    return value === null || (below !== undefined && isJson(value) && isAllNull(below, value));
  });
