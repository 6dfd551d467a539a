// Made by scripts/generate.ts from schema.graphql; do not change by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type {
  WarehouseModel,
  StockLevelModel,
  StockConnectionModel,
  ProductModel,
  AvailabilityModel,
  ReserveStockResultModel,
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
  readonly warehouses: Maybe<ReadonlyArray<Warehouse>>;
  readonly warehouse: Maybe<Warehouse>;
  readonly lowStock: Maybe<StockConnection>;
};

export type QueryWarehouseArgs = {
  code: Scalars['String']['input'];
};

export type QueryLowStockArgs = {
  atMost?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly setStock: StockLevel;
  readonly reserveStock: ReserveStockResult;
  readonly releaseStock: Scalars['Boolean']['output'];
  readonly confirmStock: Scalars['Boolean']['output'];
};

export type MutationSetStockArgs = {
  productId: Scalars['ID']['input'];
  warehouse: Scalars['String']['input'];
  quantity: Scalars['Int']['input'];
};

export type MutationReserveStockArgs = {
  input: ReserveStockInput;
};

export type MutationReleaseStockArgs = {
  orderId: Scalars['ID']['input'];
};

export type MutationConfirmStockArgs = {
  orderId: Scalars['ID']['input'];
};

export type Product = {
  readonly __typename?: 'Product';
  readonly id: Scalars['ID']['output'];
  readonly price: Money;
  readonly weightGrams: Scalars['Int']['output'];
  readonly availability: Maybe<Availability>;
  readonly stockLevels: Maybe<ReadonlyArray<StockLevel>>;
  readonly shippingEstimate: Maybe<ShippingEstimate>;
};

export type ProductShippingEstimateArgs = {
  country?: InputMaybe<Scalars['String']['input']>;
};

export type Availability = {
  readonly __typename?: 'Availability';
  readonly status: AvailabilityStatus;
  readonly quantity: Scalars['Int']['output'];
  readonly restockAt: Maybe<Scalars['DateTime']['output']>;
};

export type AvailabilityStatus = 'IN_STOCK' | 'LOW' | 'OUT_OF_STOCK';

export type StockLevel = {
  readonly __typename?: 'StockLevel';
  readonly product: Product;
  readonly warehouse: Warehouse;
  readonly onHand: Scalars['Int']['output'];
  readonly reserved: Scalars['Int']['output'];
  readonly available: Scalars['Int']['output'];
  readonly updatedAt: Scalars['DateTime']['output'];
};

export type Warehouse = {
  readonly __typename?: 'Warehouse';
  readonly code: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly city: Scalars['String']['output'];
  readonly country: Scalars['String']['output'];
};

export type ShippingEstimate = {
  readonly __typename?: 'ShippingEstimate';
  readonly cost: Money;
  readonly minDays: Scalars['Int']['output'];
  readonly maxDays: Scalars['Int']['output'];
};

export type Money = {
  readonly __typename?: 'Money';
  readonly amount: Scalars['Int']['output'];
  readonly currency: Scalars['String']['output'];
};

