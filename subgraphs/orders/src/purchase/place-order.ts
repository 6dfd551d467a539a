import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { setTimeout as delay } from 'node:timers/promises';
import { badInput } from '../input.ts';
import type { WantedLine } from '../neighbours/catalog.ts';
import type { PurchaseTable } from '../tables.ts';
import { findPurchase, openPurchase, TakenOver, write } from './ledger.ts';
import { run } from './run.ts';
import type { Address, Draft, Shop } from './shop.ts';

const waitAtMostMs = 10_000;
const lookEveryMs = 50;

export interface Request {
  readonly userId: string;
  readonly key: string;
  /** Null means: what is in the cart. */
  readonly lines: readonly WantedLine[] | null;
  readonly address: Address;
  readonly paymentToken: string;
}

export interface Purchased {
  /** BOUGHT, or REFUSED, or UNDOING, which is refused as well. */
  readonly purchase: PurchaseTable;
  /** True when the key had been used before. */
  readonly repeated: boolean;
}

/** Buys once for each key of a user; the same request again has the same outcome, also when both come at the same moment. */
export async function placeOrder(shop: Shop, request: Request): Promise<Purchased> {
  const known = await findPurchase(shop.db, request.userId, request.key);
  if (known !== undefined) return outcome(shop, request, known);
  const lines = request.lines ?? (await cartOf(shop, request.userId));
  const draft: Draft = {
    fromCart: request.lines === null,
    lines,
    priced: [],
    warehouse: null,
    address: request.address,
  };
  const opening = { userId: request.userId, key: request.key, fingerprint: fingerprintOf(request), draft };
  const opened = await openPurchase(shop.db, opening, shop.now());
  if (opened === undefined)
    return outcome(shop, request, await findPurchase(shop.db, request.userId, request.key));
  try {
    const purchase =
      lines.length === 0 ? await refuseEmpty(shop, opened) : await run(shop, opened, request.paymentToken);
    return { purchase, repeated: false };
  } catch (error) {
    if (!(error instanceof TakenOver)) throw error;
    return { ...(await outcome(shop, request, opened)), repeated: false };
  }
}

function refuseEmpty(shop: Shop, purchase: PurchaseTable): Promise<PurchaseTable> {
  const message = 'There is nothing in the cart.';
  const refusal = { refusal: 'EMPTY_CART', refusal_message: message, refusal_products: '[]' } as const;
  return write(shop.db, purchase, { step: 'REFUSED', ...refusal }, shop.now());
}

/** The outcome of a purchase that somebody else works on or has ended. */
async function outcome(shop: Shop, request: Request, known: PurchaseTable | undefined): Promise<Purchased> {
  const { userId, key } = request;
  if (known !== undefined && known.fingerprint !== fingerprintOf(request)) {
    throw badInput('input.idempotencyKey', 'has been used for another purchase; make a new key for each');
  }
  let purchase = known;
  for (let waited = 0; waited <= waitAtMostMs; waited += lookEveryMs) {
    if (purchase !== undefined && hasOutcome(purchase)) return { purchase, repeated: true };
    await delay(lookEveryMs);
    purchase = await findPurchase(shop.db, userId, key);
  }
  throw new GraphQLError('This purchase is still under way. Ask again with the same idempotency key.', {
    extensions: { code: 'PURCHASE_UNDER_WAY' },
  });
}

const hasOutcome = ({ step }: PurchaseTable): boolean => ['BOUGHT', 'REFUSED', 'UNDOING'].includes(step);

async function cartOf({ db }: Shop, userId: string): Promise<readonly WantedLine[]> {
  const rows = await db
    .selectFrom('cart_line')
    .select(['product_id', 'quantity'])
    .where('user_id', '=', userId)
    .orderBy('added_at')
    .orderBy('product_id')
    .execute();
  return rows.map(({ product_id, quantity }) => ({ productId: product_id, sku: null, quantity }));
}

/** A hash, because the payment token must not be kept; of the request and not of the cart, which buying empties. */
function fingerprintOf({ lines, address, paymentToken }: Request): string {
  const { recipient, street, postalCode, city, country } = address;
  const content = [
    lines?.map(({ productId, sku, quantity }) => [productId, sku, quantity]) ?? 'cart',
    [recipient, street, postalCode, city, country],
    paymentToken,
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
