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
  /** The front page. */
  readonly homePage: HomePage;
  /** One product's page; null when there is no such product. */
  readonly productPage?: Maybe<ProductPage>;
  /** What the search box finds, with filters, a page at a time. */
  readonly searchPage: SearchPage;
  /** The signed-in person's account; null when nobody is signed in. */
  readonly accountPage?: Maybe<AccountPage>;
  /** The signed-in person's cart; null when nobody is signed in. */
  readonly cartPage?: Maybe<CartPage>;
};


export type QueryProductPageArgs = {
  slug: Scalars['String']['input'];
  shipTo?: Scalars['String']['input'];
};


export type QuerySearchPageArgs = {
  text?: Scalars['String']['input'];
  filter?: InputMaybe<SearchFilter>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly addToCart: CartPage;
  /** 0 removes the line. */
  readonly setCartQuantity: CartPage;
  /** Buys the cart, or the given lines. Send the same idempotency key again after a lost answer: it buys once. */
  readonly placeOrder: PlaceOrderResult;
};


export type MutationAddToCartArgs = {
  productId: Scalars['ID']['input'];
  quantity?: Scalars['Int']['input'];
};


export type MutationSetCartQuantityArgs = {
  productId: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
};


export type MutationPlaceOrderArgs = {
  input: PlaceOrderInput;
};

/** A part of a page that could not be had. */
export type MissingPart = {
  readonly __typename?: 'MissingPart';
  /** The field of the page. */
  readonly part: Scalars['String']['output'];
  /** For people. */
  readonly message: Scalars['String']['output'];
};

export type HomePage = {
  readonly __typename?: 'HomePage';
  readonly viewer?: Maybe<Viewer>;
  readonly navigation?: Maybe<ReadonlyArray<NavigationEntry>>;
  readonly newest?: Maybe<ReadonlyArray<ProductCard>>;
  readonly latestReviews?: Maybe<ReadonlyArray<ReviewTeaser>>;
  readonly missing: ReadonlyArray<MissingPart>;
};

/** Who is signed in. */
export type Viewer = {
  readonly __typename?: 'Viewer';
  readonly name: Scalars['String']['output'];
  readonly loyaltyPoints?: Maybe<Scalars['Int']['output']>;
  readonly cartCount?: Maybe<Scalars['Int']['output']>;
};

export type NavigationEntry = {
  readonly __typename?: 'NavigationEntry';
  readonly label: Scalars['String']['output'];
  readonly href: Scalars['String']['output'];
  readonly children: ReadonlyArray<NavigationEntry>;
};

/** A product as it stands in lists. */
export type ProductCard = {
  readonly __typename?: 'ProductCard';
  readonly id: Scalars['ID']['output'];
  readonly href: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly brand: Scalars['String']['output'];
  readonly price: Price;
  readonly image?: Maybe<Picture>;
  readonly rating?: Maybe<Stars>;
  readonly badge?: Maybe<Badge>;
};

export type Badge =
  | 'NEW'
  | 'LOW_STOCK'
  | 'SOLD_OUT';

export type Price = {
  readonly __typename?: 'Price';
  readonly amount: Scalars['Int']['output'];
  readonly currency: Scalars['String']['output'];
  /** As people read it, for example `€ 24.90`. */
  readonly text: Scalars['String']['output'];
};

export type Picture = {
  readonly __typename?: 'Picture';
  /** Small, medium and large addresses for `srcset`. */
  readonly srcset: Scalars['String']['output'];
  readonly src: Scalars['String']['output'];
  readonly alt: Scalars['String']['output'];
};

export type Stars = {
  readonly __typename?: 'Stars';
  readonly average?: Maybe<Scalars['Float']['output']>;
  readonly count: Scalars['Int']['output'];
};

export type ReviewTeaser = {
  readonly __typename?: 'ReviewTeaser';
  readonly id: Scalars['ID']['output'];
  readonly rating: Scalars['Int']['output'];
  readonly title: Scalars['String']['output'];
  readonly excerpt: Scalars['String']['output'];
  readonly author?: Maybe<Scalars['String']['output']>;
  readonly product?: Maybe<ProductCard>;
};

