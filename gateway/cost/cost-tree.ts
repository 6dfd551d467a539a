import type { FieldNode } from 'graphql';
import type { Amount } from './amount.ts';

/** A field of an operation, on one type of object, with all that is selected in it. */
export interface FieldCost {
  readonly responseName: string;
  /** The nodes that GraphQL merges into this field. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]];
  /** `Type.field`. */
  readonly coordinate: string;
  readonly returns: string;
  readonly arguments: Amount;
  /** How many values the field promises; 1 for what is no list. */
  readonly length: Amount;
  readonly isList: boolean;
  /** Of one value of a leaf; objects weigh what their type weighs. */
  readonly leafWeight: number;
  /** What is selected, for each type the object may be of; `undefined` for a leaf. */
  readonly objects: readonly ObjectCost[] | undefined;
  /** The objects need not say of which type they are. */
  readonly areUnnamed?: true;
  /** All of it. */
  readonly amount: Amount;
}

/** An object of one type, with what is selected of it. */
export interface ObjectCost {
  readonly typeName: string;
  /** Of the object itself. */
  readonly weight: number;
  readonly fields: readonly FieldCost[];
  /** Of the object and its fields. */
  readonly amount: Amount;
}

/** The cost of an operation for one combination of its `@skip` and `@include` variables. */
export interface CostTree {
  /** Of the kind of operation: a mutation weighs 10. */
  readonly operationWeight: number;
  readonly root: ObjectCost;
  readonly amount: Amount;
  /** More than 0 when a list does not have exactly the one slicing argument that the schema asks for. */
  readonly faults: Amount;
  /** The fields of which that may be said. */
  readonly faulty: readonly string[];
}