export type StockConnection = {
  readonly __typename?: 'StockConnection';
  readonly nodes: ReadonlyArray<StockLevel>;
  readonly pageInfo: PageInfo;
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

export type ReserveStockInput = {
  readonly orderId: Scalars['ID']['input'];
  readonly lines: ReadonlyArray<ReserveStockLine>;
};

export type ReserveStockLine = {
  readonly productId: Scalars['ID']['input'];
  readonly quantity: Scalars['Int']['input'];
};

export type ReserveStockResult = {
  readonly __typename?: 'ReserveStockResult';
  readonly reserved: Scalars['Boolean']['output'];
  readonly warehouse: Maybe<Warehouse>;
  readonly missing: ReadonlyArray<Scalars['ID']['output']>;
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
  Product: Product;
  StockLevel: StockLevel;
  Warehouse: Warehouse;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Product: { __typename: 'Product' } & GraphQLRecursivePick<FederationTypes['Product'], { id: true }> &
    (
      | Record<PropertyKey, never>
      | GraphQLRecursivePick<
          FederationTypes['Product'],
          { price: { amount: true; currency: true }; weightGrams: true }
        >
    );
  StockLevel: { __typename: 'StockLevel' } & GraphQLRecursivePick<
    FederationTypes['StockLevel'],
    { product: { id: true }; warehouse: { code: true } }
  >;
  Warehouse: { __typename: 'Warehouse' } & GraphQLRecursivePick<FederationTypes['Warehouse'], { code: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CacheControlScope: CacheControlScope;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Product: ResolverTypeWrapper<ProductModel>;
  Availability: ResolverTypeWrapper<AvailabilityModel>;
  AvailabilityStatus: AvailabilityStatus;
  StockLevel: ResolverTypeWrapper<StockLevelModel>;
  Warehouse: ResolverTypeWrapper<WarehouseModel>;
  ShippingEstimate: ResolverTypeWrapper<ShippingEstimate>;
  Money: ResolverTypeWrapper<Money>;
  StockConnection: ResolverTypeWrapper<StockConnectionModel>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ReserveStockInput: ReserveStockInput;
  ReserveStockLine: ReserveStockLine;
  ReserveStockResult: ResolverTypeWrapper<ReserveStockResultModel>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Product: ProductModel;
  Availability: AvailabilityModel;
  StockLevel: StockLevelModel;
  Warehouse: WarehouseModel;
  ShippingEstimate: ShippingEstimate;
  Money: Money;
  StockConnection: StockConnectionModel;
  PageInfo: PageInfo;
  ReserveStockInput: ReserveStockInput;
  ReserveStockLine: ReserveStockLine;
  ReserveStockResult: ReserveStockResultModel;
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
  warehouses?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Warehouse']>>, ParentType, ContextType>;
  warehouse?: Resolver<
    Maybe<ResolversTypes['Warehouse']>,
    ParentType,
    ContextType,
    RequireFields<QueryWarehouseArgs, 'code'>
  >;
  lowStock?: Resolver<
    Maybe<ResolversTypes['StockConnection']>,
    ParentType,
    ContextType,
    RequireFields<QueryLowStockArgs, 'atMost' | 'first'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  setStock?: Resolver<
    ResolversTypes['StockLevel'],
    ParentType,
    ContextType,
    RequireFields<MutationSetStockArgs, 'productId' | 'warehouse' | 'quantity'>
  >;
  reserveStock?: Resolver<
    ResolversTypes['ReserveStockResult'],
    ParentType,
    ContextType,
    RequireFields<MutationReserveStockArgs, 'input'>
  >;
  releaseStock?: Resolver<
    ResolversTypes['Boolean'],
    ParentType,
    ContextType,
    RequireFields<MutationReleaseStockArgs, 'orderId'>
  >;
  confirmStock?: Resolver<
    ResolversTypes['Boolean'],
    ParentType,
    ContextType,
    RequireFields<MutationConfirmStockArgs, 'orderId'>
  >;
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
  availability?: Resolver<Maybe<ResolversTypes['Availability']>, ParentType, ContextType>;
  stockLevels?: Resolver<Maybe<ReadonlyArray<ResolversTypes['StockLevel']>>, ParentType, ContextType>;
  shippingEstimate?: Resolver<
    Maybe<ResolversTypes['ShippingEstimate']>,
    ParentType,
    ContextType,
    RequireFields<ProductShippingEstimateArgs, 'country'>
  >;
};

export type AvailabilityResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability'],
> = {
  status?: Resolver<ResolversTypes['AvailabilityStatus'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  restockAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type StockLevelResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['StockLevel'] = ResolversParentTypes['StockLevel'],
  FederationReferenceType extends FederationReferenceTypes['StockLevel'] =
    FederationReferenceTypes['StockLevel'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['StockLevel']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  warehouse?: Resolver<ResolversTypes['Warehouse'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WarehouseResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Warehouse'] = ResolversParentTypes['Warehouse'],
  FederationReferenceType extends FederationReferenceTypes['Warehouse'] =
    FederationReferenceTypes['Warehouse'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Warehouse']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ShippingEstimateResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ShippingEstimate'] = ResolversParentTypes['ShippingEstimate'],
> = {
  cost?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  minDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maxDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MoneyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money'],
> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StockConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['StockConnection'] = ResolversParentTypes['StockConnection'],
> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['StockLevel']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PageInfoResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo'],
> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ReserveStockResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ReserveStockResult'] = ResolversParentTypes['ReserveStockResult'],
> = {
  reserved?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  warehouse?: Resolver<Maybe<ResolversTypes['Warehouse']>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Availability?: AvailabilityResolvers<ContextType>;
  StockLevel?: StockLevelResolvers<ContextType>;
  Warehouse?: WarehouseResolvers<ContextType>;
  ShippingEstimate?: ShippingEstimateResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  StockConnection?: StockConnectionResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ReserveStockResult?: ReserveStockResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
