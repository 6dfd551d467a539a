// Made by `npm run generate` from the schema and the operations: change those.
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
};

export type Query = {
  readonly __typename?: 'Query';
  /** The first screen. */
  readonly homeScreen: HomeScreen;
  /** One product; null when there is no such product. */
  readonly productScreen?: Maybe<ProductScreen>;
  /** The signed-in person's orders, newest first; null when nobody is signed in. */
  readonly ordersScreen?: Maybe<OrdersScreen>;
};


export type QueryHomeScreenArgs = {
  imageWidth?: Scalars['Int']['input'];
};


export type QueryProductScreenArgs = {
  id: Scalars['ID']['input'];
  imageWidth?: Scalars['Int']['input'];
};


export type QueryOrdersScreenArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Buys the given items. Send the same key again after a lost answer: it buys once. */
  readonly placeOrder: PlaceOrderResult;
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};

export type HomeScreen = {
  readonly __typename?: 'HomeScreen';
  readonly greeting?: Maybe<Scalars['String']['output']>;
  readonly picks?: Maybe<ReadonlyArray<Tile>>;
  readonly topics?: Maybe<ReadonlyArray<Topic>>;
  readonly missing: ReadonlyArray<Scalars['String']['output']>;
};

export type Topic = {
  readonly __typename?: 'Topic';
  readonly slug: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
};

/** A product as one tile of a list. */
export type Tile = {
  readonly __typename?: 'Tile';
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  /** As people read it, for example `€ 24.90`. */
  readonly price: Scalars['String']['output'];
  readonly image?: Maybe<Scalars['String']['output']>;
  readonly stars?: Maybe<Scalars['Float']['output']>;
  readonly soldOut?: Maybe<Scalars['Boolean']['output']>;
};

export type ProductScreen = {
  readonly __typename?: 'ProductScreen';
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly price: Scalars['String']['output'];
  readonly image?: Maybe<Scalars['String']['output']>;
  /** At most 280 characters. */
  readonly about: Scalars['String']['output'];
  readonly stars?: Maybe<Scalars['Float']['output']>;
  readonly ratings?: Maybe<Scalars['Int']['output']>;
  readonly stock?: Maybe<Scalars['String']['output']>;
  readonly delivery?: Maybe<Scalars['String']['output']>;
  readonly topReviews?: Maybe<ReadonlyArray<TopReview>>;
  readonly missing: ReadonlyArray<Scalars['String']['output']>;
};

export type TopReview = {
  readonly __typename?: 'TopReview';
  readonly stars: Scalars['Int']['output'];
  readonly title: Scalars['String']['output'];
  readonly by?: Maybe<Scalars['String']['output']>;
};

export type OrdersScreen = {
  readonly __typename?: 'OrdersScreen';
  readonly orders?: Maybe<ReadonlyArray<OrderRow>>;
  readonly next?: Maybe<Scalars['String']['output']>;
  readonly missing: ReadonlyArray<Scalars['String']['output']>;
};

export type OrderRow = {
  readonly __typename?: 'OrderRow';
  readonly id: Scalars['ID']['output'];
  readonly number: Scalars['String']['output'];
  /** For example `3 Mar 2026`. */
  readonly date: Scalars['String']['output'];
  readonly status: Scalars['String']['output'];
  readonly total: Scalars['String']['output'];
  readonly items: ReadonlyArray<OrderItem>;
};

export type OrderItem = {
  readonly __typename?: 'OrderItem';
  readonly title: Scalars['String']['output'];
  readonly quantity: Scalars['Int']['output'];
  readonly image?: Maybe<Scalars['String']['output']>;
};

export type PlaceOrderResult = {
  readonly __typename?: 'PlaceOrderResult';
  readonly ok: Scalars['Boolean']['output'];
  readonly orderId?: Maybe<Scalars['ID']['output']>;
  readonly number?: Maybe<Scalars['String']['output']>;
  readonly total?: Maybe<Scalars['String']['output']>;
  /** For people, when nothing was bought. */
  readonly message?: Maybe<Scalars['String']['output']>;
  readonly code?: Maybe<Scalars['String']['output']>;
};

export type PlaceOrderInput = {
  readonly key: Scalars['String']['input'];
  readonly items: ReadonlyArray<ItemInput>;
  readonly address: AddressInput;
  readonly paymentToken: Scalars['String']['input'];
};