export type ProductPage = {
  readonly __typename?: 'ProductPage';
  readonly id: Scalars['ID']['output'];
  readonly title: Scalars['String']['output'];
  readonly description: Scalars['String']['output'];
  readonly canonical: Scalars['String']['output'];
  readonly breadcrumbs: ReadonlyArray<NavigationEntry>;
  readonly gallery: ReadonlyArray<Picture>;
  readonly price: Price;
  readonly brand: NavigationEntry;
  /** What there is to know about this kind of product, in reading order. */
  readonly facts: ReadonlyArray<Fact>;
  readonly variants: ReadonlyArray<VariantChoice>;
  readonly availability?: Maybe<AvailabilityNotice>;
  readonly shipping?: Maybe<ShippingNotice>;
  readonly rating?: Maybe<RatingBreakdown>;
  readonly reviews?: Maybe<ReviewList>;
  /** Other products of the same category. */
  readonly related?: Maybe<ReadonlyArray<ProductCard>>;
  readonly missing: ReadonlyArray<MissingPart>;
};

export type Fact = {
  readonly __typename?: 'Fact';
  readonly label: Scalars['String']['output'];
  readonly value: Scalars['String']['output'];
};

export type VariantChoice = {
  readonly __typename?: 'VariantChoice';
  readonly sku: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly price: Price;
};

export type AvailabilityNotice = {
  readonly __typename?: 'AvailabilityNotice';
  readonly canBuy: Scalars['Boolean']['output'];
  readonly text: Scalars['String']['output'];
};

export type ShippingNotice = {
  readonly __typename?: 'ShippingNotice';
  readonly price: Price;
  readonly text: Scalars['String']['output'];
};

export type RatingBreakdown = {
  readonly __typename?: 'RatingBreakdown';
  readonly average?: Maybe<Scalars['Float']['output']>;
  readonly count: Scalars['Int']['output'];
  readonly bars: ReadonlyArray<RatingBar>;
};

export type RatingBar = {
  readonly __typename?: 'RatingBar';
  readonly stars: Scalars['Int']['output'];
  readonly count: Scalars['Int']['output'];
  readonly percent: Scalars['Int']['output'];
};

export type ReviewList = {
  readonly __typename?: 'ReviewList';
  readonly total: Scalars['Int']['output'];
  readonly items: ReadonlyArray<ReviewItem>;
};

export type ReviewItem = {
  readonly __typename?: 'ReviewItem';
  readonly id: Scalars['ID']['output'];
  readonly rating: Scalars['Int']['output'];
  readonly title: Scalars['String']['output'];
  readonly body: Scalars['String']['output'];
  readonly author?: Maybe<Scalars['String']['output']>;
  /** ISO 8601. */
  readonly date: Scalars['String']['output'];
};

export type SearchFilter = {
  readonly kind?: InputMaybe<ProductKind>;
  readonly category?: InputMaybe<Scalars['String']['input']>;
  readonly brand?: InputMaybe<Scalars['String']['input']>;
  readonly minPrice?: InputMaybe<Scalars['Int']['input']>;
  readonly maxPrice?: InputMaybe<Scalars['Int']['input']>;
  readonly sort?: InputMaybe<SearchSort>;
};

export type ProductKind =
  | 'BOOK'
  | 'APPAREL'
  | 'GEAR';

export type SearchSort =
  | 'NEWEST'
  | 'NAME'
  | 'PRICE_ASC'
  | 'PRICE_DESC';

export type SearchPage = {
  readonly __typename?: 'SearchPage';
  readonly title: Scalars['String']['output'];
  readonly total?: Maybe<Scalars['Int']['output']>;
  readonly results?: Maybe<ReadonlyArray<ProductCard>>;
  /** Categories and brands whose names match. */
  readonly shortcuts: ReadonlyArray<NavigationEntry>;
  /** For `after` of the next page; null on the last one. */
  readonly next?: Maybe<Scalars['String']['output']>;
  readonly missing: ReadonlyArray<MissingPart>;
};

