import { allow } from 'graphql-shield';
import { federationRules, hasScope } from './rules.ts';

/** Who may ask what. What is not named here nobody may. */
export const permissions = {
  Query: { ...federationRules.query, '*': allow },
  ...federationRules.types,
  Mutation: { setPrice: hasScope('catalog:write') },
  Book: allow,
  Apparel: allow,
  Gear: allow,
  Variant: allow,
  Category: allow,
  Brand: allow,
  Image: allow,
  Money: allow,
  ProductConnection: allow,
  ProductEdge: allow,
  SearchConnection: allow,
  SearchEdge: allow,
  PageInfo: allow,
};
