import { sql, type SqlBool } from 'kysely';
import { keepHiddenPrivate } from '../cache-scope.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { connectionOf, cursorOf, firstOf, keyAfter } from '../page.ts';
import type { ReviewTable } from '../tables.ts';

const queueOrder = 'moderation queue';

export const queries: QueryResolvers = {
  review: async (_parent, { id }, { loaders }, info) => {
    const row = couldBeKey(id) ? await loaders.review.load(id) : undefined;
    keepHiddenPrivate(info, row === undefined ? [] : [row]);
    return row ?? null;
  },
  latestReviews: async (_parent, { first }, { db, spend }) => {
    const limit = firstOf(first, 10);
    spend(limit);
    return db
      .selectFrom('review')
      .selectAll()
      .where('status', '=', 'PUBLISHED')
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
  },
  moderationQueue: async (_parent, { first, after }, { db, spend }) => {
    const limit = firstOf(first, 20);
    const key = keyAfter(after, queueOrder, ['text', 'text']);
    const waiting = db.selectFrom('review').where('status', '=', 'PENDING');
    const rows = await waiting
      .selectAll()
      .$if(key !== undefined, (query) =>
        query.where(sql<SqlBool>`(created_at, id) > (${sql.join([...(key ?? [])])})`),
      )
      .orderBy('created_at')
      .orderBy('id')
      .limit(limit + 1)
      .execute();
    const connection = connectionOf(rows, limit, ({ created_at, id }: ReviewTable) =>
      cursorOf(queueOrder, [created_at, id]),
    );
    spend(connection.nodes.length);
    const totalCount = async (): Promise<number> => {
      const { count } = await waiting
        .select((row) => row.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    };
    return { ...connection, totalCount };
  },
};