export type AccountPage = {
  readonly __typename?: 'AccountPage';
  readonly name?: Maybe<Scalars['String']['output']>;
  readonly handle?: Maybe<Scalars['String']['output']>;
  readonly email?: Maybe<Scalars['String']['output']>;
  readonly memberSince?: Maybe<Scalars['String']['output']>;
  readonly loyaltyPoints?: Maybe<Scalars['Int']['output']>;
  readonly addresses?: Maybe<ReadonlyArray<AddressCard>>;
  readonly orders?: Maybe<ReadonlyArray<OrderCard>>;
  readonly reviews?: Maybe<ReadonlyArray<ReviewTeaser>>;
  readonly missing: ReadonlyArray<MissingPart>;
};

export type AddressCard = {
  readonly __typename?: 'AddressCard';
  readonly label: Scalars['String']['output'];
  readonly lines: ReadonlyArray<Scalars['String']['output']>;
  readonly isDefault: Scalars['Boolean']['output'];
};

export type OrderCard = {
  readonly __typename?: 'OrderCard';
  readonly id: Scalars['ID']['output'];
  readonly number: Scalars['String']['output'];
  readonly date: Scalars['String']['output'];
  readonly status: Scalars['String']['output'];
  readonly total: Price;
  readonly summary: Scalars['String']['output'];
  readonly products: ReadonlyArray<ProductCard>;
};

export type CartPage = {
  readonly __typename?: 'CartPage';
  readonly lines?: Maybe<ReadonlyArray<CartLine>>;
  readonly count?: Maybe<Scalars['Int']['output']>;
  /** Null while a line's price is not known. */
  readonly subtotal?: Maybe<Price>;
  /** Why the cart cannot be bought as it is; empty when it can. */
  readonly problems: ReadonlyArray<Scalars['String']['output']>;
  readonly missing: ReadonlyArray<MissingPart>;
};

export type CartLine = {
  readonly __typename?: 'CartLine';
  readonly productId: Scalars['ID']['output'];
  readonly product?: Maybe<ProductCard>;
  readonly quantity: Scalars['Int']['output'];
  readonly total?: Maybe<Price>;
};

export type PlaceOrderResult = OrderConfirmation | OrderProblem;

export type OrderConfirmation = {
  readonly __typename?: 'OrderConfirmation';
  readonly orderId: Scalars['ID']['output'];
  readonly number: Scalars['String']['output'];
  readonly total: Price;
  readonly message: Scalars['String']['output'];
};

export type OrderProblem = {
  readonly __typename?: 'OrderProblem';
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  readonly products: ReadonlyArray<ProductCard>;
};

export type PlaceOrderInput = {
  readonly idempotencyKey: Scalars['String']['input'];
  readonly lines?: InputMaybe<ReadonlyArray<OrderLineInput>>;
  readonly shippingAddress: AddressInput;
  readonly paymentToken: Scalars['String']['input'];
};

export type OrderLineInput = {
  readonly productId: Scalars['ID']['input'];
  readonly quantity: Scalars['Int']['input'];
  readonly sku?: InputMaybe<Scalars['String']['input']>;
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



/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  PlaceOrderResult:
    | ( OrderConfirmation )
    | ( OrderProblem )
  ;
};


