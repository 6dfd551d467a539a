// Made by scripts/generate.ts from schema.graphql; do not change by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type {
  OrderModel,
  OrderLineModel,
  OrderEventModel,
  CartLineModel,
  CartModel,
  OrderConnectionModel,
  ProductModel,
  UserModel,
  OrderPlacedModel,
  OrderRefusedModel,
  PlaceOrderResultModel,
} from '../models.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string };
  String: { input: string; output: string };
  Boolean: { input: boolean; output: boolean };
  Int: { input: number; output: number };
  Float: { input: number; output: number };
  DateTime: { input: string; output: string };
  _FieldSet: { input: unknown; output: unknown };
};

export type CacheControlScope = 'PUBLIC' | 'PRIVATE';

export type Query = {
  readonly __typename?: 'Query';
  readonly cart: Maybe<Cart>;
  readonly order: Maybe<Order>;
  readonly orders: Maybe<OrderConnection>;
};

export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
};

export type QueryOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  status: InputMaybe<OrderStatus>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly addToCart: Cart;
  readonly setCartQuantity: Cart;
  readonly placeOrder: PlaceOrderResult;
  readonly cancelOrder: Order;
  readonly refundOrder: Order;
};

export type MutationAddToCartArgs = {
  productId: Scalars['ID']['input'];
  quantity?: InputMaybe<Scalars['Int']['input']>;
};

export type MutationSetCartQuantityArgs = {
  productId: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
};

export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};

export type MutationCancelOrderArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRefundOrderArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};

export type Cart = {
  readonly __typename?: 'Cart';
  readonly lines: ReadonlyArray<CartLine>;
  readonly count: Scalars['Int']['output'];
};

export type CartLine = {
  readonly __typename?: 'CartLine';
  readonly product: Maybe<Product>;
  readonly quantity: Scalars['Int']['output'];
};

export type Order = {
  readonly __typename?: 'Order';
  readonly id: Scalars['ID']['output'];
  readonly number: Scalars['String']['output'];
  readonly status: OrderStatus;
  readonly placedAt: Scalars['DateTime']['output'];
  readonly customer: Maybe<User>;
  readonly lines: ReadonlyArray<OrderLine>;
  readonly total: Money;
  readonly shipsFrom: Maybe<Warehouse>;
  readonly shippingAddress: ShippingAddress;
  readonly history: ReadonlyArray<OrderEvent>;
  readonly supportNote: Maybe<Scalars['String']['output']>;
};

export type OrderLine = {
  readonly __typename?: 'OrderLine';
  readonly product: Maybe<Product>;
  readonly variant: Maybe<Variant>;
  readonly title: Scalars['String']['output'];
  readonly quantity: Scalars['Int']['output'];
  readonly unitPrice: Money;
};

export type OrderEvent = {
  readonly __typename?: 'OrderEvent';
  readonly status: OrderStatus;
  readonly at: Scalars['DateTime']['output'];
  readonly text: Scalars['String']['output'];
};

export type OrderStatus = 'PENDING' | 'PAID' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED' | 'REFUNDED';

export type ShippingAddress = {
  readonly __typename?: 'ShippingAddress';
  readonly recipient: Scalars['String']['output'];
  readonly street: Scalars['String']['output'];
  readonly postalCode: Scalars['String']['output'];
  readonly city: Scalars['String']['output'];
  readonly country: Scalars['String']['output'];
};

export type PlaceOrderResult = OrderPlaced | OrderRefused;

export type OrderPlaced = {
  readonly __typename?: 'OrderPlaced';
  readonly order: Order;
  readonly repeated: Scalars['Boolean']['output'];
};

export type OrderRefused = {
  readonly __typename?: 'OrderRefused';
  readonly reason: OrderRefusal;
  readonly message: Scalars['String']['output'];
  readonly products: ReadonlyArray<Maybe<Product>>;
};

export type OrderRefusal =
  'EMPTY_CART' | 'OUT_OF_STOCK' | 'UNKNOWN_PRODUCT' | 'PAYMENT_DECLINED' | 'SERVICE_UNAVAILABLE';

export type User = {
  readonly __typename?: 'User';
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly orders: Maybe<OrderConnection>;
  readonly loyaltyPoints: Maybe<Scalars['Int']['output']>;
};

export type UserOrdersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
};

