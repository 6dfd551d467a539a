import type { Connection } from './page.ts';
import type { CartLineTable, OrderEventTable, OrderLineTable, OrderTable, PurchaseTable } from './tables.ts';

/** What resolvers are given for each GraphQL type; scripts/generate.ts reads the names. */
export type OrderModel = OrderTable;
export type OrderLineModel = OrderLineTable & { readonly currency: string };
export type OrderEventModel = OrderEventTable;
export type CartLineModel = CartLineTable;

export interface CartModel {
  readonly lines: readonly CartLineModel[];
}

/** A page of a list; the total is counted only when it is asked for. */
export interface OrderConnectionModel extends Connection<OrderModel> {
  readonly totalCount: () => Promise<number>;
}

/** Another team's product: all that is known of it here is its id. */
export interface ProductModel {
  readonly id: string;
}

/** Another team's user; the name is there when an order's invoice gives it. */
export interface UserModel {
  readonly id: string;
  readonly name?: string;
}

export interface OrderPlacedModel {
  readonly __typename: 'OrderPlaced';
  readonly order: OrderModel;
  readonly repeated: boolean;
}

export interface OrderRefusedModel {
  readonly __typename: 'OrderRefused';
  readonly purchase: PurchaseTable;
}

export type PlaceOrderResultModel = OrderPlacedModel | OrderRefusedModel;
