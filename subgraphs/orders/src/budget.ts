import { GraphQLError } from 'graphql';

const maxItems = 50_000;

/** Takes note of list items that a request has been given; throws when it is more than one request may have. */
export type SpendItems = (count: number) => void;

/**
 * A bound for lists in lists in lists: each is short, but nested they multiply. A gateway refuses such operations by
 * their cost; this keeps the service alive when one gets through or when it is called directly.
 */
export function itemBudget(limit: number = maxItems): SpendItems {
  let left = limit;
  return (count) => {
    left -= count;
    if (left >= 0) return;
    throw new GraphQLError(`This operation asks for more than ${limit} list items.`, {
      extensions: { code: 'OPERATION_TOO_LARGE' },
    });
  };
}
