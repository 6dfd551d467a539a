import type { QueryResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { olderThan } from '../loaders.ts';
import { visibleTo } from '../ownership.ts';
import { cartQuery } from './cart.ts';
import { orderConnection, pageOf } from './connection.ts';

export const queries: QueryResolvers = {
  ...cartQuery,
  order: async (_parent, { id }, { caller, loaders }) =>
    visibleTo(caller, couldBeKey(id) ? await loaders.order.load(id) : undefined),
  orders: async (_parent, { first, after, status }, context) => {
    const page = pageOf({ first, after }, 20);
    const wanted = context.db
      .selectFrom('orders')
      .$if(status != null, (query) => query.where('status', '=', status ?? 'PENDING'));
    const rows = await wanted
      .selectAll()
      .$if(page.after !== undefined, (query) => query.where(olderThan(page.after ?? ['', ''])))
      .orderBy('placed_at', 'desc')
      .orderBy('id', 'desc')
      .limit(page.first + 1)
      .execute();
    const totalCount = async (): Promise<number> => {
      const { count } = await wanted.select((row) => row.fn.countAll().as('count')).executeTakeFirstOrThrow();
      return Number(count);
    };
    return orderConnection({ page, rows, totalCount }, context);
  },
};
