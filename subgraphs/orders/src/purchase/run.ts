import { reasonOf } from '../log.ts';
import { NeighbourUnavailable } from '../neighbours/wire.ts';
import type { PurchaseTable } from '../tables.ts';
import { letGo, write } from './ledger.ts';
import { record } from './record.ts';
import type { Shop } from './shop.ts';
import { take } from './steps.ts';

/**
 * Brings a purchase to its end, step by step, each written down before the next is tried. When something has to be given
 * back and cannot be now, the purchase stays UNDOING, and recovery tries again.
 * @param paymentToken absent when the purchase was left in the middle
 */
export async function run(
  shop: Shop,
  purchase: PurchaseTable,
  paymentToken?: string,
): Promise<PurchaseTable> {
  let current = purchase;
  while (current.step !== 'BOUGHT' && current.step !== 'REFUSED') {
    try {
      current = await advance(shop, current, paymentToken);
    } catch (error) {
      if (current.step !== 'UNDOING' || !(error instanceof NeighbourUnavailable)) throw error;
      shop.log('warn', 'a purchase is still to be undone', {
        order: current.order_id,
        reason: reasonOf(error),
      });
      return await letGo(shop.db, current, shop.now());
    }
  }
  return current;
}

async function advance(
  shop: Shop,
  purchase: PurchaseTable,
  token: string | undefined,
): Promise<PurchaseTable> {
  const { step } = purchase;
  if (step === 'BOUGHT' || step === 'REFUSED') return purchase;
  if (step === 'RECORDING') return record(shop.db, purchase, shop.now());
  const change = await take(shop, { ...purchase, step }, token);
  return write(shop.db, purchase, change, shop.now());
}