export type ItemInput = {
  readonly productId: Scalars['ID']['input'];
  readonly quantity: Scalars['Int']['input'];
};

export type AddressInput = {
  readonly recipient: Scalars['String']['input'];
  readonly street: Scalars['String']['input'];
  readonly postalCode: Scalars['String']['input'];
  readonly city: Scalars['String']['input'];
  readonly country: Scalars['String']['input'];
};



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
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

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  HomeScreen: ResolverTypeWrapper<HomeScreen>;
  Topic: ResolverTypeWrapper<Topic>;
  Tile: ResolverTypeWrapper<Tile>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ProductScreen: ResolverTypeWrapper<ProductScreen>;
  TopReview: ResolverTypeWrapper<TopReview>;
  OrdersScreen: ResolverTypeWrapper<OrdersScreen>;
  OrderRow: ResolverTypeWrapper<OrderRow>;
  OrderItem: ResolverTypeWrapper<OrderItem>;
  PlaceOrderResult: ResolverTypeWrapper<PlaceOrderResult>;
  PlaceOrderInput: PlaceOrderInput;
  ItemInput: ItemInput;
  AddressInput: AddressInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  String: Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  HomeScreen: HomeScreen;
  Topic: Topic;
  Tile: Tile;
  Float: Scalars['Float']['output'];
  Boolean: Scalars['Boolean']['output'];
  ProductScreen: ProductScreen;
  TopReview: TopReview;
  OrdersScreen: OrdersScreen;
  OrderRow: OrderRow;
  OrderItem: OrderItem;
  PlaceOrderResult: PlaceOrderResult;
  PlaceOrderInput: PlaceOrderInput;
  ItemInput: ItemInput;
  AddressInput: AddressInput;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  homeScreen?: Resolver<ResolversTypes['HomeScreen'], ParentType, ContextType, RequireFields<QueryHomeScreenArgs, 'imageWidth'>>;
  productScreen?: Resolver<Maybe<ResolversTypes['ProductScreen']>, ParentType, ContextType, RequireFields<QueryProductScreenArgs, 'id' | 'imageWidth'>>;
  ordersScreen?: Resolver<Maybe<ResolversTypes['OrdersScreen']>, ParentType, ContextType, Partial<QueryOrdersScreenArgs>>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  placeOrder?: Resolver<ResolversTypes['PlaceOrderResult'], ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
};

export type HomeScreenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HomeScreen'] = ResolversParentTypes['HomeScreen']> = {
  greeting?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  picks?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Tile']>>, ParentType, ContextType>;
  topics?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Topic']>>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TopicResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Topic'] = ResolversParentTypes['Topic']> = {
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TileResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tile'] = ResolversParentTypes['Tile']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  stars?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  soldOut?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type ProductScreenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductScreen'] = ResolversParentTypes['ProductScreen']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  about?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  stars?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  ratings?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  stock?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  delivery?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  topReviews?: Resolver<Maybe<ReadonlyArray<ResolversTypes['TopReview']>>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TopReviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TopReview'] = ResolversParentTypes['TopReview']> = {
  stars?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  by?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrdersScreenResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrdersScreen'] = ResolversParentTypes['OrdersScreen']> = {
  orders?: Resolver<Maybe<ReadonlyArray<ResolversTypes['OrderRow']>>, ParentType, ContextType>;
  next?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderRowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderRow'] = ResolversParentTypes['OrderRow']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['OrderItem']>, ParentType, ContextType>;
};

export type OrderItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderItem'] = ResolversParentTypes['OrderItem']> = {
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlaceOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlaceOrderResult'] = ResolversParentTypes['PlaceOrderResult']> = {
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  orderId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  number?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  HomeScreen?: HomeScreenResolvers<ContextType>;
  Topic?: TopicResolvers<ContextType>;
  Tile?: TileResolvers<ContextType>;
  ProductScreen?: ProductScreenResolvers<ContextType>;
  TopReview?: TopReviewResolvers<ContextType>;
  OrdersScreen?: OrdersScreenResolvers<ContextType>;
  OrderRow?: OrderRowResolvers<ContextType>;
  OrderItem?: OrderItemResolvers<ContextType>;
  PlaceOrderResult?: PlaceOrderResultResolvers<ContextType>;
};

