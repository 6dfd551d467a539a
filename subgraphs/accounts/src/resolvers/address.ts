import type { AddressResolvers } from '../generated/schema.ts';
import { couldBeKey } from '../input.ts';

export const address: AddressResolvers = {
  __resolveReference: async ({ id }, { loaders }) =>
    couldBeKey(id) ? ((await loaders.addressById.load(id)) ?? null) : null,
  postalCode: (row) => row.postal_code,
  isDefault: (row) => row.is_default === 1,
};
