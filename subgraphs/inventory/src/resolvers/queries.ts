import { sql, type SqlBool } from 'kysely';
import { available } from '../allocation.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { couldBeKey, inputCheck } from '../input.ts';
import { connectionOf, cursorOf, firstOf, keyAfter } from '../page.ts';

const lowOrder = 'low stock';
const maxPieces = 1_000_000;

export const queries: QueryResolvers = {
  warehouses: (_parent, _arguments, { db }) =>
    db.selectFrom('warehouse').selectAll().orderBy('rank').execute(),
  warehouse: async (_parent, { code }, { loaders }) =>
    couldBeKey(code) ? ((await loaders.warehouse.load(code)) ?? null) : null,
  lowStock: async (_parent, { atMost, first, after }, { db, spend }) => {
    const pieces = piecesOf(atMost);
    const limit = firstOf(first, 20);
    const key = keyAfter(after, lowOrder, ['number', 'text', 'text']);
    const rows = await db
      .selectFrom('stock')
      .selectAll()
      .where(sql<number>`on_hand - reserved`, '<=', pieces)
      .$if(key !== undefined, (query) =>
        query.where(
          sql<SqlBool>`((on_hand - reserved), product_id, warehouse) > (${sql.join([...(key ?? [])])})`,
        ),
      )
      .orderBy(sql`on_hand - reserved`)
      .orderBy('product_id')
      .orderBy('warehouse')
      .limit(limit + 1)
      .execute();
    const connection = connectionOf(rows, limit, (row) =>
      cursorOf(lowOrder, [available(row), row.product_id, row.warehouse]),
    );
    spend(connection.nodes.length);
    return connection;
  },
};

// Null may be sent for any argument that may be left out.
function piecesOf(atMost: number | null): number {
  const check = inputCheck();
  const pieces = check.wholeNumber('atMost', atMost ?? 5, { min: 0, max: maxPieces });
  check.done();
  return pieces;
}
