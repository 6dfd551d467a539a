import { amountOf, mostCost, type Variables } from './amount.ts';
import type { CostTree, FieldCost, ObjectCost } from './cost-tree.ts';

/**
 * How many objects an answer has at most at a response path: the product of the lists on the way, of several types the
 * longest. What is not selected there counts as one each.
 */
export function objectsAt(
  { root }: CostTree,
  path: readonly string[],
  { variables, turn }: { readonly variables: Variables; readonly turn: number },
): number {
  let objects: readonly ObjectCost[] = [root];
  let count = 1;
  for (const name of path) {
    const fields: readonly FieldCost[] = objects.flatMap(({ fields: all }) =>
      all.filter(({ responseName }) => responseName === name),
    );
    if (fields.length === 0) break;
    const longest = Math.max(...fields.map(({ length }) => amountOf(length, variables, turn)));
    count = Math.min(mostCost, count * longest);
    objects = fields.flatMap(({ objects: inner }) => inner ?? []);
  }
  return count;
}
