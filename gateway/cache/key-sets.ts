import { Kind, parse, type SelectionSetNode } from 'graphql';

/** The fields of one `@key`, sorted. */
export interface KeySet {
  /** The same for equal keys, however they were written. */
  readonly name: string;
  readonly fields: readonly KeyField[];
}

interface KeyField {
  readonly name: string;
  readonly below: readonly KeyField[] | undefined;
}

/** Reads a value by the name of its field; `undefined`: unknown. */
export type ReadField = (object: Readonly<Record<string, unknown>>, field: string, path: string) => unknown;

export function keySet(text: string): KeySet | undefined {
  try {
    const [definition] = parse(`{${text}}`, { noLocation: true }).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) return undefined;
    const fields = fieldsOf(definition.selectionSet);
    return { name: nameOf(fields), fields };
  } catch {
    return undefined;
  }
}

function fieldsOf({ selections }: SelectionSetNode): readonly KeyField[] {
  return selections
    .flatMap((one): readonly KeyField[] => {
      if (one.kind !== Kind.FIELD || one.name.value === '__typename') return [];
      return [
        {
          name: one.name.value,
          below: one.selectionSet === undefined ? undefined : fieldsOf(one.selectionSet),
        },
      ];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const nameOf = (fields: readonly KeyField[]): string =>
  fields.map(({ name, below }) => (below === undefined ? name : `${name}{${nameOf(below)}}`)).join(' ');

/** The key's values in one form for all who write them; `undefined` when one is missing. Numbers equal their text. */
export function keyText(
  { name, fields }: KeySet,
  object: Readonly<Record<string, unknown>>,
  read: ReadField = readPlain,
): string | undefined {
  const values = valuesOf(fields, object, { read, path: '' });
  return values === undefined ? undefined : `${name}=${JSON.stringify(values)}`;
}

interface Reading {
  readonly read: ReadField;
  readonly path: string;
}

function valuesOf(
  fields: readonly KeyField[],
  object: Readonly<Record<string, unknown>>,
  { read, path }: Reading,
): readonly unknown[] | undefined {
  const values: unknown[] = [];
  for (const { name, below } of fields) {
    const value = read(object, name, path);
    const text =
      below === undefined ? leafText(value) : nested(below, value, { read, path: `${path}.${name}` });
    if (text === undefined) return undefined;
    values.push(text);
  }
  return values;
}

function nested(below: readonly KeyField[], value: unknown, reading: Reading): unknown {
  if (Array.isArray(value)) {
    const all = value.map((one) => nested(below, one, reading));
    return all.includes(undefined) ? undefined : all;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return valuesOf(below, value as Readonly<Record<string, unknown>>, reading);
}

function leafText(value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === undefined) return undefined;
  return value === null ? null : JSON.stringify(value);
}

const readPlain: ReadField = (object, field) => (Object.hasOwn(object, field) ? object[field] : undefined);
