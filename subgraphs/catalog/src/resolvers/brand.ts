import type { BrandResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { productConnection, productPage } from '../product-list.ts';

export const brand: BrandResolvers = {
  __resolveReference: async ({ slug }, { loaders }) =>
    couldBeKey(slug) ? ((await loaders.brandBySlug.load(slug)) ?? null) : null,
  products: async (row, args, { loaders, spend }) => {
    const page = productPage(args);
    const rows = await loaders.productsOfBrand.load({ key: row.slug, page });
    spend(rows.length);
    return productConnection(rows, page, async () =>
      Number((await loaders.productCountOfBrand.load(row.slug))?.count ?? 0),
    );
  },
};
