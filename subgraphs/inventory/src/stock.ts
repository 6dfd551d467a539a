import { sql, type Kysely, type SqlBool } from 'kysely';
import type { StockTable, Tables } from './tables.ts';

/** Pieces that somebody has counted. */
export interface Count {
  readonly productId: string;
  readonly warehouse: string;
  readonly onHand: number;
  readonly at: Date;
}

/** Stores a count; undefined, and nothing stored, when orders hold more than that. */
export async function setOnHand(db: Kysely<Tables>, count: Count): Promise<StockTable | undefined> {
  const counted = { on_hand: count.onHand, updated_at: count.at.toISOString() };
  return db
    .insertInto('stock')
    .values({
      product_id: count.productId,
      warehouse: count.warehouse,
      reserved: 0,
      restock_day: null,
      ...counted,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['product_id', 'warehouse'])
        .doUpdateSet(counted)
        .where(sql<SqlBool>`excluded.on_hand >= stock.reserved`),
    )
    .returningAll()
    .executeTakeFirst();
}
