import { badInput } from './input.ts';

const maxFirst = 100;
const maxCursorLength = 1_000;

/** One part of a sort key. */
export type SortPart = string | number;

type PartKind = 'text' | 'number';
type PartOf<Kind extends PartKind> = Kind extends 'text' ? string : number;
type KeyOf<Shape extends readonly PartKind[]> = { readonly [Index in keyof Shape]: PartOf<Shape[Index]> };

/** The `first` of a list: how many rows are wanted, 0 to 100. */
export function firstOf(value: number | null | undefined, fallback: number): number {
  const first = value ?? fallback;
  if (first < 0 || first > maxFirst) throw badInput('first', `must be from 0 to ${maxFirst}`);
  return first;
}

/** An opaque text for the place of a row in an order. `order` names the order, so that it fits no other. */
export function cursorOf(order: string, key: readonly SortPart[]): string {
  return Buffer.from(JSON.stringify([order, ...key])).toString('base64url');
}

/** The sort key in a cursor that `cursorOf` made for the same order; undefined for none, BAD_USER_INPUT for garbage. */
export function keyAfter<const Shape extends readonly PartKind[]>(
  cursor: string | null | undefined,
  order: string,
  shape: Shape,
): KeyOf<Shape> | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  const parts = cursor.length <= maxCursorLength ? partsOf(cursor) : undefined;
  const [madeFor, ...key] = parts ?? [];
  if (madeFor !== order || !fits(key, shape)) {
    throw badInput('after', 'must be a cursor of this very list, as its pageInfo or edges gave it');
  }
  return key as unknown as KeyOf<Shape>; // fits() has compared each part
}

function partsOf(cursor: string): readonly unknown[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts : undefined;
  } catch {
    return undefined;
  }
}

function fits(key: readonly unknown[], shape: readonly PartKind[]): boolean {
  return (
    key.length === shape.length &&
    key.every((part, index) =>
      shape[index] === 'text'
        ? typeof part === 'string' && !part.includes('\u0000')
        : Number.isSafeInteger(part),
    )
  );
}

export interface Connection<Row> {
  readonly nodes: readonly Row[];
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** A page out of up to `first + 1` rows: the one too many tells that there is more. */
export function connectionOf<Row>(
  rows: readonly Row[],
  first: number,
  cursor: (row: Row) => string,
): Connection<Row> {
  const nodes = rows.slice(0, first);
  const edges = nodes.map((node) => ({ cursor: cursor(node), node }));
  return {
    nodes,
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
  };
}
