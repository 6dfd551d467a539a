/** What the carriers ask for, by how far a parcel goes. Cents, grams, working days. */
interface Zone {
  readonly base: number;
  readonly perKilogram: number;
  readonly minDays: number;
  readonly maxDays: number;
}

/** A parcel's contents as the catalog describes them: worth in cents, weight in grams. */
export interface Parcel {
  readonly amount: number;
  readonly currency: string;
  readonly weightGrams: number;
}

/** Cost in euro cents, time in working days. */
export interface Estimate {
  readonly amount: number;
  readonly minDays: number;
  readonly maxDays: number;
}

const near: Zone = { base: 390, perKilogram: 60, minDays: 1, maxDays: 3 };
const union: Zone = { base: 790, perKilogram: 140, minDays: 2, maxDays: 6 };
const world: Zone = { base: 1490, perKilogram: 420, minDays: 5, maxDays: 14 };

const unionCountries = 'AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(
  ' ',
);

const letterGrams = 500;
const letterShare = 0.5;
const freeFromCents = 5_000;

/** What sending one piece to a country costs: letters go for half, dear parcels (from 50 EUR) go free within the union. */
export function shippingEstimate(parcel: Parcel, country: string): Estimate {
  const zone = zoneOf(country);
  const { minDays, maxDays } = zone;
  // Thresholds are in euro; a price in another currency says nothing about them.
  const dear = parcel.currency === 'EUR' && parcel.amount >= freeFromCents;
  if (dear && zone !== world) return { amount: 0, minDays, maxDays };
  const full = zone.base + Math.ceil(parcel.weightGrams / 1000) * zone.perKilogram;
  const amount = parcel.weightGrams <= letterGrams ? Math.round(full * letterShare) : full;
  return { amount, minDays, maxDays };
}

function zoneOf(country: string): Zone {
  if (country === 'DE') return near;
  return unionCountries.includes(country) ? union : world;
}
