import { allow, or } from 'graphql-shield';
import { federationRules, hasScope } from './rules.ts';

const reader = hasScope('inventory:read');
const writer = hasScope('inventory:write');
const service = hasScope('inventory:reserve');

/** Who may ask what. What is not named here nobody may. */
export const permissions = {
  Query: { ...federationRules.query, warehouses: allow, warehouse: allow, lowStock: reader },
  ...federationRules.types,
  Mutation: {
    setStock: writer,
    reserveStock: service,
    releaseStock: service,
    confirmStock: service,
  },
  Product: { '*': allow, stockLevels: reader },
  Availability: allow,
  // On the type itself, because `_entities` leads here too; a writer is shown what was just set.
  StockLevel: { '*': or(reader, writer) },
  Warehouse: allow,
  ShippingEstimate: allow,
  Money: allow,
  StockConnection: allow,
  PageInfo: allow,
  ReserveStockResult: allow,
};
