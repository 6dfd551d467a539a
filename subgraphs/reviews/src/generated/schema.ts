// Made by scripts/generate.ts from schema.graphql; do not change by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type {
  ReviewModel,
  ProductModel,
  UserModel,
  ReviewConnectionModel,
  RatingSummaryModel,
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
  readonly review: Maybe<Review>;
  readonly latestReviews: Maybe<ReadonlyArray<Review>>;
  readonly moderationQueue: Maybe<ReviewConnection>;
};

export type QueryReviewArgs = {
  id: Scalars['ID']['input'];
};

export type QueryLatestReviewsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type QueryModerationQueueArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly writeReview: Review;
  readonly reportReview: Scalars['Boolean']['output'];
  readonly moderateReview: Review;
};

export type MutationWriteReviewArgs = {
  input: WriteReviewInput;
};

export type MutationReportReviewArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
};

export type MutationModerateReviewArgs = {
  id: Scalars['ID']['input'];
  decision: ModerationDecision;
  note: InputMaybe<Scalars['String']['input']>;
};

export type Review = {
  readonly __typename?: 'Review';
  readonly id: Scalars['ID']['output'];
  readonly product: Maybe<Product>;
  readonly author: Maybe<User>;
  readonly rating: Scalars['Int']['output'];
  readonly title: Scalars['String']['output'];
  readonly body: Scalars['String']['output'];
  readonly createdAt: Scalars['DateTime']['output'];
  readonly status: ReviewStatus;
  readonly moderationNote: Maybe<Scalars['String']['output']>;
  readonly reports: Maybe<Scalars['Int']['output']>;
};

export type ReviewStatus = 'PUBLISHED' | 'PENDING' | 'HIDDEN';

export type ModerationDecision = 'PUBLISH' | 'HIDE';

export type ReviewSort = 'NEWEST' | 'BEST' | 'WORST';

export type Product = {
  readonly __typename?: 'Product';
  readonly id: Scalars['ID']['output'];
  readonly rating: Maybe<RatingSummary>;
  readonly reviews: Maybe<ReviewConnection>;
};

export type ProductReviewsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  sort?: InputMaybe<ReviewSort>;
};

export type RatingSummary = {
  readonly __typename?: 'RatingSummary';
  readonly average: Maybe<Scalars['Float']['output']>;
  readonly count: Scalars['Int']['output'];
  readonly histogram: ReadonlyArray<Scalars['Int']['output']>;
};

export type User = {
  readonly __typename?: 'User';
  readonly id: Scalars['ID']['output'];
  readonly reviewCount: Maybe<Scalars['Int']['output']>;
  readonly reviews: Maybe<ReviewConnection>;
};

export type UserReviewsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
};

export type ReviewConnection = {
  readonly __typename?: 'ReviewConnection';
  readonly nodes: ReadonlyArray<Review>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

export type WriteReviewInput = {
  readonly productId: Scalars['ID']['input'];
  readonly rating: Scalars['Int']['input'];
  readonly title: Scalars['String']['input'];
  readonly body: Scalars['String']['input'];
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
  Review: Review;
  Product: Product;
  User: User;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Review: { __typename: 'Review' } & GraphQLRecursivePick<FederationTypes['Review'], { id: true }>;
  Product: { __typename: 'Product' } & GraphQLRecursivePick<FederationTypes['Product'], { id: true }>;
  User: { __typename: 'User' } & GraphQLRecursivePick<FederationTypes['User'], { id: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CacheControlScope: CacheControlScope;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Review: ResolverTypeWrapper<ReviewModel>;
  ReviewStatus: ReviewStatus;
  ModerationDecision: ModerationDecision;
  ReviewSort: ReviewSort;
  Product: ResolverTypeWrapper<ProductModel>;
  RatingSummary: ResolverTypeWrapper<RatingSummaryModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  User: ResolverTypeWrapper<UserModel>;
  ReviewConnection: ResolverTypeWrapper<ReviewConnectionModel>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  WriteReviewInput: WriteReviewInput;
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
  Review: ReviewModel;
  Product: ProductModel;
  RatingSummary: RatingSummaryModel;
  Float: Scalars['Float']['output'];
  User: UserModel;
  ReviewConnection: ReviewConnectionModel;
  PageInfo: PageInfo;
  WriteReviewInput: WriteReviewInput;
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
  review?: Resolver<
    Maybe<ResolversTypes['Review']>,
    ParentType,
    ContextType,
    RequireFields<QueryReviewArgs, 'id'>
  >;
  latestReviews?: Resolver<
    Maybe<ReadonlyArray<ResolversTypes['Review']>>,
    ParentType,
    ContextType,
    RequireFields<QueryLatestReviewsArgs, 'first'>
  >;
  moderationQueue?: Resolver<
    Maybe<ResolversTypes['ReviewConnection']>,
    ParentType,
    ContextType,
    RequireFields<QueryModerationQueueArgs, 'first'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  writeReview?: Resolver<
    ResolversTypes['Review'],
    ParentType,
    ContextType,
    RequireFields<MutationWriteReviewArgs, 'input'>
  >;
  reportReview?: Resolver<
    ResolversTypes['Boolean'],
    ParentType,
    ContextType,
    RequireFields<MutationReportReviewArgs, 'id' | 'reason'>
  >;
  moderateReview?: Resolver<
    ResolversTypes['Review'],
    ParentType,
    ContextType,
    RequireFields<MutationModerateReviewArgs, 'id' | 'decision'>
  >;
};

export type ReviewResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Review'] = ResolversParentTypes['Review'],
  FederationReferenceType extends FederationReferenceTypes['Review'] = FederationReferenceTypes['Review'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Review']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReviewStatus'], ParentType, ContextType>;
  moderationNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reports?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
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
  rating?: Resolver<Maybe<ResolversTypes['RatingSummary']>, ParentType, ContextType>;
  reviews?: Resolver<
    Maybe<ResolversTypes['ReviewConnection']>,
    ParentType,
    ContextType,
    RequireFields<ProductReviewsArgs, 'first' | 'sort'>
  >;
};

export type RatingSummaryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RatingSummary'] = ResolversParentTypes['RatingSummary'],
> = {
  average?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  histogram?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
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
  reviewCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reviews?: Resolver<
    Maybe<ResolversTypes['ReviewConnection']>,
    ParentType,
    ContextType,
    RequireFields<UserReviewsArgs, 'first'>
  >;
};

export type ReviewConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ReviewConnection'] = ResolversParentTypes['ReviewConnection'],
> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Review']>, ParentType, ContextType>;
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
  Review?: ReviewResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  RatingSummary?: RatingSummaryResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  ReviewConnection?: ReviewConnectionResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
