// Made by scripts/generate.ts from schema.graphql; do not change by hand.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type {
  ProductModel,
  BookModel,
  ApparelModel,
  GearModel,
  VariantModel,
  CategoryModel,
  BrandModel,
  ImageModel,
  ProductConnectionModel,
  SearchResultModel,
  SearchConnectionModel,
} from '../models.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
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
  readonly product: Maybe<Product>;
  readonly productsById: Maybe<ReadonlyArray<Maybe<Product>>>;
  readonly productBySlug: Maybe<Product>;
  readonly products: Maybe<ProductConnection>;
  readonly categories: Maybe<ReadonlyArray<Category>>;
  readonly category: Maybe<Category>;
  readonly brand: Maybe<Brand>;
  readonly search: Maybe<SearchConnection>;
};

export type QueryProductArgs = {
  id: Scalars['ID']['input'];
};

export type QueryProductsByIdArgs = {
  ids: ReadonlyArray<Scalars['ID']['input']>;
};

export type QueryProductBySlugArgs = {
  slug: Scalars['String']['input'];
};

export type QueryProductsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ProductFilter>;
  sort?: InputMaybe<ProductSort>;
};

export type QueryCategoryArgs = {
  slug: Scalars['String']['input'];
};

export type QueryBrandArgs = {
  slug: Scalars['String']['input'];
};

export type QuerySearchArgs = {
  text: Scalars['String']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ProductFilter>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly setPrice: Product;
};

export type MutationSetPriceArgs = {
  productId: Scalars['ID']['input'];
  amount: Scalars['Int']['input'];
  currency?: InputMaybe<Scalars['String']['input']>;
};

export type Product = {
  readonly id: Scalars['ID']['output'];
  readonly slug: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly description: Scalars['String']['output'];
  readonly price: Money;
  readonly weightGrams: Scalars['Int']['output'];
  readonly brand: Brand;
  readonly categories: ReadonlyArray<Category>;
  readonly images: ReadonlyArray<Image>;
  readonly variants: ReadonlyArray<Variant>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** @deprecated Use `variants { sku }`. */
  readonly legacySku: Maybe<Scalars['String']['output']>;
  readonly supplierCode: Scalars['String']['output'];
};

export type ProductVariantsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Book = Product & {
  readonly __typename?: 'Book';
  readonly id: Scalars['ID']['output'];
  readonly slug: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly description: Scalars['String']['output'];
  readonly price: Money;
  readonly weightGrams: Scalars['Int']['output'];
  readonly brand: Brand;
  readonly categories: ReadonlyArray<Category>;
  readonly images: ReadonlyArray<Image>;
  readonly variants: ReadonlyArray<Variant>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** @deprecated Use `variants { sku }`. */
  readonly legacySku: Maybe<Scalars['String']['output']>;
  readonly supplierCode: Scalars['String']['output'];
  readonly author: Scalars['String']['output'];
  readonly pages: Scalars['Int']['output'];
  readonly isbn: Scalars['String']['output'];
};

export type BookVariantsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Apparel = Product & {
  readonly __typename?: 'Apparel';
  readonly id: Scalars['ID']['output'];
  readonly slug: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly description: Scalars['String']['output'];
  readonly price: Money;
  readonly weightGrams: Scalars['Int']['output'];
  readonly brand: Brand;
  readonly categories: ReadonlyArray<Category>;
  readonly images: ReadonlyArray<Image>;
  readonly variants: ReadonlyArray<Variant>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** @deprecated Use `variants { sku }`. */
  readonly legacySku: Maybe<Scalars['String']['output']>;
  readonly supplierCode: Scalars['String']['output'];
  readonly material: Scalars['String']['output'];
  readonly sizes: ReadonlyArray<Scalars['String']['output']>;
};

export type ApparelVariantsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type Gear = Product & {
  readonly __typename?: 'Gear';
  readonly id: Scalars['ID']['output'];
  readonly slug: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly description: Scalars['String']['output'];
  readonly price: Money;
  readonly weightGrams: Scalars['Int']['output'];
  readonly brand: Brand;
  readonly categories: ReadonlyArray<Category>;
  readonly images: ReadonlyArray<Image>;
  readonly variants: ReadonlyArray<Variant>;
  readonly createdAt: Scalars['DateTime']['output'];
  /** @deprecated Use `variants { sku }`. */
  readonly legacySku: Maybe<Scalars['String']['output']>;
  readonly supplierCode: Scalars['String']['output'];
  readonly warrantyMonths: Scalars['Int']['output'];
  readonly powerSource: PowerSource;
};

