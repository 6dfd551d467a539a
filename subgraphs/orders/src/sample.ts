import { orderNumber } from './purchase/record.ts';
import { randomOf, type Random } from './random.ts';
import { newestSampleOrder } from './sales.ts';
import { sampleInvoice } from './sample-people.ts';
import { samplePrice, sampleTitle } from './sample-titles.ts';
import type { CartLineTable, OrderEventTable, OrderLineTable, OrderStatus, OrderTable } from './tables.ts';

/** How much of everything there is. */
export interface SampleSize {
  readonly users: number;
  readonly products: number;
  readonly orders: number;
}

/** Sizes at a scale; there are four users at least. */
export function sampleSize(scale: number): SampleSize {
  return {
    users: Math.max(4, Math.round(2_000 * scale)),
    products: Math.max(1, Math.round(5_000 * scale)),
    orders: Math.max(1, Math.round(20_000 * scale)),
  };
}

/** One sample order with all that belongs to it. */
export interface SampleOrder {
  readonly order: OrderTable;
  readonly lines: readonly OrderLineTable[];
  readonly events: readonly OrderEventTable[];
}

const orderSeed = 4_104;
const dayMs = 24 * 3_600_000;
const firstOrder = newestSampleOrder - 730 * dayMs;
const warehouses = ['BER', 'LYS', 'ROT', 'MIL'] as const;
// Every so many orders are those of u1, so that there is something to see for whoever signs in as Ada.
const ordersPerOfAda = 500;

/** The order `o<number>`; they are numbered from the oldest to the newest. */
export function sampleOrder(number: number, size: SampleSize): SampleOrder {
  const random = randomOf(orderSeed, number);
  const id = `o${number}`;
  const user = number % ordersPerOfAda === 1 ? 1 : 1 + random.below(size.users);
  const placed = firstOrder + Math.floor((number / size.orders) * (newestSampleOrder - firstOrder));
  const status = statusOf((newestSampleOrder - placed) / dayMs, random);
  const lines = linesOf(id, size, random);
  const order: OrderTable = {
    id,
    number: orderNumber(at(placed), number),
    user_id: `u${user}`,
    ...sampleInvoice(user),
    status,
    placed_at: at(placed),
    total: lines.reduce((total, { quantity, unit_price }) => total + quantity * unit_price, 0),
    currency: 'EUR',
    ships_from: status === 'PENDING' ? null : random.pick(warehouses),
    support_note: status === 'REFUNDED' ? 'Arrived damaged; refunded in full.' : null,
  };
  return { order, lines, events: eventsOf(order, placed) };
}

/** What Ada has in her cart when the shop opens. */
export function sampleCart({ products }: SampleSize): readonly CartLineTable[] {
  return [2, 7]
    .filter((number) => number <= products)
    .map((number, index) => ({
      user_id: 'u1',
      product_id: `p${number}`,
      quantity: index + 1,
      added_at: at(newestSampleOrder + index),
    }));
}

function linesOf(order_id: string, { products }: SampleSize, random: Random): readonly OrderLineTable[] {
  const numbers = new Set<number>();
  // The smaller of two draws: some products sell better than others.
  for (let line = 1 + random.below(4); line > 0; line -= 1) {
    numbers.add(1 + Math.min(random.below(products), random.below(products)));
  }
  return [...numbers].map((product, position) => ({
    order_id,
    position,
    product_id: `p${product}`,
    sku: random.chance(40) ? `W-${product}-1` : null,
    title: sampleTitle(product),
    quantity: random.chance(80) ? 1 : 2 + random.below(2),
    unit_price: samplePrice(product),
  }));
}

function statusOf(ageDays: number, random: Random): OrderStatus {
  if (ageDays < 1) return random.chance(30) ? 'PENDING' : 'PAID';
  if (ageDays < 3) return random.chance(50) ? 'PAID' : 'SHIPPED';
  if (ageDays < 7) return 'SHIPPED';
  const percent = random.below(100);
  if (percent < 3) return 'CANCELLED';
  return percent < 6 ? 'REFUNDED' : 'DELIVERED';
}

const ways: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ['PENDING'],
  PAID: ['PENDING', 'PAID'],
  SHIPPED: ['PENDING', 'PAID', 'SHIPPED'],
  DELIVERED: ['PENDING', 'PAID', 'SHIPPED', 'DELIVERED'],
  CANCELLED: ['PENDING', 'PAID', 'CANCELLED'],
  REFUNDED: ['PENDING', 'PAID', 'SHIPPED', 'DELIVERED', 'REFUNDED'],
};

const texts: Readonly<Record<OrderStatus, string>> = {
  PENDING: 'Order received',
  PAID: 'Payment received',
  SHIPPED: 'Handed to the carrier',
  DELIVERED: 'Delivered',
  CANCELLED: 'Cancelled by the customer; stock and money go back',
  REFUNDED: 'Refunded; the money goes back',
};

function eventsOf({ id, status }: OrderTable, placed: number): readonly OrderEventTable[] {
  return ways[status].map((step, position) => ({
    order_id: id,
    position,
    status: step,
    at: at(position < 2 ? placed + position * 60_000 : placed + (position - 1) * dayMs),
    text: texts[step],
  }));
}

const at = (milliseconds: number): string => new Date(milliseconds).toISOString();
