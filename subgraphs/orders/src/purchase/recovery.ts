import { reasonOf } from '../log.ts';
import { leftPurchases, write } from './ledger.ts';
import { settle } from './reversal.ts';
import { run } from './run.ts';
import { instant, type Shop } from './shop.ts';

const keepRefusedMs = 30 * 24 * 3_600_000;
const atMost = 50;

/**
 * Goes on with what was left in the middle: purchases that were paid are brought to their end, others are undone, and
 * reversals that are still owed are settled. A bounded number at a time.
 * @param abandonedBefore when nobody else can be at work: purchases begun before that instant need not wait for their lease
 */
export async function recover(shop: Shop, abandonedBefore?: number): Promise<void> {
  for (const left of await leftPurchases(shop.db, shop.now(), abandonedBefore)) {
    try {
      const { step, order_id } = await run(shop, await write(shop.db, left, { step: left.step }, shop.now()));
      shop.log('info', 'went on with a purchase that was left', {
        order: order_id,
        from: left.step,
        to: step,
      });
    } catch (error) {
      shop.log('warn', 'a purchase that was left could not go on', {
        order: left.order_id,
        reason: reasonOf(error),
      });
    }
  }
  const owed = await shop.db
    .selectFrom('reversal')
    .selectAll()
    .where((row) => row.or([row('stock_done', '=', 0), row('money_done', '=', 0)]))
    .limit(atMost)
    .execute();
  for (const reversal of owed) await settle(shop, reversal);
  await forgetRefused(shop);
}

async function forgetRefused({ db, now }: Shop): Promise<void> {
  const old = db
    .selectFrom('purchase')
    .select('order_id')
    .where('step', '=', 'REFUSED')
    .where('lease_until', '<', instant(now() - keepRefusedMs))
    .limit(atMost);
  await db.deleteFrom('purchase').where('order_id', 'in', old).execute();
}
