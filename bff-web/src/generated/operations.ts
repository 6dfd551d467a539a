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

export type PowerSource =
  | 'NONE'
  | 'BATTERY'
  | 'MAINS'
  | 'SOLAR';

export type ProductFilter = {
  readonly kind?: ProductKind | null | undefined;
  /** A category's slug; products of its children count too. */
  readonly category?: string | null | undefined;
  /** A brand's slug. */
  readonly brand?: string | null | undefined;
  /** In cents. */
  readonly minPrice?: number | null | undefined;
  /** In cents. */
  readonly maxPrice?: number | null | undefined;
};

export type ProductKind =
  | 'BOOK'
  | 'APPAREL'
  | 'GEAR';

export type ProductSort =
  | 'NEWEST'
  | 'NAME'
  | 'PRICE_ASC'
  | 'PRICE_DESC';

export type ShippingAddressInput = {
  readonly recipient: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
};

export type AccountPageQueryVariables = Exact<{
  addresses: boolean;
  orders: boolean;
  reviews: boolean;
}>;


export type AccountPageQuery = { readonly me: { readonly name: string, readonly handle: string, readonly email: string | null, readonly memberSince: string, readonly loyaltyPoints: number | null, readonly addresses?: ReadonlyArray<{ readonly label: string, readonly recipient: string, readonly street: string, readonly postalCode: string, readonly city: string, readonly country: string, readonly isDefault: boolean }> | null, readonly orders?: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly number: string, readonly placedAt: string, readonly status: OrderStatus, readonly total: { readonly amount: number, readonly currency: string }, readonly lines: ReadonlyArray<{ readonly title: string, readonly quantity: number, readonly product:
            | { readonly id: string }
            | { readonly id: string }
            | { readonly id: string }
           | null }> }> } | null, readonly reviews?: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly rating: number, readonly title: string, readonly body: string, readonly product:
          | { readonly id: string }
          | { readonly id: string }
          | { readonly id: string }
         | null }> } | null } | null };

export type AddToCartMutationVariables = Exact<{
  productId: string;
  quantity: number;
}>;


export type AddToCartMutation = { readonly addToCart: { readonly count: number, readonly lines: ReadonlyArray<{ readonly quantity: number, readonly product:
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
       | null }> } };

export type CartPageQueryVariables = Exact<{ [key: string]: never; }>;


export type CartPageQuery = { readonly cart: { readonly count: number, readonly lines: ReadonlyArray<{ readonly quantity: number, readonly product:
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
       | null }> } | null };

export type HomePageQueryVariables = Exact<{
  viewer: boolean;
  navigation: boolean;
  newest: boolean;
  latestReviews: boolean;
}>;


export type HomePageQuery = { readonly me?: { readonly name: string, readonly loyaltyPoints: number | null } | null, readonly cart?: { readonly count: number } | null, readonly categories?: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly children: ReadonlyArray<{ readonly slug: string, readonly name: string }> }> | null, readonly products?: { readonly nodes: ReadonlyArray<
      | { readonly id: string }
      | { readonly id: string }
      | { readonly id: string }
    > } | null, readonly latestReviews?: ReadonlyArray<{ readonly id: string, readonly rating: number, readonly title: string, readonly body: string, readonly author: { readonly name: string } | null, readonly product:
      | { readonly id: string }
      | { readonly id: string }
      | { readonly id: string }
     | null }> | null };

export type PlaceOrderMutationVariables = Exact<{
  input: PlaceOrderInput;
}>;


export type PlaceOrderMutation = { readonly placeOrder:
    | { readonly __typename: 'OrderPlaced', readonly repeated: boolean, readonly order: { readonly id: string, readonly number: string, readonly total: { readonly amount: number, readonly currency: string } } }
    | { readonly __typename: 'OrderRefused', readonly reason: OrderRefusal, readonly message: string, readonly products: ReadonlyArray<
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
       | null> }
   };

