import type { GraphQLResolveInfo } from 'graphql';
import { keepHiddenPrivate } from '../cache-scope.ts';
import type { Context } from '../context.ts';
import { rankOf, type ReviewPage, type ReviewSort } from '../loaders.ts';
import type { ReviewConnectionModel } from '../models.ts';
import { connectionOf, cursorOf, firstOf, keyAfter } from '../page.ts';
import type { ReviewTable } from '../tables.ts';

interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Arguments of a list, checked. */
export function pageOf({ first, after }: PageArguments, wantedSort: ReviewSort | null): ReviewPage {
  const sort = wantedSort ?? 'NEWEST'; // null may be sent for any argument that may be left out
  const key = keyAfter(after, orderName(sort), ['number', 'text', 'text']);
  return { first: firstOf(first, 10), sort, ...(key === undefined ? {} : { after: key }) };
}

interface Found {
  readonly page: ReviewPage;
  readonly rows: readonly ReviewTable[];
  readonly totalCount: () => Promise<number>;
}

/** A page as the schema shows it; an answer with hidden reviews in it stays with its caller. */
export function reviewConnection(
  found: Found,
  { spend }: Context,
  info: GraphQLResolveInfo,
): ReviewConnectionModel {
  const { page, rows, totalCount } = found;
  const cursor = (row: ReviewTable): string =>
    cursorOf(orderName(page.sort), [rankOf[page.sort].of(row), row.created_at, row.id]);
  const connection = connectionOf(rows, page.first, cursor);
  spend(connection.nodes.length);
  keepHiddenPrivate(info, connection.nodes);
  return { ...connection, totalCount };
}

const orderName = (sort: ReviewSort): string => `reviews ${sort}`;
