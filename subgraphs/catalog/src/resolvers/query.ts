import type { Context } from '../context.ts';
import type { QueryResolvers, SearchResultResolvers } from '../generated/schema.ts';
import { badInput, couldBeKey, inputCheck } from '../input.ts';
import type { SearchResultModel } from '../models.ts';
import { connectionOf, cursorOf, firstOf, keyAfter } from '../page.ts';
import {
  checkedFilter,
  countProducts,
  listProducts,
  productConnection,
  productPage,
} from '../product-list.ts';
import { searchWords } from '../search-words.ts';
import { countNames, searchNames, type FoundName } from '../search.ts';
import { productType } from './product.ts';

const maxIds = 100;
const searchOrder = 'SEARCH';

export const query: QueryResolvers = {
  product: async (_root, { id }, { loaders }) =>
    couldBeKey(id) ? ((await loaders.productById.load(id)) ?? null) : null,

  productsById: async (_root, { ids }, { loaders, spend }) => {
    if (ids.length > maxIds) throw badInput('ids', `must be at most ${maxIds}`);
    spend(ids.length);
    return Promise.all(
      ids.map(async (id) => (couldBeKey(id) ? ((await loaders.productById.load(id)) ?? null) : null)),
    );
  },

  productBySlug: async (_root, { slug }, { loaders }) =>
    couldBeKey(slug) ? ((await loaders.productBySlug.load(slug)) ?? null) : null,

  products: async (_root, args, { db, spend }) => {
    const page = productPage(args);
    const filter = checkedFilter(args.filter);
    const rows = await listProducts(db, page, filter);
    spend(rows.length);
    return productConnection(rows, page, () => countProducts(db, filter));
  },

  categories: (_root, _args, { db }) =>
    db.selectFrom('category').selectAll().where('parent_slug', 'is', null).orderBy('position').execute(),

  category: async (_root, { slug }, { loaders }) =>
    couldBeKey(slug) ? ((await loaders.categoryBySlug.load(slug)) ?? null) : null,

  brand: async (_root, { slug }, { loaders }) =>
    couldBeKey(slug) ? ((await loaders.brandBySlug.load(slug)) ?? null) : null,

  search: async (_root, args, context) => {
    const { db, spend } = context;
    const check = inputCheck();
    const text = check.text('text', args.text, { min: 1, max: 100 });
    if (text !== '' && searchWords(text).length === 0) check.refuse('text', 'must have a letter or a digit');
    check.done();
    const search = { text, filter: checkedFilter(args.filter) };
    const first = firstOf(args.first, 20);
    const after = keyAfter(args.after, searchOrder, ['number', 'text', 'text']);
    const names = await searchNames(db, search, { first, after });
    spend(names.length);
    const page = connectionOf(names, first, ({ rank, name_key, id }) =>
      cursorOf(searchOrder, [rank, name_key, id]),
    );
    const found = new Map(
      await Promise.all(page.nodes.map(async (name) => [name.id, await rowOf(name, context)] as const)),
    );
    const edges = page.edges.flatMap(({ cursor, node }) => {
      const row = found.get(node.id);
      return row === undefined ? [] : [{ cursor, node: row }];
    });
    return {
      nodes: edges.map(({ node }) => node),
      edges,
      pageInfo: page.pageInfo,
      totalCount: () => countNames(db, search),
    };
  },
};

function rowOf({ kind, key }: FoundName, { loaders }: Context): Promise<SearchResultModel | undefined> {
  switch (kind) {
    case 'PRODUCT':
      return loaders.productById.load(key);
    case 'CATEGORY':
      return loaders.categoryBySlug.load(key);
    case 'BRAND':
      return loaders.brandBySlug.load(key);
  }
}

export const searchResult: SearchResultResolvers = {
  __resolveType: (row) => {
    if ('kind' in row) return productType(row);
    return 'country' in row ? 'Brand' : 'Category';
  },
};
