import type { Selectable } from 'kysely';
import type { Connection } from './page.ts';
import type { BrandTable, CategoryTable, ImageTable, ProductTable, VariantTable } from './tables.ts';

/** What resolvers are given for each GraphQL type; scripts/generate.ts reads the names. */
export type ProductModel = Selectable<ProductTable>;
export type BookModel = ProductModel;
export type ApparelModel = ProductModel;
export type GearModel = ProductModel;
export type VariantModel = Selectable<VariantTable>;
export type CategoryModel = Selectable<CategoryTable>;
export type BrandModel = Selectable<BrandTable>;
export type ImageModel = Selectable<ImageTable>;

/** A page of a list; the total is counted only when it is asked for. */
export interface ProductConnectionModel extends Connection<ProductModel> {
  readonly totalCount: () => Promise<number>;
}

export type SearchResultModel = ProductModel | CategoryModel | BrandModel;

export interface SearchConnectionModel extends Connection<SearchResultModel> {
  readonly totalCount: () => Promise<number>;
}