export type Product = {
  readonly __typename?: 'Product';
  readonly id: Scalars['ID']['output'];
  readonly soldLast30Days: Maybe<Scalars['Int']['output']>;
};

export type Variant = {
  readonly __typename?: 'Variant';
  readonly productId: Scalars['ID']['output'];
  readonly sku: Scalars['String']['output'];
};

export type Warehouse = {
  readonly __typename?: 'Warehouse';
  readonly code: Scalars['String']['output'];
};

export type Money = {
  readonly __typename?: 'Money';
  readonly amount: Scalars['Int']['output'];
  readonly currency: Scalars['String']['output'];
};

export type OrderConnection = {
  readonly __typename?: 'OrderConnection';
  readonly nodes: ReadonlyArray<Order>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

export type PlaceOrderInput = {
  readonly idempotencyKey: Scalars['String']['input'];
  readonly lines?: InputMaybe<ReadonlyArray<OrderLineInput>>;
  readonly shippingAddress: ShippingAddressInput;
  readonly paymentToken: Scalars['String']['input'];
};

export type OrderLineInput = {
  readonly productId: Scalars['ID']['input'];
  readonly quantity: Scalars['Int']['input'];
  readonly sku?: InputMaybe<Scalars['String']['input']>;
};

export type ShippingAddressInput = {
  readonly recipient: Scalars['String']['input'];
  readonly street: Scalars['String']['input'];
  readonly postalCode: Scalars['String']['input'];
  readonly city: Scalars['String']['input'];
  readonly country: Scalars['String']['input'];
};

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
  reference: TReference,
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<TResult> | TResult;

type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<
  TResult,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<
  TResult,
  TKey extends string,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<
  TTypes,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
> = (parent: TParent, context: TContext, info: GraphQLResolveInfo) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  obj: T,
  context: TContext,
  info: GraphQLResolveInfo,
) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<
  TResult = Record<PropertyKey, never>,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Order: Order;
  User: User;
  Product: Product;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Order: { __typename: 'Order' } & GraphQLRecursivePick<FederationTypes['Order'], { id: true }>;
  User: { __typename: 'User' } & GraphQLRecursivePick<FederationTypes['User'], { id: true }>;
  Product: { __typename: 'Product' } & GraphQLRecursivePick<FederationTypes['Product'], { id: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CacheControlScope: CacheControlScope;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Cart: ResolverTypeWrapper<CartModel>;
  CartLine: ResolverTypeWrapper<CartLineModel>;
  Order: ResolverTypeWrapper<OrderModel>;
  OrderLine: ResolverTypeWrapper<OrderLineModel>;
  OrderEvent: ResolverTypeWrapper<OrderEventModel>;
  OrderStatus: OrderStatus;
  ShippingAddress: ResolverTypeWrapper<ShippingAddress>;
  PlaceOrderResult: ResolverTypeWrapper<PlaceOrderResultModel>;
  OrderPlaced: ResolverTypeWrapper<OrderPlacedModel>;
  OrderRefused: ResolverTypeWrapper<OrderRefusedModel>;
  OrderRefusal: OrderRefusal;
  User: ResolverTypeWrapper<UserModel>;
  Product: ResolverTypeWrapper<ProductModel>;
  Variant: ResolverTypeWrapper<Variant>;
  Warehouse: ResolverTypeWrapper<Warehouse>;
  Money: ResolverTypeWrapper<Money>;
  OrderConnection: ResolverTypeWrapper<OrderConnectionModel>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  PlaceOrderInput: PlaceOrderInput;
  OrderLineInput: OrderLineInput;
  ShippingAddressInput: ShippingAddressInput;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Query: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  Cart: CartModel;
  CartLine: CartLineModel;
  Order: OrderModel;
  OrderLine: OrderLineModel;
  OrderEvent: OrderEventModel;
  ShippingAddress: ShippingAddress;
  PlaceOrderResult: PlaceOrderResultModel;
  OrderPlaced: OrderPlacedModel;
  OrderRefused: OrderRefusedModel;
  User: UserModel;
  Product: ProductModel;
  Variant: Variant;
  Warehouse: Warehouse;
  Money: Money;
  OrderConnection: OrderConnectionModel;
  PageInfo: PageInfo;
  PlaceOrderInput: PlaceOrderInput;
  OrderLineInput: OrderLineInput;
  ShippingAddressInput: ShippingAddressInput;
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type CacheControlDirectiveArgs = {
  maxAge: Maybe<Scalars['Int']['input']>;
  scope: Maybe<CacheControlScope>;
  inheritMaxAge: Maybe<Scalars['Boolean']['input']>;
};

export type CacheControlDirectiveResolver<
  Result,
  Parent,
  ContextType = Context,
  Args = CacheControlDirectiveArgs,
> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  cart?: Resolver<Maybe<ResolversTypes['Cart']>, ParentType, ContextType>;
  order?: Resolver<
    Maybe<ResolversTypes['Order']>,
    ParentType,
    ContextType,
    RequireFields<QueryOrderArgs, 'id'>
  >;
  orders?: Resolver<
    Maybe<ResolversTypes['OrderConnection']>,
    ParentType,
    ContextType,
    RequireFields<QueryOrdersArgs, 'first'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  addToCart?: Resolver<
    ResolversTypes['Cart'],
    ParentType,
    ContextType,
    RequireFields<MutationAddToCartArgs, 'productId' | 'quantity'>
  >;
  setCartQuantity?: Resolver<
    ResolversTypes['Cart'],
    ParentType,
    ContextType,
    RequireFields<MutationSetCartQuantityArgs, 'productId' | 'quantity'>
  >;
  placeOrder?: Resolver<
    ResolversTypes['PlaceOrderResult'],
    ParentType,
    ContextType,
    RequireFields<MutationPlaceOrderArgs, 'input'>
  >;
  cancelOrder?: Resolver<
    ResolversTypes['Order'],
    ParentType,
    ContextType,
    RequireFields<MutationCancelOrderArgs, 'id'>
  >;
  refundOrder?: Resolver<
    ResolversTypes['Order'],
    ParentType,
    ContextType,
    RequireFields<MutationRefundOrderArgs, 'id' | 'reason'>
  >;
};