export type GearVariantsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type PowerSource = 'NONE' | 'BATTERY' | 'MAINS' | 'SOLAR';

export type Variant = {
  readonly __typename?: 'Variant';
  readonly id: Scalars['ID']['output'];
  readonly sku: Scalars['String']['output'];
  readonly productId: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly product: Product;
  readonly price: Maybe<Money>;
};

export type Category = {
  readonly __typename?: 'Category';
  readonly slug: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly parent: Maybe<Category>;
  readonly children: ReadonlyArray<Category>;
  readonly products: ProductConnection;
};

export type CategoryProductsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
  sort?: InputMaybe<ProductSort>;
};

export type Brand = {
  readonly __typename?: 'Brand';
  readonly slug: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly country: Scalars['String']['output'];
  readonly products: ProductConnection;
};

export type BrandProductsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after: InputMaybe<Scalars['String']['input']>;
};

export type Image = {
  readonly __typename?: 'Image';
  readonly url: Scalars['String']['output'];
  readonly alt: Scalars['String']['output'];
};

export type ImageUrlArgs = {
  width?: InputMaybe<Scalars['Int']['input']>;
};

export type Money = {
  readonly __typename?: 'Money';
  readonly amount: Scalars['Int']['output'];
  readonly currency: Scalars['String']['output'];
};

export type SearchResult = Book | Apparel | Gear | Category | Brand;

