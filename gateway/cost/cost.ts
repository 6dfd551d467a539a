import type { DocumentNode, FieldNode, GraphQLSchema } from 'graphql';
import { Kind, visit } from 'graphql';
import type { Operation } from '../model/operation.ts';
import { amountOf, mostCost, type Variables } from './amount.ts';
import { answerCount, type AnswerCount } from './answer-count.ts';
import { costShares, type CostShare } from './cost-shares.ts';
import type { CostTree } from './cost-tree.ts';
import { costTree } from './cost-tree-maker.ts';
import { objectsAt } from './objects-at.ts';
import { selectedFields } from './selected-fields.ts';
import { readWeights } from './weights.ts';

export { mostCost };
export type { CostShare };
export { planCosts, type SubgraphShare } from './plan-costs.ts';
export {
  createSubgraphCosts,
  type SubgraphCostLimit,
  type SubgraphCosts,
  type SubgraphCostSettings,
} from './subgraph-costs.ts';

export interface CostSettings {
  /** Items of a list of which the schema says nothing. */
  readonly listSize: number;
}

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
type Weighed = Pick<Operation, 'document' | 'kind'>;

export interface Costs {
  /** Remembered for as long as the operation is. It must be valid for the schema. */
  readonly of: (operation: Weighed) => OperationCost;
}

/** Combinations of `@skip` and `@include` variables kept for one operation; all others count as if all were asked. */
const mostVariants = 16;

/**
 * Costs of operations by `@cost` and `@listSize` of the full supergraph, by Apollo's defaults: objects weigh 1, scalars
 * and enums 0, mutations 10. https://ibm.github.io/graphql-specs/cost-spec.html
 */
export function createCosts(supergraph: DocumentNode, schema: GraphQLSchema, settings: CostSettings): Costs {
  const weights = readWeights(supergraph);
  const known = new WeakMap<Weighed, OperationCost>();
  let turn = 0;
  const make = (operation: Weighed): OperationCost => {
    const treeFor = (booleans: ((name: string) => boolean) | undefined): CostTree =>
      costTree(
        { schema, weights, listSize: settings.listSize },
        selectedFields(schema, operation.document, booleans),
        operation.kind,
      );
    const tree = variants(conditionVariables(operation.document), treeFor);
    return {
      estimate: (variables) => {
        const { amount, faults, faulty } = tree(variables);
        const cost = amountOf(amount, variables, ++turn);
        return { cost, unsliced: amountOf(faults, variables, turn) > 0 ? faulty : [] };
      },
      counting: (dataKey) => {
        const counts = new WeakMap<CostTree, AnswerCount>();
        return (data, variables) => {
          const chosen = tree(variables);
          const count = counts.get(chosen) ?? answerCount(chosen, dataKey);
          counts.set(chosen, count);
          return count(data, variables);
        };
      },
      shares: (variables) => costShares(tree(variables), variables, ++turn),
      objectsAt: (path, variables) => objectsAt(tree(variables), path, { variables, turn: ++turn }),
    };
  };
  return {
    of: (operation) => {
      const cost = known.get(operation) ?? make(operation);
      known.set(operation, cost);
      return cost;
    },
  };
}

/** One tree for each combination of the variables, as they come. */
function variants(
  names: readonly string[],
  treeFor: (booleans: ((name: string) => boolean) | undefined) => CostTree,
): (variables: Variables) => CostTree {
  if (names.length === 0) {
    let only: CostTree | undefined;
    return () => (only ??= treeFor(undefined));
  }
  const trees = new Map<string, CostTree>();
  let all: CostTree | undefined;
  return (variables) => {
    const key = names.map((name) => (variables[name] === true ? '1' : '0')).join('');
    const known = trees.get(key);
    if (known !== undefined) return known;
    // Whoever changes the combination each time pays for all of it.
    if (trees.size >= mostVariants) return (all ??= treeFor(undefined));
    const tree = treeFor((name) => variables[name] === true);
    trees.set(key, tree);
    return tree;
  };
}

/** Variables that decide by `@skip` or `@include` what is part of the operation. */
function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      const condition = given?.find((one) => one.name.value === 'if')?.value;
      if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
    },
  });
  return [...names];
}
