import { maxLines, maxPieces } from '../cart.ts';
import type { Context } from '../context.ts';
import type { OrderRefusedResolvers, PlaceOrderInput, ShippingAddressInput } from '../generated/schema.ts';
import { inputCheck, type InputCheck } from '../input.ts';
import type { PlaceOrderResultModel } from '../models.ts';
import type { WantedLine } from '../neighbours/catalog.ts';
import { idOf } from '../ownership.ts';
import { placeOrder, type Request } from '../purchase/place-order.ts';
import type { Address } from '../purchase/shop.ts';
import { productKey } from './cart.ts';

const idempotencyKey = {
  min: 8,
  max: 64,
  shape: { pattern: /^[A-Za-z\d-]+$/, reason: 'must have letters, digits, dashes only' },
};
const token = {
  min: 1,
  max: 200,
  shape: { pattern: /^\w+$/, reason: 'must have letters, digits, underscores only' },
};
const country = {
  min: 2,
  max: 2,
  shape: { pattern: /^[A-Z]{2}$/, reason: 'must be two capital letters (ISO 3166-1)' },
};
const sku = { min: 1, max: 64 };
const words = { min: 1, max: 120 };

/** Checks the input and buys. */
export async function placedOrder(input: PlaceOrderInput, context: Context): Promise<PlaceOrderResultModel> {
  const { purchase, repeated } = await placeOrder(context.shop, requestOf(input, idOf(context.caller)));
  if (purchase.step !== 'BOUGHT') return { __typename: 'OrderRefused', purchase };
  const order = await context.loaders.order.load(purchase.order_id);
  if (order === undefined) throw new Error(`order ${purchase.order_id} was bought and is not there`);
  return { __typename: 'OrderPlaced', order, repeated };
}

export const orderRefused: OrderRefusedResolvers = {
  reason: ({ purchase }) => purchase.refusal ?? 'SERVICE_UNAVAILABLE',
  message: ({ purchase }) => purchase.refusal_message ?? '',
  products: ({ purchase }) => {
    const ids = JSON.parse(purchase.refusal_products ?? '[]') as readonly string[]; // only this service writes it
    return ids.map((id) => ({ id }));
  },
};

function requestOf(input: PlaceOrderInput, userId: string): Request {
  const check = inputCheck();
  const request = {
    userId,
    key: check.text('input.idempotencyKey', input.idempotencyKey, idempotencyKey),
    lines: linesOf(input.lines, check),
    address: addressOf(input.shippingAddress, check),
    paymentToken: check.text('input.paymentToken', input.paymentToken, token),
  };
  check.done();
  return request;
}

function linesOf(lines: PlaceOrderInput['lines'], check: InputCheck): readonly WantedLine[] | null {
  if (lines == null) return null;
  if (lines.length === 0 || lines.length > maxLines) {
    check.refuse('input.lines', `must be 1 to ${maxLines} lines; leave them out to buy the cart`);
    return [];
  }
  return lines.map((line, index) => {
    const at = `input.lines.${index}`;
    return {
      productId: check.text(`${at}.productId`, line.productId, productKey),
      sku: line.sku == null ? null : check.text(`${at}.sku`, line.sku, sku),
      quantity: check.wholeNumber(`${at}.quantity`, line.quantity, { min: 1, max: maxPieces }),
    };
  });
}

function addressOf(address: ShippingAddressInput, check: InputCheck): Address {
  const at = 'input.shippingAddress';
  return {
    recipient: check.text(`${at}.recipient`, address.recipient, words),
    street: check.text(`${at}.street`, address.street, words),
    postalCode: check.text(`${at}.postalCode`, address.postalCode, { min: 1, max: 16 }),
    city: check.text(`${at}.city`, address.city, words),
    country: check.text(`${at}.country`, address.country, country),
  };
}