/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  MissingPart: ResolverTypeWrapper<MissingPart>;
  HomePage: ResolverTypeWrapper<HomePage>;
  Viewer: ResolverTypeWrapper<Viewer>;
  NavigationEntry: ResolverTypeWrapper<NavigationEntry>;
  ProductCard: ResolverTypeWrapper<ProductCard>;
  Badge: Badge;
  Price: ResolverTypeWrapper<Price>;
  Picture: ResolverTypeWrapper<Picture>;
  Stars: ResolverTypeWrapper<Stars>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ReviewTeaser: ResolverTypeWrapper<ReviewTeaser>;
  ProductPage: ResolverTypeWrapper<ProductPage>;
  Fact: ResolverTypeWrapper<Fact>;
  VariantChoice: ResolverTypeWrapper<VariantChoice>;
  AvailabilityNotice: ResolverTypeWrapper<AvailabilityNotice>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  ShippingNotice: ResolverTypeWrapper<ShippingNotice>;
  RatingBreakdown: ResolverTypeWrapper<RatingBreakdown>;
  RatingBar: ResolverTypeWrapper<RatingBar>;
  ReviewList: ResolverTypeWrapper<ReviewList>;
  ReviewItem: ResolverTypeWrapper<ReviewItem>;
  SearchFilter: SearchFilter;
  ProductKind: ProductKind;
  SearchSort: SearchSort;
  SearchPage: ResolverTypeWrapper<SearchPage>;
  AccountPage: ResolverTypeWrapper<AccountPage>;
  AddressCard: ResolverTypeWrapper<AddressCard>;
  OrderCard: ResolverTypeWrapper<OrderCard>;
  CartPage: ResolverTypeWrapper<CartPage>;
  CartLine: ResolverTypeWrapper<CartLine>;
  PlaceOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PlaceOrderResult']>;
  OrderConfirmation: ResolverTypeWrapper<OrderConfirmation>;
  OrderProblem: ResolverTypeWrapper<OrderProblem>;
  PlaceOrderInput: PlaceOrderInput;
  OrderLineInput: OrderLineInput;
  AddressInput: AddressInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  Mutation: Record<PropertyKey, never>;
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  MissingPart: MissingPart;
  HomePage: HomePage;
  Viewer: Viewer;
  NavigationEntry: NavigationEntry;
  ProductCard: ProductCard;
  Price: Price;
  Picture: Picture;
  Stars: Stars;
  Float: Scalars['Float']['output'];
  ReviewTeaser: ReviewTeaser;
  ProductPage: ProductPage;
  Fact: Fact;
  VariantChoice: VariantChoice;
  AvailabilityNotice: AvailabilityNotice;
  Boolean: Scalars['Boolean']['output'];
  ShippingNotice: ShippingNotice;
  RatingBreakdown: RatingBreakdown;
  RatingBar: RatingBar;
  ReviewList: ReviewList;
  ReviewItem: ReviewItem;
  SearchFilter: SearchFilter;
  SearchPage: SearchPage;
  AccountPage: AccountPage;
  AddressCard: AddressCard;
  OrderCard: OrderCard;
  CartPage: CartPage;
  CartLine: CartLine;
  PlaceOrderResult: ResolversUnionTypes<ResolversParentTypes>['PlaceOrderResult'];
  OrderConfirmation: OrderConfirmation;
  OrderProblem: OrderProblem;
  PlaceOrderInput: PlaceOrderInput;
  OrderLineInput: OrderLineInput;
  AddressInput: AddressInput;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  homePage?: Resolver<ResolversTypes['HomePage'], ParentType, ContextType>;
  productPage?: Resolver<Maybe<ResolversTypes['ProductPage']>, ParentType, ContextType, RequireFields<QueryProductPageArgs, 'slug' | 'shipTo'>>;
  searchPage?: Resolver<ResolversTypes['SearchPage'], ParentType, ContextType, RequireFields<QuerySearchPageArgs, 'text'>>;
  accountPage?: Resolver<Maybe<ResolversTypes['AccountPage']>, ParentType, ContextType>;
  cartPage?: Resolver<Maybe<ResolversTypes['CartPage']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addToCart?: Resolver<ResolversTypes['CartPage'], ParentType, ContextType, RequireFields<MutationAddToCartArgs, 'productId' | 'quantity'>>;
  setCartQuantity?: Resolver<ResolversTypes['CartPage'], ParentType, ContextType, RequireFields<MutationSetCartQuantityArgs, 'productId' | 'quantity'>>;
  placeOrder?: Resolver<ResolversTypes['PlaceOrderResult'], ParentType, ContextType, RequireFields<MutationPlaceOrderArgs, 'input'>>;
};

