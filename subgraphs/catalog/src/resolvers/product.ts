import type { Context } from '../context.ts';
import type {
  ApparelResolvers,
  BookResolvers,
  GearResolvers,
  ImageResolvers,
  ProductResolvers,
} from '../generated/schema.ts';
import { badInput, couldBeKey } from '../input.ts';
import type { ProductModel } from '../models.ts';
import { firstOf } from '../page.ts';
import type { ProductKind } from '../tables.ts';
import { present } from './present.ts';

const typeOf = { BOOK: 'Book', APPAREL: 'Apparel', GEAR: 'Gear' } as const satisfies Record<
  ProductKind,
  string
>;

/** The GraphQL type of a product. */
export function productType({ kind }: ProductModel): 'Book' | 'Apparel' | 'Gear' {
  return typeOf[kind];
}

async function productOf(reference: object, { loaders }: Context): Promise<ProductModel | null> {
  // A representation comes from outside: its keys may be absent or of any type.
  if ('id' in reference && couldBeKey(reference.id))
    return (await loaders.productById.load(reference.id)) ?? null;
  if ('slug' in reference && couldBeKey(reference.slug)) {
    return (await loaders.productBySlug.load(reference.slug)) ?? null;
  }
  return null;
}

const productOfKind =
  (kind: ProductKind) =>
  async (reference: object, context: Context): Promise<ProductModel | null> => {
    const found = await productOf(reference, context);
    return found?.kind === kind ? found : null;
  };

/** Other subgraphs know products by the interface alone; the row says of which type one is. */
export const product: ProductResolvers = {
  __resolveType: productType,
  __resolveReference: productOf,
};

type ProductFields = Pick<
  BookResolvers,
  | 'price'
  | 'weightGrams'
  | 'brand'
  | 'categories'
  | 'images'
  | 'variants'
  | 'createdAt'
  | 'legacySku'
  | 'supplierCode'
>;

const productFields: ProductFields = {
  price: (row) => ({ amount: row.price_amount, currency: row.price_currency }),
  weightGrams: (row) => row.weight_grams,
  brand: async (row, _args, { loaders }) => present(await loaders.brandBySlug.load(row.brand_slug)),
  categories: async (row, _args, { loaders, spend }) => {
    const categories = await loaders.categoriesOfProduct.load(row.id);
    spend(categories.length);
    return categories;
  },
  images: async (row, _args, { loaders, spend }) => {
    const images = await loaders.imagesOfProduct.load(row.id);
    spend(images.length);
    return images;
  },
  variants: async (row, { first }, { loaders, spend }) => {
    const variants = await loaders.variantsOfProduct.load({ key: row.id, page: firstOf(first, 10) });
    spend(variants.length);
    return variants;
  },
  createdAt: (row) => row.created_at,
  legacySku: (row) => row.legacy_sku,
  supplierCode: (row) => row.supplier_code,
};

export const book: BookResolvers = {
  __resolveReference: productOfKind('BOOK'),
  ...productFields,
  author: (row) => present(row.author),
  pages: (row) => present(row.pages),
  isbn: (row) => present(row.isbn),
};

export const apparel: ApparelResolvers = {
  __resolveReference: productOfKind('APPAREL'),
  ...productFields,
  material: (row) => present(row.material),
  sizes: (row) => present(row.sizes).split(' '),
};

export const gear: GearResolvers = {
  __resolveReference: productOfKind('GEAR'),
  ...productFields,
  warrantyMonths: (row) => present(row.warranty_months),
  powerSource: (row) => present(row.power_source),
};

const imageHost = 'https://images.weir.example';
const widths = { min: 16, max: 4_000 };

export const image: ImageResolvers = {
  url: (row, { width }) => {
    const pixels = (width as number | null) ?? 800; // null can be sent, though the generated type does not say so
    if (pixels < widths.min || pixels > widths.max) {
      throw badInput('width', `must be from ${widths.min} to ${widths.max} pixels`);
    }
    return `${imageHost}/${row.file}?width=${pixels}`;
  },
};