export type CartResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Cart'] = ResolversParentTypes['Cart'],
> = {
  lines?: Resolver<ReadonlyArray<ResolversTypes['CartLine']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CartLineResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CartLine'] = ResolversParentTypes['CartLine'],
> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OrderResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'],
  FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Order']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  shipsFrom?: Resolver<Maybe<ResolversTypes['Warehouse']>, ParentType, ContextType>;
  shippingAddress?: Resolver<ResolversTypes['ShippingAddress'], ParentType, ContextType>;
  history?: Resolver<ReadonlyArray<ResolversTypes['OrderEvent']>, ParentType, ContextType>;
  supportNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderLineResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine'],
> = {
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  variant?: Resolver<Maybe<ResolversTypes['Variant']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderEventResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderEvent'] = ResolversParentTypes['OrderEvent'],
> = {
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ShippingAddressResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ShippingAddress'] = ResolversParentTypes['ShippingAddress'],
> = {
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  street?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PlaceOrderResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlaceOrderResult'] = ResolversParentTypes['PlaceOrderResult'],
> = {
  __resolveType: TypeResolveFn<'OrderPlaced' | 'OrderRefused', ParentType, ContextType>;
};

export type OrderPlacedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderPlaced'] = ResolversParentTypes['OrderPlaced'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  repeated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderRefusedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderRefused'] = ResolversParentTypes['OrderRefused'],
> = {
  reason?: Resolver<ResolversTypes['OrderRefusal'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  products?: Resolver<ReadonlyArray<Maybe<ResolversTypes['Product']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'],
  FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['User']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  orders?: Resolver<
    Maybe<ResolversTypes['OrderConnection']>,
    ParentType,
    ContextType,
    RequireFields<UserOrdersArgs, 'first'>
  >;
  loyaltyPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ProductResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'],
  FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Product']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  soldLast30Days?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type VariantResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Variant'] = ResolversParentTypes['Variant'],
> = {
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type WarehouseResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Warehouse'] = ResolversParentTypes['Warehouse'],
> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MoneyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money'],
> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection'],
> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Order']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type PageInfoResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo'],
> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Cart?: CartResolvers<ContextType>;
  CartLine?: CartLineResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderEvent?: OrderEventResolvers<ContextType>;
  ShippingAddress?: ShippingAddressResolvers<ContextType>;
  PlaceOrderResult?: PlaceOrderResultResolvers<ContextType>;
  OrderPlaced?: OrderPlacedResolvers<ContextType>;
  OrderRefused?: OrderRefusedResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Variant?: VariantResolvers<ContextType>;
  Warehouse?: WarehouseResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
