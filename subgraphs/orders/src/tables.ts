import type { SampleDataTable } from './seeding.ts';

export type OrderStatus = 'PENDING' | 'PAID' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED' | 'REFUNDED';

export type OrderRefusal =
  'EMPTY_CART' | 'OUT_OF_STOCK' | 'UNKNOWN_PRODUCT' | 'PAYMENT_DECLINED' | 'SERVICE_UNAVAILABLE';

/** One product in a user's cart. */
export interface CartLineTable {
  readonly user_id: string;
  readonly product_id: string;
  readonly quantity: number;
  readonly added_at: string;
}

/** A placed order. Amounts are in cents. */
export interface OrderTable {
  readonly id: string;
  readonly number: string;
  readonly user_id: string;
  readonly customer_name: string;
  readonly status: OrderStatus;
  readonly placed_at: string;
  readonly total: number;
  readonly currency: string;
  readonly ships_from: string | null;
  readonly recipient: string;
  readonly street: string;
  readonly postal_code: string;
  readonly city: string;
  readonly country: string;
  readonly support_note: string | null;
}

/** One product of an order, as it was when it was bought. */
export interface OrderLineTable {
  readonly order_id: string;
  readonly position: number;
  readonly product_id: string;
  readonly sku: string | null;
  readonly title: string;
  readonly quantity: number;
  readonly unit_price: number;
}

/** Something that happened to an order. */
export interface OrderEventTable {
  readonly order_id: string;
  readonly position: number;
  readonly status: OrderStatus;
  readonly at: string;
  readonly text: string;
}

/**
 * How far a purchase has come. Each word is written down before the step it names is tried, because a step that was
 * begun may have taken effect even when nobody lived to see its answer. UNDOING gives everything back; BOUGHT and REFUSED
 * are ends.
 */
export type PurchaseStep =
  'PRICING' | 'RESERVING' | 'PAYING' | 'CONFIRMING' | 'RECORDING' | 'UNDOING' | 'BOUGHT' | 'REFUSED';

/** A try to buy, under the key that its client chose. */
export interface PurchaseTable {
  readonly order_id: string;
  readonly user_id: string;
  readonly idempotency_key: string;
  /** Hash of what was asked for: the same key with another hash is a client's mistake. */
  readonly fingerprint: string;
  readonly step: PurchaseStep;
  /** JSON of a `Draft`: lines with prices, address, the warehouse. */
  readonly draft: string;
  readonly refusal: OrderRefusal | null;
  readonly refusal_message: string | null;
  /** JSON list of product ids. */
  readonly refusal_products: string | null;
  /** Until then, whoever works on the purchase is believed to be alive. */
  readonly lease_until: string;
  readonly created_at: string;
}

/** What is still owed after an order was cancelled or refunded. 1 = done. */
export interface ReversalTable {
  readonly order_id: string;
  readonly stock_done: number;
  readonly money_done: number;
}

/** The simulated payment provider's own memory. */
export interface PaymentTable {
  readonly order_id: string;
  readonly amount: number;
  readonly currency: string;
  readonly refunded: number;
}

/** Numbers that are given out once. */
export interface CounterTable {
  readonly name: string;
  readonly value: number;
}

/** Instants are ISO 8601 texts in UTC, which sort as they stand. */
export interface Tables {
  readonly cart_line: CartLineTable;
  readonly orders: OrderTable;
  readonly order_line: OrderLineTable;
  readonly order_event: OrderEventTable;
  readonly purchase: PurchaseTable;
  readonly reversal: ReversalTable;
  readonly payment: PaymentTable;
  readonly counter: CounterTable;
  readonly sample_data: SampleDataTable;
}