export type MissingPartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MissingPart'] = ResolversParentTypes['MissingPart']> = {
  part?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type HomePageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HomePage'] = ResolversParentTypes['HomePage']> = {
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
  navigation?: Resolver<Maybe<ReadonlyArray<ResolversTypes['NavigationEntry']>>, ParentType, ContextType>;
  newest?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ProductCard']>>, ParentType, ContextType>;
  latestReviews?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ReviewTeaser']>>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['MissingPart']>, ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  loyaltyPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  cartCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type NavigationEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NavigationEntry'] = ResolversParentTypes['NavigationEntry']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  href?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  children?: Resolver<ReadonlyArray<ResolversTypes['NavigationEntry']>, ParentType, ContextType>;
};

export type ProductCardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductCard'] = ResolversParentTypes['ProductCard']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  href?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  brand?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Price'], ParentType, ContextType>;
  image?: Resolver<Maybe<ResolversTypes['Picture']>, ParentType, ContextType>;
  rating?: Resolver<Maybe<ResolversTypes['Stars']>, ParentType, ContextType>;
  badge?: Resolver<Maybe<ResolversTypes['Badge']>, ParentType, ContextType>;
};

export type PriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Price'] = ResolversParentTypes['Price']> = {
  amount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PictureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Picture'] = ResolversParentTypes['Picture']> = {
  srcset?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  src?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  alt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StarsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Stars'] = ResolversParentTypes['Stars']> = {
  average?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReviewTeaserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewTeaser'] = ResolversParentTypes['ReviewTeaser']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  excerpt?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['ProductCard']>, ParentType, ContextType>;
};

export type ProductPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProductPage'] = ResolversParentTypes['ProductPage']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  canonical?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  breadcrumbs?: Resolver<ReadonlyArray<ResolversTypes['NavigationEntry']>, ParentType, ContextType>;
  gallery?: Resolver<ReadonlyArray<ResolversTypes['Picture']>, ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Price'], ParentType, ContextType>;
  brand?: Resolver<ResolversTypes['NavigationEntry'], ParentType, ContextType>;
  facts?: Resolver<ReadonlyArray<ResolversTypes['Fact']>, ParentType, ContextType>;
  variants?: Resolver<ReadonlyArray<ResolversTypes['VariantChoice']>, ParentType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['AvailabilityNotice']>, ParentType, ContextType>;
  shipping?: Resolver<Maybe<ResolversTypes['ShippingNotice']>, ParentType, ContextType>;
  rating?: Resolver<Maybe<ResolversTypes['RatingBreakdown']>, ParentType, ContextType>;
  reviews?: Resolver<Maybe<ResolversTypes['ReviewList']>, ParentType, ContextType>;
  related?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ProductCard']>>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['MissingPart']>, ParentType, ContextType>;
};

export type FactResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Fact'] = ResolversParentTypes['Fact']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type VariantChoiceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VariantChoice'] = ResolversParentTypes['VariantChoice']> = {
  sku?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Price'], ParentType, ContextType>;
};

export type AvailabilityNoticeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AvailabilityNotice'] = ResolversParentTypes['AvailabilityNotice']> = {
  canBuy?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ShippingNoticeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ShippingNotice'] = ResolversParentTypes['ShippingNotice']> = {
  price?: Resolver<ResolversTypes['Price'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RatingBreakdownResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RatingBreakdown'] = ResolversParentTypes['RatingBreakdown']> = {
  average?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  bars?: Resolver<ReadonlyArray<ResolversTypes['RatingBar']>, ParentType, ContextType>;
};

export type RatingBarResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RatingBar'] = ResolversParentTypes['RatingBar']> = {
  stars?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  percent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ReviewListResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewList'] = ResolversParentTypes['ReviewList']> = {
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  items?: Resolver<ReadonlyArray<ResolversTypes['ReviewItem']>, ParentType, ContextType>;
};

