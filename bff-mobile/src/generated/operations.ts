// Made by `npm run generate` from the schema and the operations: change those.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AvailabilityStatus =
  | 'IN_STOCK'
  | 'LOW'
  | 'OUT_OF_STOCK';

export type OrderLineInput = {
  readonly productId: string;
  readonly quantity: number;
  readonly sku?: string | null | undefined;
};

export type OrderRefusal =
  | 'EMPTY_CART'
  | 'OUT_OF_STOCK'
  | 'UNKNOWN_PRODUCT'
  | 'PAYMENT_DECLINED'
  | 'SERVICE_UNAVAILABLE';

export type OrderStatus =
  | 'PENDING'
  | 'PAID'
  | 'SHIPPED'
  | 'DELIVERED'
  | 'CANCELLED'
  | 'REFUNDED';

export type PlaceOrderInput = {
  /** Made by the client once per purchase, 8 to 64 letters, digits or dashes. */
  readonly idempotencyKey: string;
  /** What to buy; the cart when absent. */
  readonly lines?: ReadonlyArray<OrderLineInput> | null | undefined;
  readonly shippingAddress: ShippingAddressInput;
  /** From the payment provider; `tok_ok` pays and `tok_declined` does not in the sample. */
  readonly paymentToken: string;
};

export type ShippingAddressInput = {
  readonly recipient: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
};

export type HomeScreenQueryVariables = Exact<{
  greeting: boolean;
  picks: boolean;
  topics: boolean;
}>;


export type HomeScreenQuery = { readonly me?: { readonly name: string } | null, readonly products?: { readonly nodes: ReadonlyArray<
      | { readonly id: string }
      | { readonly id: string }
      | { readonly id: string }
    > } | null, readonly categories?: ReadonlyArray<{ readonly slug: string, readonly name: string }> | null };

export type OrdersScreenQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type OrdersScreenQuery = { readonly me: { readonly orders: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<{ readonly id: string, readonly number: string, readonly placedAt: string, readonly status: OrderStatus, readonly total: { readonly amount: number, readonly currency: string }, readonly lines: ReadonlyArray<{ readonly title: string, readonly quantity: number, readonly product:
            | { readonly id: string }
            | { readonly id: string }
            | { readonly id: string }
           | null }> }> } | null } | null };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { readonly placeOrder:
    | { readonly __typename: 'OrderPlaced', readonly order: { readonly id: string, readonly number: string, readonly total: { readonly amount: number, readonly currency: string } } }
    | { readonly __typename: 'OrderRefused', readonly reason: OrderRefusal, readonly message: string }
   };

export type ProductScreenQueryVariables = Exact<{
  id: string;
  imageWidth: number;
  rating: boolean;
  stock: boolean;
  delivery: boolean;
  reviews: boolean;
}>;


export type ProductScreenQuery = { readonly product:
    | { readonly id: string, readonly name: string, readonly description: string, readonly price: { readonly amount: number, readonly currency: string }, readonly images: ReadonlyArray<{ readonly url: string }>, readonly rating?: { readonly average: number | null, readonly count: number } | null, readonly availability?: { readonly status: AvailabilityStatus } | null, readonly shippingEstimate?: { readonly minDays: number, readonly maxDays: number, readonly cost: { readonly amount: number, readonly currency: string } } | null, readonly reviews?: { readonly nodes: ReadonlyArray<{ readonly rating: number, readonly title: string, readonly author: { readonly name: string } | null }> } | null }
    | { readonly id: string, readonly name: string, readonly description: string, readonly price: { readonly amount: number, readonly currency: string }, readonly images: ReadonlyArray<{ readonly url: string }>, readonly rating?: { readonly average: number | null, readonly count: number } | null, readonly availability?: { readonly status: AvailabilityStatus } | null, readonly shippingEstimate?: { readonly minDays: number, readonly maxDays: number, readonly cost: { readonly amount: number, readonly currency: string } } | null, readonly reviews?: { readonly nodes: ReadonlyArray<{ readonly rating: number, readonly title: string, readonly author: { readonly name: string } | null }> } | null }
    | { readonly id: string, readonly name: string, readonly description: string, readonly price: { readonly amount: number, readonly currency: string }, readonly images: ReadonlyArray<{ readonly url: string }>, readonly rating?: { readonly average: number | null, readonly count: number } | null, readonly availability?: { readonly status: AvailabilityStatus } | null, readonly shippingEstimate?: { readonly minDays: number, readonly maxDays: number, readonly cost: { readonly amount: number, readonly currency: string } } | null, readonly reviews?: { readonly nodes: ReadonlyArray<{ readonly rating: number, readonly title: string, readonly author: { readonly name: string } | null }> } | null }
   | null };

