import type { CategoryResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';
import { productConnection, productPage } from '../product-list.ts';

export const category: CategoryResolvers = {
  __resolveReference: async ({ slug }, { loaders }) =>
    couldBeKey(slug) ? ((await loaders.categoryBySlug.load(slug)) ?? null) : null,
  parent: async (row, _args, { loaders }) =>
    row.parent_slug === null ? null : ((await loaders.categoryBySlug.load(row.parent_slug)) ?? null),
  children: async (row, _args, { loaders, spend }) => {
    const children = await loaders.childrenOfCategory.load(row.slug);
    spend(children.length);
    return children;
  },
  products: async (row, args, { loaders, spend }) => {
    const page = productPage(args);
    const rows = await loaders.productsOfCategory.load({ key: row.slug, page });
    spend(rows.length);
    return productConnection(rows, page, async () =>
      Number((await loaders.productCountOfCategory.load(row.slug))?.count ?? 0),
    );
  },
};
