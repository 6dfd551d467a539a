import { amountOf, type Variables } from './amount.ts';
import type { CostTree, FieldCost, ObjectCost } from './cost-tree.ts';

/** A part of an operation with its share of the estimate. */
export interface CostShare {
  /** Response name; the operation itself at the root. */
  readonly name: string;
  /** `Type.field`; empty at the root. */
  readonly coordinate: string;
  /** Of all times that the field is answered. */
  readonly cost: number;
  /** How often the field is answered. */
  readonly times: number;
  /** Items of each list; `undefined` for what is no list. */
  readonly items: number | undefined;
  /** Of one value, without what is in it. */
  readonly weight: number;
  readonly argumentCost: number;
  /** The type that is assumed where there are several. */
  readonly assumedType: string | undefined;
  readonly parts: readonly CostShare[];
}

/** Parts told of one operation: what is written out may be much longer than the operation. */
const mostParts = 2_000;

/** The estimate as a tree, of abstract types the dearest. */
export function costShares(tree: CostTree, variables: Variables, turn: number): CostShare {
  let told = 0;
  const shareOf = (field: FieldCost, times: number): CostShare | undefined => {
    if (++told > mostParts) return undefined;
    const { objects } = field;
    const items = amountOf(field.length, variables, turn);
    const argumentCost = amountOf(field.arguments, variables, turn);
    const chosen = dearestOf(objects ?? [], variables, turn);
    const each = times * items;
    return {
      name: field.responseName,
      coordinate: field.coordinate,
      cost: times * amountOf(field.amount, variables, turn),
      ...{ times, items: field.isList ? items : undefined, argumentCost },
      weight: objects === undefined ? field.leafWeight : (chosen?.weight ?? 0),
      assumedType: objects !== undefined && objects.length > 1 ? chosen?.typeName : undefined,
      parts: partsOf(chosen?.fields ?? [], each),
    };
  };
  const partsOf = (fields: readonly FieldCost[], times: number): readonly CostShare[] =>
    fields.flatMap((inner) => shareOf(inner, times) ?? []);
  return {
    ...{ name: '', coordinate: '', times: 1, items: undefined, argumentCost: 0, assumedType: undefined },
    cost: amountOf(tree.amount, variables, turn),
    weight: tree.operationWeight,
    parts: partsOf(tree.root.fields, 1),
  };
}

function dearestOf(
  objects: readonly ObjectCost[],
  variables: Variables,
  turn: number,
): ObjectCost | undefined {
  let chosen: ObjectCost | undefined;
  let most = -1;
  for (const object of objects) {
    const amount = amountOf(object.amount, variables, turn);
    if (amount > most) chosen = object;
    most = Math.max(most, amount);
  }
  return chosen;
}