export type ProductCardsQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type ProductCardsQuery = { readonly productsById: ReadonlyArray<
    | { readonly __typename: 'Apparel', readonly id: string, readonly slug: string, readonly name: string, readonly createdAt: string, readonly brand: { readonly name: string }, readonly price: { readonly amount: number, readonly currency: string }, readonly images: ReadonlyArray<{ readonly alt: string, readonly small: string, readonly medium: string, readonly large: string }>, readonly rating: { readonly average: number | null, readonly count: number } | null, readonly availability: { readonly status: AvailabilityStatus } | null }
    | { readonly __typename: 'Book', readonly id: string, readonly slug: string, readonly name: string, readonly createdAt: string, readonly brand: { readonly name: string }, readonly price: { readonly amount: number, readonly currency: string }, readonly images: ReadonlyArray<{ readonly alt: string, readonly small: string, readonly medium: string, readonly large: string }>, readonly rating: { readonly average: number | null, readonly count: number } | null, readonly availability: { readonly status: AvailabilityStatus } | null }
    | { readonly __typename: 'Gear', readonly id: string, readonly slug: string, readonly name: string, readonly createdAt: string, readonly brand: { readonly name: string }, readonly price: { readonly amount: number, readonly currency: string }, readonly images: ReadonlyArray<{ readonly alt: string, readonly small: string, readonly medium: string, readonly large: string }>, readonly rating: { readonly average: number | null, readonly count: number } | null, readonly availability: { readonly status: AvailabilityStatus } | null }
   | null> | null };

export type ProductPageQueryVariables = Exact<{
  slug: string;
  shipTo: string;
  availability: boolean;
  shipping: boolean;
  rating: boolean;
  reviews: boolean;
  related: boolean;
}>;


export type ProductPageQuery = { readonly productBySlug:
    | { readonly __typename: 'Apparel', readonly material: string, readonly sizes: ReadonlyArray<string>, readonly id: string, readonly slug: string, readonly name: string, readonly description: string, readonly weightGrams: number, readonly price: { readonly amount: number, readonly currency: string }, readonly brand: { readonly slug: string, readonly name: string }, readonly categories: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly parent: { readonly slug: string, readonly name: string } | null, readonly products?: { readonly nodes: ReadonlyArray<
            | { readonly id: string }
            | { readonly id: string }
            | { readonly id: string }
          > } }>, readonly images: ReadonlyArray<{ readonly alt: string, readonly small: string, readonly medium: string, readonly large: string }>, readonly variants: ReadonlyArray<{ readonly sku: string, readonly name: string, readonly price: { readonly amount: number, readonly currency: string } | null }>, readonly availability?: { readonly status: AvailabilityStatus, readonly quantity: number, readonly restockAt: string | null } | null, readonly shippingEstimate?: { readonly minDays: number, readonly maxDays: number, readonly cost: { readonly amount: number, readonly currency: string } } | null, readonly rating?: { readonly average: number | null, readonly count: number, readonly histogram: ReadonlyArray<number> } | null, readonly reviews?: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly rating: number, readonly title: string, readonly body: string, readonly createdAt: string, readonly author: { readonly name: string } | null }> } | null }
    | { readonly __typename: 'Book', readonly author: string, readonly pages: number, readonly isbn: string, readonly id: string, readonly slug: string, readonly name: string, readonly description: string, readonly weightGrams: number, readonly price: { readonly amount: number, readonly currency: string }, readonly brand: { readonly slug: string, readonly name: string }, readonly categories: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly parent: { readonly slug: string, readonly name: string } | null, readonly products?: { readonly nodes: ReadonlyArray<
            | { readonly id: string }
            | { readonly id: string }
            | { readonly id: string }
          > } }>, readonly images: ReadonlyArray<{ readonly alt: string, readonly small: string, readonly medium: string, readonly large: string }>, readonly variants: ReadonlyArray<{ readonly sku: string, readonly name: string, readonly price: { readonly amount: number, readonly currency: string } | null }>, readonly availability?: { readonly status: AvailabilityStatus, readonly quantity: number, readonly restockAt: string | null } | null, readonly shippingEstimate?: { readonly minDays: number, readonly maxDays: number, readonly cost: { readonly amount: number, readonly currency: string } } | null, readonly rating?: { readonly average: number | null, readonly count: number, readonly histogram: ReadonlyArray<number> } | null, readonly reviews?: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly rating: number, readonly title: string, readonly body: string, readonly createdAt: string, readonly author: { readonly name: string } | null }> } | null }
    | { readonly __typename: 'Gear', readonly warrantyMonths: number, readonly powerSource: PowerSource, readonly id: string, readonly slug: string, readonly name: string, readonly description: string, readonly weightGrams: number, readonly price: { readonly amount: number, readonly currency: string }, readonly brand: { readonly slug: string, readonly name: string }, readonly categories: ReadonlyArray<{ readonly slug: string, readonly name: string, readonly parent: { readonly slug: string, readonly name: string } | null, readonly products?: { readonly nodes: ReadonlyArray<
            | { readonly id: string }
            | { readonly id: string }
            | { readonly id: string }
          > } }>, readonly images: ReadonlyArray<{ readonly alt: string, readonly small: string, readonly medium: string, readonly large: string }>, readonly variants: ReadonlyArray<{ readonly sku: string, readonly name: string, readonly price: { readonly amount: number, readonly currency: string } | null }>, readonly availability?: { readonly status: AvailabilityStatus, readonly quantity: number, readonly restockAt: string | null } | null, readonly shippingEstimate?: { readonly minDays: number, readonly maxDays: number, readonly cost: { readonly amount: number, readonly currency: string } } | null, readonly rating?: { readonly average: number | null, readonly count: number, readonly histogram: ReadonlyArray<number> } | null, readonly reviews?: { readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly rating: number, readonly title: string, readonly body: string, readonly createdAt: string, readonly author: { readonly name: string } | null }> } | null }
   | null };

