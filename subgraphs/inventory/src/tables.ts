import type { SampleDataTable } from './seeding.ts';

/** A place that parcels leave from; `rank` is the order in which warehouses are asked. */
export interface WarehouseTable {
  readonly code: string;
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly rank: number;
}

/** Pieces of one product in one warehouse; `reserved` of those `on_hand` wait for their parcel. */
export interface StockTable {
  readonly product_id: string;
  readonly warehouse: string;
  readonly on_hand: number;
  readonly reserved: number;
  /** An ISO 8601 text in UTC. */
  readonly updated_at: string;
  /** Day of the month, 1 to 28, on which a delivery comes; null when none is expected. */
  readonly restock_day: number | null;
}

/**
 * HELD: counted in `stock.reserved`. CONFIRMED: taken out of `stock.on_hand`. RELEASED and EXPIRED: given back; such rows
 * stay for a while so that a late request for the same order does not hold anything again.
 */
export type ReservationState = 'HELD' | 'CONFIRMED' | 'RELEASED' | 'EXPIRED';

/** What one order holds. */
export interface ReservationTable {
  readonly order_id: string;
  readonly state: ReservationState;
  readonly warehouse: string | null;
  /** What was asked for, to tell a repeated request from another one. */
  readonly fingerprint: string;
  readonly expires_at: string;
}

/** Pieces that a reservation takes from one warehouse. */
export interface ReservationLineTable {
  readonly order_id: string;
  readonly product_id: string;
  readonly warehouse: string;
  readonly quantity: number;
}

export interface Tables {
  readonly warehouse: WarehouseTable;
  readonly stock: StockTable;
  readonly reservation: ReservationTable;
  readonly reservation_line: ReservationLineTable;
  readonly sample_data: SampleDataTable;
}
