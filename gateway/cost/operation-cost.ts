import type { FieldNode } from 'graphql';
import type { Operation } from '../model/operation.ts';
import type { Variables } from './amount.ts';
import type { AnswerCount } from './answer-count.ts';
import type { CostShare } from './cost-shares.ts';

export interface Estimate {
  /** No answer that keeps the promises of the schema costs more. */
  readonly cost: number;
  /** Lists without exactly the one slicing argument that the schema asks for, as `Type.field`. */
  readonly unsliced: readonly string[];
}

/** What an operation costs. Made once for each operation, asked for each request. */
export interface OperationCost {
  readonly estimate: (variables: Variables) => Estimate;
  /** Makes what weighs the data of answers; `dataKey` says under which name the data holds a field. */
  readonly counting: (dataKey: (node: FieldNode) => string) => AnswerCount;
  /** Each field's share of the estimate, as a tree. */
  readonly shares: (variables: Variables) => CostShare;
  /** How many objects an answer has at most at a response path. */
  readonly objectsAt: (path: readonly string[], variables: Variables) => number;
}

/** What costs are told of: an operation of a client, or a fetch of a subgraph. */
export type Weighed = Pick<Operation, 'document' | 'kind'>;

export interface Costs {
  /** Remembered for as long as the operation is. It must be valid for the schema. */
  readonly of: (operation: Weighed) => OperationCost;
}