export type TilesQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
  imageWidth: number;
}>;


export type TilesQuery = { readonly productsById: ReadonlyArray<
    | { readonly id: string, readonly name: string, readonly price: { readonly amount: number, readonly currency: string }, readonly images: ReadonlyArray<{ readonly url: string }>, readonly rating: { readonly average: number | null } | null, readonly availability: { readonly status: AvailabilityStatus } | null }
    | { readonly id: string, readonly name: string, readonly price: { readonly amount: number, readonly currency: string }, readonly images: ReadonlyArray<{ readonly url: string }>, readonly rating: { readonly average: number | null } | null, readonly availability: { readonly status: AvailabilityStatus } | null }
    | { readonly id: string, readonly name: string, readonly price: { readonly amount: number, readonly currency: string }, readonly images: ReadonlyArray<{ readonly url: string }>, readonly rating: { readonly average: number | null } | null, readonly availability: { readonly status: AvailabilityStatus } | null }
   | null> | null };

/** One operation of ours on the gateway; `_types` exists for the compiler alone. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  readonly _types?: (variables: Variables) => Data;
}

export const HomeScreen: Operation<HomeScreenQuery, HomeScreenQueryVariables> = {
  name: 'HomeScreen',
  text: "query HomeScreen($greeting: Boolean!, $picks: Boolean!, $topics: Boolean!) {\n  me @include(if: $greeting) {\n    name\n  }\n  products(first: 8, sort: NEWEST) @include(if: $picks) {\n    nodes {\n      id\n    }\n  }\n  categories @include(if: $topics) {\n    slug\n    name\n  }\n}",
};

export const OrdersScreen: Operation<OrdersScreenQuery, OrdersScreenQueryVariables> = {
  name: 'OrdersScreen',
  text: "query OrdersScreen($after: String) {\n  me {\n    orders(first: 10, after: $after) {\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      nodes {\n        id\n        number\n        placedAt\n        status\n        total {\n          amount\n          currency\n        }\n        lines {\n          title\n          quantity\n          product {\n            id\n          }\n        }\n      }\n    }\n  }\n}",
};

export const PlaceOrder: Operation<PlaceOrderMutation, PlaceOrderMutationVariables> = {
  name: 'PlaceOrder',
  text: "mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    __typename\n    ... on OrderPlaced {\n      order {\n        id\n        number\n        total {\n          amount\n          currency\n        }\n      }\n    }\n    ... on OrderRefused {\n      reason\n      message\n    }\n  }\n}",
};

export const ProductScreen: Operation<ProductScreenQuery, ProductScreenQueryVariables> = {
  name: 'ProductScreen',
  text: "query ProductScreen($id: ID!, $imageWidth: Int!, $rating: Boolean!, $stock: Boolean!, $delivery: Boolean!, $reviews: Boolean!) {\n  product(id: $id) {\n    id\n    name\n    description\n    price {\n      amount\n      currency\n    }\n    images {\n      url(width: $imageWidth)\n    }\n    rating @include(if: $rating) {\n      average\n      count\n    }\n    availability @include(if: $stock) {\n      status\n    }\n    shippingEstimate @include(if: $delivery) {\n      cost {\n        amount\n        currency\n      }\n      minDays\n      maxDays\n    }\n    reviews(first: 3, sort: BEST) @include(if: $reviews) {\n      nodes {\n        rating\n        title\n        author {\n          name\n        }\n      }\n    }\n  }\n}",
};

export const Tiles: Operation<TilesQuery, TilesQueryVariables> = {
  name: 'Tiles',
  text: "query Tiles($ids: [ID!]!, $imageWidth: Int!) {\n  productsById(ids: $ids) {\n    id\n    name\n    price {\n      amount\n      currency\n    }\n    images {\n      url(width: $imageWidth)\n    }\n    rating {\n      average\n    }\n    availability {\n      status\n    }\n  }\n}",
};
