import type { Context } from '../context.ts';
import type { OrderPage } from '../loaders.ts';
import type { OrderConnectionModel } from '../models.ts';
import { connectionOf, cursorOf, firstOf, keyAfter } from '../page.ts';
import type { OrderTable } from '../tables.ts';

const orderName = 'orders';

interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Arguments of a list, checked. */
export function pageOf({ first, after }: PageArguments, fallback: number): OrderPage {
  const key = keyAfter(after, orderName, ['text', 'text']);
  return { first: firstOf(first, fallback), ...(key === undefined ? {} : { after: key }) };
}

interface Found {
  readonly page: OrderPage;
  readonly rows: readonly OrderTable[];
  readonly totalCount: () => Promise<number>;
}

/** A page as the schema shows it. */
export function orderConnection({ page, rows, totalCount }: Found, { spend }: Context): OrderConnectionModel {
  const connection = connectionOf(rows, page.first, ({ placed_at, id }) =>
    cursorOf(orderName, [placed_at, id]),
  );
  spend(connection.nodes.length);
  return { ...connection, totalCount };
}
