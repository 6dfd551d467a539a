import type { SampleDataTable } from './seeding.ts';

export type ProductKind = 'BOOK' | 'APPAREL' | 'GEAR';
export type PowerSource = 'NONE' | 'BATTERY' | 'MAINS' | 'SOLAR';

export interface ProductTable {
  readonly id: string;
  readonly slug: string;
  readonly kind: ProductKind;
  readonly name: string;
  /** The name as it is sorted and searched. */
  readonly name_key: string;
  readonly description: string;
  readonly price_amount: number;
  readonly price_currency: string;
  readonly weight_grams: number;
  readonly brand_slug: string;
  readonly created_at: string;
  readonly legacy_sku: string | null;
  readonly supplier_code: string;
  /** Books only. */
  readonly author: string | null;
  readonly pages: number | null;
  readonly isbn: string | null;
  /** Apparel only; sizes separated by blanks. */
  readonly material: string | null;
  readonly sizes: string | null;
  /** Gear only. */
  readonly warranty_months: number | null;
  readonly power_source: PowerSource | null;
}

export interface VariantTable {
  readonly id: string;
  readonly product_id: string;
  readonly sku: string;
  readonly name: string;
  readonly position: number;
  /** Null when the variant costs what the product costs. */
  readonly price_amount: number | null;
}

export interface CategoryTable {
  readonly slug: string;
  readonly name: string;
  readonly parent_slug: string | null;
  readonly position: number;
}

export interface BrandTable {
  readonly slug: string;
  readonly name: string;
  readonly country: string;
}

/** A product in a category, and in that category's parent. */
export interface ProductCategoryTable {
  readonly product_id: string;
  readonly category_slug: string;
  /** 0 for the category that the product is in itself, more for those above it. */
  readonly distance: number;
}

export interface ImageTable {
  readonly product_id: string;
  readonly position: number;
  readonly file: string;
  readonly alt: string;
}

export type SearchKind = 'PRODUCT' | 'CATEGORY' | 'BRAND';

/** A name that can be searched for. */
export interface SearchNameTable {
  /** Kind and key together, for example `PRODUCT:p12`. */
  readonly id: string;
  readonly kind: SearchKind;
  readonly key: string;
  readonly name_key: string;
}

/** One word of such a name. */
export interface SearchWordTable {
  readonly name_id: string;
  readonly word: string;
}

export interface Tables {
  readonly product: ProductTable;
  readonly variant: VariantTable;
  readonly category: CategoryTable;
  readonly brand: BrandTable;
  readonly product_category: ProductCategoryTable;
  readonly image: ImageTable;
  readonly search_name: SearchNameTable;
  readonly search_word: SearchWordTable;
  readonly sample_data: SampleDataTable;
}
