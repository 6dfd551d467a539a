import { sql, type ExpressionBuilder, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import { couldBeKey, inputCheck } from './input.ts';
import type { ProductConnectionModel, ProductModel } from './models.ts';
import { connectionOf, cursorOf, firstOf, keyAfter } from './page.ts';
import type { ProductKind, Tables } from './tables.ts';

export type ProductSort = 'NEWEST' | 'NAME' | 'PRICE_ASC' | 'PRICE_DESC';

/** What products must be; the contract's input of the same name. */
export interface ProductFilter {
  readonly kind?: ProductKind | null | undefined;
  readonly category?: string | null | undefined;
  readonly brand?: string | null | undefined;
  readonly minPrice?: number | null | undefined;
  readonly maxPrice?: number | null | undefined;
}

interface ProductOrder {
  readonly column: 'created_at' | 'name_key' | 'price_amount';
  readonly direction: 'asc' | 'desc';
  readonly kind: 'text' | 'number';
}

const orders: Readonly<Record<ProductSort, ProductOrder>> = {
  NEWEST: { column: 'created_at', direction: 'desc', kind: 'text' },
  NAME: { column: 'name_key', direction: 'asc', kind: 'text' },
  PRICE_ASC: { column: 'price_amount', direction: 'asc', kind: 'number' },
  PRICE_DESC: { column: 'price_amount', direction: 'desc', kind: 'number' },
};

/** Which products of a list are wanted: so many, in this order, behind this one. Plain data. */
export interface ProductPage {
  readonly first: number;
  readonly sort: ProductSort;
  /** Sort key and id of the last product of the page before. */
  readonly after: readonly [string | number, string] | undefined;
}

export interface ProductPageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly sort?: ProductSort | null | undefined;
}

/** Checks what a list field was asked for. */
export function productPage(args: ProductPageArguments): ProductPage {
  const sort = args.sort ?? 'NEWEST';
  return {
    first: firstOf(args.first, 20),
    sort,
    after: keyAfter(args.after, sort, [orders[sort].kind, 'text']),
  };
}

/** One row more than asked for, so that it is known whether there are more. */
export async function listProducts(
  db: Kysely<Tables>,
  page: ProductPage,
  filter: ProductFilter,
): Promise<readonly ProductModel[]> {
  const { column, direction } = orders[page.sort];
  return db
    .selectFrom('product')
    .selectAll()
    .where((eb) => eb.and([matches(eb, filter), ...behind(page)]))
    .orderBy(column, direction)
    .orderBy('id', direction)
    .limit(page.first + 1)
    .execute();
}

export async function countProducts(db: Kysely<Tables>, filter: ProductFilter): Promise<number> {
  const { count } = await db
    .selectFrom('product')
    .select((eb) => eb.fn.countAll().as('count'))
    .where((eb) => matches(eb, filter))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A product of a list that belongs to something, for example to a category. */
export type ProductOf = ProductModel & { readonly owner: string };

/** The same page of the products of several categories, in one statement. */
export async function listProductsOfCategories(
  db: Kysely<Tables>,
  slugs: readonly string[],
  page: ProductPage,
): Promise<readonly ProductOf[]> {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('product_category')
        .innerJoin('product', 'product.id', 'product_category.product_id')
        .selectAll('product')
        .select([
          'product_category.category_slug as owner',
          place('product_category.category_slug', page).as('place'),
        ])
        .where('product_category.category_slug', 'in', slugs)
        .where((inner) => inner.and(behind(page)))
        .as('placed'),
    )
    .selectAll()
    .where('place', '<=', page.first + 1)
    .orderBy('place')
    .execute();
}

/** The same page of the products of several brands, in one statement. */
export async function listProductsOfBrands(
  db: Kysely<Tables>,
  slugs: readonly string[],
  page: ProductPage,
): Promise<readonly ProductOf[]> {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('product')
        .selectAll('product')
        .select(['product.brand_slug as owner', place('product.brand_slug', page).as('place')])
        .where('product.brand_slug', 'in', slugs)
        .where((inner) => inner.and(behind(page)))
        .as('placed'),
    )
    .selectAll()
    .where('place', '<=', page.first + 1)
    .orderBy('place')
    .execute();
}

export function productConnection(
  rows: readonly ProductModel[],
  { first, sort }: ProductPage,
  totalCount: () => Promise<number>,
): ProductConnectionModel {
  const cursor = (row: ProductModel): string => cursorOf(sort, [row[orders[sort].column], row.id]);
  return { ...connectionOf(rows, first, cursor), totalCount };
}

function place(owner: string, { sort }: ProductPage): RawBuilder<number> {
  const { column, direction } = orders[sort];
  const order = sql.raw(direction); // one of two words of ours
  const by = sql.ref(`product.${column}`);
  return sql<number>`row_number() over (partition by ${sql.ref(owner)} order by ${by} ${order}, product.id ${order})`;
}

function behind({ after, sort }: ProductPage): readonly RawBuilder<SqlBool>[] {
  if (after === undefined) return [];
  const { column, direction } = orders[sort];
  const is = sql.raw(direction === 'asc' ? '>' : '<');
  return [sql<SqlBool>`(${sql.ref(`product.${column}`)}, product.id) ${is} (${after[0]}, ${after[1]})`];
}

/** The condition that a product fits the filter. */
export function matches(eb: ExpressionBuilder<Tables, 'product'>, filter: ProductFilter) {
  const { kind, category, brand, minPrice, maxPrice } = filter;
  return eb.and([
    ...(isGiven(kind) ? [eb('product.kind', '=', kind)] : []),
    ...(isGiven(brand) ? [eb('product.brand_slug', '=', brand)] : []),
    ...(isGiven(minPrice) ? [eb('product.price_amount', '>=', minPrice)] : []),
    ...(isGiven(maxPrice) ? [eb('product.price_amount', '<=', maxPrice)] : []),
    ...(isGiven(category)
      ? [
          eb('product.id', 'in', (query) =>
            query.selectFrom('product_category').select('product_id').where('category_slug', '=', category),
          ),
        ]
      : []),
  ]);
}

/** The filter without what cannot be; BAD_USER_INPUT for bounds that make no sense. */
export function checkedFilter(filter: ProductFilter | null | undefined): ProductFilter {
  const given = filter ?? {};
  const check = inputCheck();
  for (const name of ['category', 'brand'] as const) {
    if (isGiven(given[name]) && !couldBeKey(given[name])) check.refuse(`filter.${name}`, 'must be a slug');
  }
  for (const name of ['minPrice', 'maxPrice'] as const) {
    const value = given[name];
    if (isGiven(value) && value < 0) check.refuse(`filter.${name}`, 'must not be negative');
  }
  if (isGiven(given.minPrice) && isGiven(given.maxPrice) && given.minPrice > given.maxPrice) {
    check.refuse('filter.minPrice', 'must not be above filter.maxPrice');
  }
  check.done();
  return given;
}

/** Whether the filter says anything. */
export function isFiltering(filter: ProductFilter): boolean {
  return Object.values(filter).some(isGiven);
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
