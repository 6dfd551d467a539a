import type DataLoader from 'dataloader';
import type { Kysely } from 'kysely';
import { manyByKey, oneByKey, pageByKey, type PageKey } from './batching.ts';
import type { BrandModel, CategoryModel, ImageModel, ProductModel, VariantModel } from './models.ts';
import {
  listProductsOfBrands,
  listProductsOfCategories,
  type ProductOf,
  type ProductPage,
} from './product-list.ts';
import type { Tables } from './tables.ts';

/** Everything that resolvers read by a key: one statement for all keys of one turn. */
export interface Loaders {
  readonly productById: DataLoader<string, ProductModel | undefined>;
  readonly productBySlug: DataLoader<string, ProductModel | undefined>;
  readonly variantById: DataLoader<string, VariantModel | undefined>;
  /** By `skuKey`. */
  readonly variantBySku: DataLoader<string, VariantModel | undefined>;
  readonly variantsOfProduct: DataLoader<PageKey<number>, readonly VariantModel[], string>;
  readonly categoryBySlug: DataLoader<string, CategoryModel | undefined>;
  readonly categoriesOfProduct: DataLoader<string, readonly CategoryModel[]>;
  readonly childrenOfCategory: DataLoader<string, readonly CategoryModel[]>;
  readonly productsOfCategory: DataLoader<PageKey<ProductPage>, readonly ProductModel[], string>;
  readonly productCountOfCategory: DataLoader<string, Count | undefined>;
  readonly brandBySlug: DataLoader<string, BrandModel | undefined>;
  readonly productsOfBrand: DataLoader<PageKey<ProductPage>, readonly ProductModel[], string>;
  readonly productCountOfBrand: DataLoader<string, Count | undefined>;
  readonly imagesOfProduct: DataLoader<string, readonly ImageModel[]>;
}

interface Count {
  readonly owner: string;
  readonly count: string | number | bigint;
}

/** The compound key of a variant in one text. */
export function skuKey(productId: string, sku: string): string {
  return JSON.stringify([productId, sku]);
}

export function loadersOver(db: Kysely<Tables>): Loaders {
  return { ...productLoaders(db), ...variantLoaders(db), ...categoryLoaders(db), ...brandLoaders(db) };
}

function productLoaders(db: Kysely<Tables>) {
  const products = (column: 'id' | 'slug') => (keys: readonly string[]) =>
    db.selectFrom('product').selectAll().where(column, 'in', keys).execute();
  return {
    productById: oneByKey(products('id'), (row) => row.id),
    productBySlug: oneByKey(products('slug'), (row) => row.slug),
    imagesOfProduct: manyByKey(
      (ids) =>
        db.selectFrom('image').selectAll().where('product_id', 'in', ids).orderBy('position').execute(),
      (row: ImageModel) => row.product_id,
    ),
  };
}

function variantLoaders(db: Kysely<Tables>) {
  return {
    variantById: oneByKey(
      (ids) => db.selectFrom('variant').selectAll().where('id', 'in', ids).execute(),
      (row: VariantModel) => row.id,
    ),
    variantBySku: oneByKey(
      (keys) => variantsBySku(db, keys),
      (row) => skuKey(row.product_id, row.sku),
    ),
    variantsOfProduct: pageByKey(
      (ids, first: number) => firstVariants(db, ids, first),
      (row) => row.product_id,
    ),
  };
}

function variantsBySku(db: Kysely<Tables>, keys: readonly string[]): Promise<readonly VariantModel[]> {
  const pairs = keys.map((key) => JSON.parse(key) as [string, string]); // made by skuKey
  return db
    .selectFrom('variant')
    .selectAll()
    .where((eb) => eb.or(pairs.map(([product_id, sku]) => eb.and({ product_id, sku }))))
    .execute();
}

function firstVariants(
  db: Kysely<Tables>,
  ids: readonly string[],
  first: number,
): Promise<readonly VariantModel[]> {
  return db
    .selectFrom((eb) =>
      eb
        .selectFrom('variant')
        .selectAll()
        .select((row) =>
          row.fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('product_id').orderBy('position'))
            .as('place'),
        )
        .where('product_id', 'in', ids)
        .as('placed'),
    )
    .selectAll()
    .where('place', '<=', first)
    .orderBy('place')
    .execute();
}

function categoryLoaders(db: Kysely<Tables>) {
  return {
    categoryBySlug: oneByKey(
      (slugs) => db.selectFrom('category').selectAll().where('slug', 'in', slugs).execute(),
      (row: CategoryModel) => row.slug,
    ),
    childrenOfCategory: manyByKey(
      (slugs) =>
        db.selectFrom('category').selectAll().where('parent_slug', 'in', slugs).orderBy('position').execute(),
      (row: CategoryModel) => row.parent_slug ?? '',
    ),
    categoriesOfProduct: manyByKey(
      (ids) => categoriesOfProducts(db, ids),
      (row) => row.product_id,
    ),
    productsOfCategory: pageByKey(
      (slugs, page: ProductPage) => listProductsOfCategories(db, slugs, page),
      (row: ProductOf) => row.owner,
    ),
    productCountOfCategory: oneByKey(
      (slugs): Promise<readonly Count[]> =>
        db
          .selectFrom('product_category')
          .select((eb) => ['category_slug as owner', eb.fn.countAll().as('count')])
          .where('category_slug', 'in', slugs)
          .groupBy('category_slug')
          .execute(),
      (row) => row.owner,
    ),
  };
}

function categoriesOfProducts(db: Kysely<Tables>, ids: readonly string[]) {
  return db
    .selectFrom('product_category')
    .innerJoin('category', 'category.slug', 'product_category.category_slug')
    .selectAll('category')
    .select('product_category.product_id')
    .where('product_category.product_id', 'in', ids)
    .where('product_category.distance', '=', 0)
    .orderBy('category.slug')
    .execute();
}

function brandLoaders(db: Kysely<Tables>) {
  return {
    brandBySlug: oneByKey(
      (slugs) => db.selectFrom('brand').selectAll().where('slug', 'in', slugs).execute(),
      (row: BrandModel) => row.slug,
    ),
    productsOfBrand: pageByKey(
      (slugs, page: ProductPage) => listProductsOfBrands(db, slugs, page),
      (row: ProductOf) => row.owner,
    ),
    productCountOfBrand: oneByKey(
      (slugs): Promise<readonly Count[]> =>
        db
          .selectFrom('product')
          .select((eb) => ['brand_slug as owner', eb.fn.countAll().as('count')])
          .where('brand_slug', 'in', slugs)
          .groupBy('brand_slug')
          .execute(),
      (row) => row.owner,
    ),
  };
}
