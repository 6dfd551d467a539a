import { restockAt, sellable, shownQuantity, statusOf } from '../availability.ts';
import type { AvailabilityResolvers, ProductResolvers } from '../generated/schema.ts';
import { badInput, couldBeKey } from '../input.ts';
import type { ProductModel } from '../models.ts';
import { shippingEstimate, type Parcel } from '../shipping.ts';

const maxWeightGrams = 1_000_000;

const Product: ProductResolvers = {
  // Whether there is such a product is the catalog's to say; here it only may stand on shelves.
  __resolveReference: (representation) => (couldBeKey(representation.id) ? representation : null),
  availability: async ({ id }, _arguments, { loaders }) => ({
    levels: await loaders.levelsOfProduct.load(id),
  }),
  stockLevels: async ({ id }, _arguments, { loaders, spend }) => {
    const levels = await loaders.levelsOfProduct.load(id);
    spend(levels.length);
    return levels;
  },
  shippingEstimate: (product, { country }) => {
    const { amount, minDays, maxDays } = shippingEstimate(parcelOf(product), countryOf(country));
    return { cost: { amount, currency: 'EUR' }, minDays, maxDays };
  },
};

const Availability: AvailabilityResolvers = {
  status: ({ levels }) => statusOf(sellable(levels)),
  quantity: ({ levels }) => shownQuantity(sellable(levels)),
  restockAt: ({ levels }, _arguments, { now }) => restockAt(levels, now)?.toISOString() ?? null,
};

// Null may be sent for any argument that may be left out.
function countryOf(country: string | null): string {
  const code = country ?? 'DE';
  if (!/^[A-Z]{2}$/.test(code)) throw badInput('country', 'must be two capital letters (ISO 3166-1)');
  return code;
}

/** Price and weight as the gateway brought them from the catalog (`@requires`); this subgraph has no own idea of them. */
function parcelOf({ price, weightGrams }: ProductModel): Parcel {
  const { amount, currency } = (typeof price === 'object' && price !== null ? price : {}) as {
    readonly amount?: unknown;
    readonly currency?: unknown;
  };
  if (!isCount(amount, Number.MAX_SAFE_INTEGER)) throw incomplete('price.amount', 'a whole number of cents');
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    throw incomplete('price.currency', 'three capital letters');
  }
  if (!isCount(weightGrams, maxWeightGrams))
    throw incomplete('weightGrams', `a whole number up to ${maxWeightGrams}`);
  return { amount, currency, weightGrams };
}

function isCount(value: unknown, max: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= max;
}

const incomplete = (field: string, what: string): Error =>
  badInput(`representations.${field}`, `must be ${what}; shippingEstimate requires it`);

/** Products as what stands on a shelf. */
export const product = { Product, Availability };