export type SearchPageQueryVariables = Exact<{
  text: string;
  filter?: ProductFilter | null | undefined;
  sort: ProductSort;
  after?: string | null | undefined;
  byText: boolean;
  byFilter: boolean;
}>;


export type SearchPageQuery = { readonly search?: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<
      | { readonly __typename: 'Book', readonly id: string }
      | { readonly __typename: 'Apparel', readonly id: string }
      | { readonly __typename: 'Gear', readonly id: string }
      | { readonly __typename: 'Category', readonly slug: string, readonly name: string }
      | { readonly __typename: 'Brand', readonly slug: string, readonly name: string }
    > } | null, readonly products?: { readonly totalCount: number, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly nodes: ReadonlyArray<
      | { readonly id: string }
      | { readonly id: string }
      | { readonly id: string }
    > } | null };

export type SetCartQuantityMutationVariables = Exact<{
  productId: string;
  quantity: number;
}>;


export type SetCartQuantityMutation = { readonly setCartQuantity: { readonly count: number, readonly lines: ReadonlyArray<{ readonly quantity: number, readonly product:
        | { readonly id: string }
        | { readonly id: string }
        | { readonly id: string }
       | null }> } };

/** One operation of ours on the gateway; `_types` exists for the compiler alone. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  readonly _types?: (variables: Variables) => Data;
}

export const AccountPage: Operation<AccountPageQuery, AccountPageQueryVariables> = {
  name: 'AccountPage',
  text: "query AccountPage($addresses: Boolean!, $orders: Boolean!, $reviews: Boolean!) {\n  me {\n    name\n    handle\n    email\n    memberSince\n    loyaltyPoints\n    addresses(first: 10) @include(if: $addresses) {\n      label\n      recipient\n      street\n      postalCode\n      city\n      country\n      isDefault\n    }\n    orders(first: 10) @include(if: $orders) {\n      nodes {\n        id\n        number\n        placedAt\n        status\n        total {\n          amount\n          currency\n        }\n        lines {\n          title\n          quantity\n          product {\n            id\n          }\n        }\n      }\n    }\n    reviews(first: 5) @include(if: $reviews) {\n      nodes {\n        id\n        rating\n        title\n        body\n        product {\n          id\n        }\n      }\n    }\n  }\n}",
};

export const AddToCart: Operation<AddToCartMutation, AddToCartMutationVariables> = {
  name: 'AddToCart',
  text: "mutation AddToCart($productId: ID!, $quantity: Int!) {\n  addToCart(productId: $productId, quantity: $quantity) {\n    count\n    lines {\n      quantity\n      product {\n        id\n      }\n    }\n  }\n}",
};

export const CartPage: Operation<CartPageQuery, CartPageQueryVariables> = {
  name: 'CartPage',
  text: "query CartPage {\n  cart {\n    count\n    lines {\n      quantity\n      product {\n        id\n      }\n    }\n  }\n}",
};

export const HomePage: Operation<HomePageQuery, HomePageQueryVariables> = {
  name: 'HomePage',
  text: "query HomePage($viewer: Boolean!, $navigation: Boolean!, $newest: Boolean!, $latestReviews: Boolean!) {\n  me @include(if: $viewer) {\n    name\n    loyaltyPoints\n  }\n  cart @include(if: $viewer) {\n    count\n  }\n  categories @include(if: $navigation) {\n    slug\n    name\n    children {\n      slug\n      name\n    }\n  }\n  products(first: 12, sort: NEWEST) @include(if: $newest) {\n    nodes {\n      id\n    }\n  }\n  latestReviews(first: 6) @include(if: $latestReviews) {\n    id\n    rating\n    title\n    body\n    author {\n      name\n    }\n    product {\n      id\n    }\n  }\n}",
};

export const PlaceOrder: Operation<PlaceOrderMutation, PlaceOrderMutationVariables> = {
  name: 'PlaceOrder',
  text: "mutation PlaceOrder($input: PlaceOrderInput!) {\n  placeOrder(input: $input) {\n    __typename\n    ... on OrderPlaced {\n      repeated\n      order {\n        id\n        number\n        total {\n          amount\n          currency\n        }\n      }\n    }\n    ... on OrderRefused {\n      reason\n      message\n      products {\n        id\n      }\n    }\n  }\n}",
};

export const ProductCards: Operation<ProductCardsQuery, ProductCardsQueryVariables> = {
  name: 'ProductCards',
  text: "query ProductCards($ids: [ID!]!) {\n  productsById(ids: $ids) {\n    __typename\n    id\n    slug\n    name\n    createdAt\n    brand {\n      name\n    }\n    price {\n      amount\n      currency\n    }\n    images {\n      small: url(width: 320)\n      medium: url(width: 640)\n      large: url(width: 1280)\n      alt\n    }\n    rating {\n      average\n      count\n    }\n    availability {\n      status\n    }\n  }\n}",
};

export const ProductPage: Operation<ProductPageQuery, ProductPageQueryVariables> = {
  name: 'ProductPage',
  text: "query ProductPage($slug: String!, $shipTo: String!, $availability: Boolean!, $shipping: Boolean!, $rating: Boolean!, $reviews: Boolean!, $related: Boolean!) {\n  productBySlug(slug: $slug) {\n    __typename\n    id\n    slug\n    name\n    description\n    weightGrams\n    price {\n      amount\n      currency\n    }\n    brand {\n      slug\n      name\n    }\n    categories {\n      slug\n      name\n      parent {\n        slug\n        name\n      }\n      products(first: 9) @include(if: $related) {\n        nodes {\n          id\n        }\n      }\n    }\n    images {\n      small: url(width: 320)\n      medium: url(width: 640)\n      large: url(width: 1280)\n      alt\n    }\n    variants(first: 20) {\n      sku\n      name\n      price {\n        amount\n        currency\n      }\n    }\n    ... on Book {\n      author\n      pages\n      isbn\n    }\n    ... on Apparel {\n      material\n      sizes\n    }\n    ... on Gear {\n      warrantyMonths\n      powerSource\n    }\n    availability @include(if: $availability) {\n      status\n      quantity\n      restockAt\n    }\n    shippingEstimate(country: $shipTo) @include(if: $shipping) {\n      cost {\n        amount\n        currency\n      }\n      minDays\n      maxDays\n    }\n    rating @include(if: $rating) {\n      average\n      count\n      histogram\n    }\n    reviews(first: 10) @include(if: $reviews) {\n      totalCount\n      nodes {\n        id\n        rating\n        title\n        body\n        createdAt\n        author {\n          name\n        }\n      }\n    }\n  }\n}",
};

export const SearchPage: Operation<SearchPageQuery, SearchPageQueryVariables> = {
  name: 'SearchPage',
  text: "query SearchPage($text: String!, $filter: ProductFilter, $sort: ProductSort!, $after: String, $byText: Boolean!, $byFilter: Boolean!) {\n  search(text: $text, first: 24, after: $after, filter: $filter) @include(if: $byText) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    nodes {\n      __typename\n      ... on Product {\n        id\n      }\n      ... on Category {\n        slug\n        name\n      }\n      ... on Brand {\n        slug\n        name\n      }\n    }\n  }\n  products(first: 24, after: $after, filter: $filter, sort: $sort) @include(if: $byFilter) {\n    totalCount\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    nodes {\n      id\n    }\n  }\n}",
};

export const SetCartQuantity: Operation<SetCartQuantityMutation, SetCartQuantityMutationVariables> = {
  name: 'SetCartQuantity',
  text: "mutation SetCartQuantity($productId: ID!, $quantity: Int!) {\n  setCartQuantity(productId: $productId, quantity: $quantity) {\n    count\n    lines {\n      quantity\n      product {\n        id\n      }\n    }\n  }\n}",
};