export type ProductConnection = {
  readonly __typename?: 'ProductConnection';
  readonly nodes: ReadonlyArray<Product>;
  readonly edges: ReadonlyArray<ProductEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type ProductEdge = {
  readonly __typename?: 'ProductEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: Product;
};

export type SearchConnection = {
  readonly __typename?: 'SearchConnection';
  readonly nodes: ReadonlyArray<SearchResult>;
  readonly edges: ReadonlyArray<SearchEdge>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Int']['output'];
};

export type SearchEdge = {
  readonly __typename?: 'SearchEdge';
  readonly cursor: Scalars['String']['output'];
  readonly node: SearchResult;
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

export type ProductKind = 'BOOK' | 'APPAREL' | 'GEAR';

export type ProductSort = 'NEWEST' | 'NAME' | 'PRICE_ASC' | 'PRICE_DESC';

export type ProductFilter = {
  readonly kind?: InputMaybe<ProductKind>;
  readonly category?: InputMaybe<Scalars['String']['input']>;
  readonly brand?: InputMaybe<Scalars['String']['input']>;
  readonly minPrice?: InputMaybe<Scalars['Int']['input']>;
  readonly maxPrice?: InputMaybe<Scalars['Int']['input']>;
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
  Book: Book;
  Apparel: Apparel;
  Gear: Gear;
  Variant: Variant;
  Category: Category;
  Brand: Brand;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Product: { __typename: 'Product' } & (
    | GraphQLRecursivePick<FederationTypes['Product'], { id: true }>
    | GraphQLRecursivePick<FederationTypes['Product'], { slug: true }>
  );
  Book: { __typename: 'Book' } & (
    | GraphQLRecursivePick<FederationTypes['Book'], { id: true }>
    | GraphQLRecursivePick<FederationTypes['Book'], { slug: true }>
  );
  Apparel: { __typename: 'Apparel' } & (
    | GraphQLRecursivePick<FederationTypes['Apparel'], { id: true }>
    | GraphQLRecursivePick<FederationTypes['Apparel'], { slug: true }>
  );
  Gear: { __typename: 'Gear' } & (
    | GraphQLRecursivePick<FederationTypes['Gear'], { id: true }>
    | GraphQLRecursivePick<FederationTypes['Gear'], { slug: true }>
  );
  Variant: { __typename: 'Variant' } & (
    | GraphQLRecursivePick<FederationTypes['Variant'], { id: true }>
    | GraphQLRecursivePick<FederationTypes['Variant'], { productId: true; sku: true }>
  );
  Category: { __typename: 'Category' } & GraphQLRecursivePick<FederationTypes['Category'], { slug: true }>;
  Brand: { __typename: 'Brand' } & GraphQLRecursivePick<FederationTypes['Brand'], { slug: true }>;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CacheControlScope: CacheControlScope;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Product: ResolverTypeWrapper<ProductModel>;
  Book: ResolverTypeWrapper<BookModel>;
  Apparel: ResolverTypeWrapper<ApparelModel>;
  Gear: ResolverTypeWrapper<GearModel>;
  PowerSource: PowerSource;
  Variant: ResolverTypeWrapper<VariantModel>;
  Category: ResolverTypeWrapper<CategoryModel>;
  Brand: ResolverTypeWrapper<BrandModel>;
  Image: ResolverTypeWrapper<ImageModel>;
  Money: ResolverTypeWrapper<Money>;
  SearchResult: ResolverTypeWrapper<SearchResultModel>;
  ProductConnection: ResolverTypeWrapper<ProductConnectionModel>;
  ProductEdge: ResolverTypeWrapper<Omit<ProductEdge, 'node'> & { node: ResolversTypes['Product'] }>;
  SearchConnection: ResolverTypeWrapper<SearchConnectionModel>;
  SearchEdge: ResolverTypeWrapper<Omit<SearchEdge, 'node'> & { node: ResolversTypes['SearchResult'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ProductKind: ProductKind;
  ProductSort: ProductSort;
  ProductFilter: ProductFilter;
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
  Product: ProductModel;
  Book: BookModel;
  Apparel: ApparelModel;
  Gear: GearModel;
  Variant: VariantModel;
  Category: CategoryModel;
  Brand: BrandModel;
  Image: ImageModel;
  Money: Money;
  SearchResult: SearchResultModel;
  ProductConnection: ProductConnectionModel;
  ProductEdge: Omit<ProductEdge, 'node'> & { node: ResolversParentTypes['Product'] };
  SearchConnection: SearchConnectionModel;
  SearchEdge: Omit<SearchEdge, 'node'> & { node: ResolversParentTypes['SearchResult'] };
  PageInfo: PageInfo;
  ProductFilter: ProductFilter;
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
  product?: Resolver<
    Maybe<ResolversTypes['Product']>,
    ParentType,
    ContextType,
    RequireFields<QueryProductArgs, 'id'>
  >;
  productsById?: Resolver<
    Maybe<ReadonlyArray<Maybe<ResolversTypes['Product']>>>,
    ParentType,
    ContextType,
    RequireFields<QueryProductsByIdArgs, 'ids'>
  >;
  productBySlug?: Resolver<
    Maybe<ResolversTypes['Product']>,
    ParentType,
    ContextType,
    RequireFields<QueryProductBySlugArgs, 'slug'>
  >;
  products?: Resolver<
    Maybe<ResolversTypes['ProductConnection']>,
    ParentType,
    ContextType,
    RequireFields<QueryProductsArgs, 'first' | 'sort'>
  >;
  categories?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Category']>>, ParentType, ContextType>;
  category?: Resolver<
    Maybe<ResolversTypes['Category']>,
    ParentType,
    ContextType,
    RequireFields<QueryCategoryArgs, 'slug'>
  >;
  brand?: Resolver<
    Maybe<ResolversTypes['Brand']>,
    ParentType,
    ContextType,
    RequireFields<QueryBrandArgs, 'slug'>
  >;
  search?: Resolver<
    Maybe<ResolversTypes['SearchConnection']>,
    ParentType,
    ContextType,
    RequireFields<QuerySearchArgs, 'text' | 'first'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  setPrice?: Resolver<
    ResolversTypes['Product'],
    ParentType,
    ContextType,
    RequireFields<MutationSetPriceArgs, 'productId' | 'amount' | 'currency'>
  >;
};

export type ProductResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'],
  FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product'],
> = {
  __resolveType: TypeResolveFn<'Book' | 'Apparel' | 'Gear', ParentType, ContextType>;
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Product']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
};

export type BookResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Book'] = ResolversParentTypes['Book'],
  FederationReferenceType extends FederationReferenceTypes['Book'] = FederationReferenceTypes['Book'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Book']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  weightGrams?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  brand?: Resolver<ResolversTypes['Brand'], ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  images?: Resolver<ReadonlyArray<ResolversTypes['Image']>, ParentType, ContextType>;
  variants?: Resolver<
    ReadonlyArray<ResolversTypes['Variant']>,
    ParentType,
    ContextType,
    RequireFields<BookVariantsArgs, 'first'>
  >;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  legacySku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  supplierCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  author?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pages?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isbn?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApparelResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Apparel'] = ResolversParentTypes['Apparel'],
  FederationReferenceType extends FederationReferenceTypes['Apparel'] = FederationReferenceTypes['Apparel'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Apparel']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  weightGrams?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  brand?: Resolver<ResolversTypes['Brand'], ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  images?: Resolver<ReadonlyArray<ResolversTypes['Image']>, ParentType, ContextType>;
  variants?: Resolver<
    ReadonlyArray<ResolversTypes['Variant']>,
    ParentType,
    ContextType,
    RequireFields<ApparelVariantsArgs, 'first'>
  >;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  legacySku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  supplierCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  material?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sizes?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GearResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Gear'] = ResolversParentTypes['Gear'],
  FederationReferenceType extends FederationReferenceTypes['Gear'] = FederationReferenceTypes['Gear'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Gear']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  weightGrams?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  brand?: Resolver<ResolversTypes['Brand'], ParentType, ContextType>;
  categories?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  images?: Resolver<ReadonlyArray<ResolversTypes['Image']>, ParentType, ContextType>;
  variants?: Resolver<
    ReadonlyArray<ResolversTypes['Variant']>,
    ParentType,
    ContextType,
    RequireFields<GearVariantsArgs, 'first'>
  >;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  legacySku?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  supplierCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  warrantyMonths?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  powerSource?: Resolver<ResolversTypes['PowerSource'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VariantResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Variant'] = ResolversParentTypes['Variant'],
  FederationReferenceType extends FederationReferenceTypes['Variant'] = FederationReferenceTypes['Variant'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Variant']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  product?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
  price?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type CategoryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category'],
  FederationReferenceType extends FederationReferenceTypes['Category'] = FederationReferenceTypes['Category'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Category']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  children?: Resolver<ReadonlyArray<ResolversTypes['Category']>, ParentType, ContextType>;
  products?: Resolver<
    ResolversTypes['ProductConnection'],
    ParentType,
    ContextType,
    RequireFields<CategoryProductsArgs, 'first' | 'sort'>
  >;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BrandResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Brand'] = ResolversParentTypes['Brand'],
  FederationReferenceType extends FederationReferenceTypes['Brand'] = FederationReferenceTypes['Brand'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Brand']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  country?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  products?: Resolver<
    ResolversTypes['ProductConnection'],
    ParentType,
    ContextType,
    RequireFields<BrandProductsArgs, 'first'>
  >;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImageResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Image'] = ResolversParentTypes['Image'],
> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType, RequireFields<ImageUrlArgs, 'width'>>;
  alt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MoneyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money'],
> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SearchResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SearchResult'] = ResolversParentTypes['SearchResult'],
> = {
  __resolveType: TypeResolveFn<'Book' | 'Apparel' | 'Gear' | 'Category' | 'Brand', ParentType, ContextType>;
};

export type ProductConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ProductConnection'] = ResolversParentTypes['ProductConnection'],
> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Product']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['ProductEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ProductEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ProductEdge'] = ResolversParentTypes['ProductEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Product'], ParentType, ContextType>;
};

export type SearchConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SearchConnection'] = ResolversParentTypes['SearchConnection'],
> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['SearchResult']>, ParentType, ContextType>;
  edges?: Resolver<ReadonlyArray<ResolversTypes['SearchEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SearchEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SearchEdge'] = ResolversParentTypes['SearchEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SearchResult'], ParentType, ContextType>;
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
  Product?: ProductResolvers<ContextType>;
  Book?: BookResolvers<ContextType>;
  Apparel?: ApparelResolvers<ContextType>;
  Gear?: GearResolvers<ContextType>;
  Variant?: VariantResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  Brand?: BrandResolvers<ContextType>;
  Image?: ImageResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  SearchResult?: SearchResultResolvers<ContextType>;
  ProductConnection?: ProductConnectionResolvers<ContextType>;
  ProductEdge?: ProductEdgeResolvers<ContextType>;
  SearchConnection?: SearchConnectionResolvers<ContextType>;
  SearchEdge?: SearchEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
