import type { Resolvers } from '../generated/schema.ts';
import { brand } from './brand.ts';
import { category } from './category.ts';
import { mutation } from './mutation.ts';
import { apparel, book, gear, image, product } from './product.ts';
import { query, searchResult } from './query.ts';
import { variant } from './variant.ts';

/** One entry a type of the contract; fields that are absent are read from the row by their name. */
export const resolvers: Resolvers = {
  Query: query,
  Mutation: mutation,
  Product: product,
  Book: book,
  Apparel: apparel,
  Gear: gear,
  Image: image,
  Variant: variant,
  Category: category,
  Brand: brand,
  SearchResult: searchResult,
};
