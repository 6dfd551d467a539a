import { reasonOf } from '../log.ts';
import type { OrderRefusal, PurchaseStep, PurchaseTable } from '../tables.ts';
import type { Change } from './ledger.ts';
import { draftOf, totalOf, type Draft, type Shop } from './shop.ts';

// The schema's amounts are GraphQL Ints.
const maxTotal = 2_000_000_000;

interface Refused {
  readonly to: 'REFUSED' | 'UNDOING';
  readonly products?: readonly string[];
}

/** Steps that lead on; RECORDING and the ends are not among them. */
export type WorkingStep = Exclude<PurchaseStep, 'RECORDING' | 'BOUGHT' | 'REFUSED'>;

/**
 * Does what a purchase's step names and says what is to be written down.
 * @param paymentToken absent when the purchase was left in the middle and nobody waits for it any more
 */
export function take(
  shop: Shop,
  purchase: PurchaseTable & { readonly step: WorkingStep },
  paymentToken: string | undefined,
): Promise<Change> {
  const draft = draftOf(purchase);
  if (paymentToken === undefined && purchase.step !== 'CONFIRMING' && purchase.step !== 'UNDOING') {
    return Promise.resolve(interrupted(purchase.step));
  }
  switch (purchase.step) {
    case 'PRICING':
      return orRefuse(shop, 'REFUSED', () => price(shop, draft));
    case 'RESERVING':
      return orRefuse(shop, 'UNDOING', () => reserve(shop, purchase.order_id, draft));
    case 'PAYING':
      return orRefuse(shop, 'UNDOING', () => pay(shop, purchase.order_id, draft, paymentToken ?? ''));
    case 'CONFIRMING':
      return orRefuse(shop, 'UNDOING', () => confirm(shop, purchase.order_id));
    case 'UNDOING':
      return undo(shop, purchase.order_id);
  }
}

async function price({ catalog }: Shop, draft: Draft): Promise<Change> {
  const quote = await catalog.quote(draft.lines);
  if (quote.kind === 'unknown') {
    return refusal('UNKNOWN_PRODUCT', 'Some of these products are not sold (any more).', {
      to: 'REFUSED',
      products: quote.products,
    });
  }
  const priced: Draft = { ...draft, priced: quote.lines };
  const currencies = new Set(quote.lines.map(({ currency }) => currency));
  if (currencies.size > 1 || totalOf(priced) > maxTotal) {
    const products = quote.lines.map(({ productId }) => productId);
    const message = 'These products cannot be bought in one order: their prices do not add up.';
    return refusal('UNKNOWN_PRODUCT', message, { to: 'REFUSED', products });
  }
  return { step: 'RESERVING', draft: JSON.stringify(priced) };
}

async function reserve({ inventory }: Shop, orderId: string, draft: Draft): Promise<Change> {
  const reservation = await inventory.reserve(orderId, draft.lines);
  if (reservation.kind === 'held') {
    return { step: 'PAYING', draft: JSON.stringify({ ...draft, warehouse: reservation.warehouse }) };
  }
  const { products } = reservation;
  return refusal('OUT_OF_STOCK', 'There is not enough of some of these products.', {
    to: 'REFUSED',
    products,
  });
}

async function pay({ payments }: Shop, orderId: string, draft: Draft, token: string): Promise<Change> {
  const currency = draft.priced[0]?.currency ?? 'EUR';
  const charge = await payments.charge({ orderId, amount: totalOf(draft), currency }, token);
  if (charge.kind === 'paid') return { step: 'CONFIRMING' };
  return refusal('PAYMENT_DECLINED', charge.message, { to: 'UNDOING' });
}

async function confirm({ inventory }: Shop, orderId: string): Promise<Change> {
  if (await inventory.confirm(orderId)) return { step: 'RECORDING' };
  return refusal('OUT_OF_STOCK', 'The stock was not held long enough.', { to: 'UNDOING' });
}

/** Gives everything back, whether it was taken or not: a step that failed may have taken effect all the same. */
async function undo({ inventory, payments }: Shop, orderId: string): Promise<Change> {
  await inventory.release(orderId);
  await payments.refund(orderId);
  return { step: 'REFUSED' };
}

/** Nothing is held before stock was asked for; after that it is given back. */
function interrupted(step: 'PRICING' | 'RESERVING' | 'PAYING'): Change {
  const to = step === 'PRICING' ? 'REFUSED' : 'UNDOING';
  return refusal('SERVICE_UNAVAILABLE', 'The purchase was interrupted. Nothing was bought.', { to });
}

async function orRefuse(shop: Shop, to: Refused['to'], work: () => Promise<Change>): Promise<Change> {
  try {
    return await work();
  } catch (error) {
    shop.log('warn', 'a purchase could not go on', { reason: reasonOf(error) });
    const message = 'A service that is needed to buy is not available. Nothing was bought; try again later.';
    return refusal('SERVICE_UNAVAILABLE', message, { to });
  }
}

function refusal(reason: OrderRefusal, message: string, { to, products = [] }: Refused): Change {
  return {
    step: to,
    refusal: reason,
    refusal_message: message,
    refusal_products: JSON.stringify(products),
  };
}