export type ReviewItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReviewItem'] = ResolversParentTypes['ReviewItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  rating?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  body?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  author?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SearchPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SearchPage'] = ResolversParentTypes['SearchPage']> = {
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  results?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ProductCard']>>, ParentType, ContextType>;
  shortcuts?: Resolver<ReadonlyArray<ResolversTypes['NavigationEntry']>, ParentType, ContextType>;
  next?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['MissingPart']>, ParentType, ContextType>;
};

export type AccountPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountPage'] = ResolversParentTypes['AccountPage']> = {
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  handle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  memberSince?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  loyaltyPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  addresses?: Resolver<Maybe<ReadonlyArray<ResolversTypes['AddressCard']>>, ParentType, ContextType>;
  orders?: Resolver<Maybe<ReadonlyArray<ResolversTypes['OrderCard']>>, ParentType, ContextType>;
  reviews?: Resolver<Maybe<ReadonlyArray<ResolversTypes['ReviewTeaser']>>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['MissingPart']>, ParentType, ContextType>;
};

export type AddressCardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddressCard'] = ResolversParentTypes['AddressCard']> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lines?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type OrderCardResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderCard'] = ResolversParentTypes['OrderCard']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Price'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  products?: Resolver<ReadonlyArray<ResolversTypes['ProductCard']>, ParentType, ContextType>;
};

export type CartPageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartPage'] = ResolversParentTypes['CartPage']> = {
  lines?: Resolver<Maybe<ReadonlyArray<ResolversTypes['CartLine']>>, ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  subtotal?: Resolver<Maybe<ResolversTypes['Price']>, ParentType, ContextType>;
  problems?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  missing?: Resolver<ReadonlyArray<ResolversTypes['MissingPart']>, ParentType, ContextType>;
};

export type CartLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CartLine'] = ResolversParentTypes['CartLine']> = {
  productId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  product?: Resolver<Maybe<ResolversTypes['ProductCard']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Price']>, ParentType, ContextType>;
};

export type PlaceOrderResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlaceOrderResult'] = ResolversParentTypes['PlaceOrderResult']> = {
  __resolveType: TypeResolveFn<'OrderConfirmation' | 'OrderProblem', ParentType, ContextType>;
};

export type OrderConfirmationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderConfirmation'] = ResolversParentTypes['OrderConfirmation']> = {
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Price'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OrderProblem'] = ResolversParentTypes['OrderProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  products?: Resolver<ReadonlyArray<ResolversTypes['ProductCard']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  MissingPart?: MissingPartResolvers<ContextType>;
  HomePage?: HomePageResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  NavigationEntry?: NavigationEntryResolvers<ContextType>;
  ProductCard?: ProductCardResolvers<ContextType>;
  Price?: PriceResolvers<ContextType>;
  Picture?: PictureResolvers<ContextType>;
  Stars?: StarsResolvers<ContextType>;
  ReviewTeaser?: ReviewTeaserResolvers<ContextType>;
  ProductPage?: ProductPageResolvers<ContextType>;
  Fact?: FactResolvers<ContextType>;
  VariantChoice?: VariantChoiceResolvers<ContextType>;
  AvailabilityNotice?: AvailabilityNoticeResolvers<ContextType>;
  ShippingNotice?: ShippingNoticeResolvers<ContextType>;
  RatingBreakdown?: RatingBreakdownResolvers<ContextType>;
  RatingBar?: RatingBarResolvers<ContextType>;
  ReviewList?: ReviewListResolvers<ContextType>;
  ReviewItem?: ReviewItemResolvers<ContextType>;
  SearchPage?: SearchPageResolvers<ContextType>;
  AccountPage?: AccountPageResolvers<ContextType>;
  AddressCard?: AddressCardResolvers<ContextType>;
  OrderCard?: OrderCardResolvers<ContextType>;
  CartPage?: CartPageResolvers<ContextType>;
  CartLine?: CartLineResolvers<ContextType>;
  PlaceOrderResult?: PlaceOrderResultResolvers<ContextType>;
  OrderConfirmation?: OrderConfirmationResolvers<ContextType>;
  OrderProblem?: OrderProblemResolvers<ContextType>;
};

