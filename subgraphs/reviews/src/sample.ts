import type { Random } from './random.ts';
import type { ReportTable, ReviewTable, Status } from './tables.ts';

/** How much of everything there is. */
export interface SampleSize {
  readonly users: number;
  readonly products: number;
  readonly reviews: number;
}

/** Sizes at a scale; there are four users at least, and never so many reviews that pairs become scarce. */
export function sampleSize(scale: number): SampleSize {
  const users = Math.max(4, Math.round(2_000 * scale));
  const products = Math.max(1, Math.round(5_000 * scale));
  return {
    users,
    products,
    reviews: Math.min(Math.max(1, Math.round(40_000 * scale)), Math.ceil((users * products) / 2)),
  };
}

const firstDay = Date.parse('2024-01-02T08:00:00.000Z');
const lastDay = Date.parse('2026-10-01T08:00:00.000Z');
const hourMs = 3_600_000;

const titles = [
  ['Not for me', 'Sent it back', 'Broken on arrival', 'A disappointment'],
  ['Below what I hoped', 'It does, just', 'Looks better than it is'],
  ['Does its job', 'Fine for the price', 'Neither good nor bad'],
  ['Good value', 'Would buy again', 'Nearly perfect', 'A solid choice'],
  ['Simply great', 'Exactly what I needed', 'My new favourite', 'Could not be better'],
] as const;
const openings = [
  'I have had it for three weeks now.',
  'Bought it as a present, then kept it.',
  'It came two days early and well packed.',
  'My second one; the first went to my sister.',
  'After reading the other reviews I was curious.',
];
const middles = [
  ['It did not survive the first weekend.', 'Nothing about it is as described.'],
  ['The idea is good, the making is not.', 'I had to ask support twice.'],
  ['It does what it says and no more.', 'There are better ones, and dearer ones.'],
  ['Small flaws, but none that matter.', 'Well made, only the picture shows another colour.'],
  ['I would not change a thing.', 'Everybody who sees it asks where I got it.'],
] as const;
const endings = [
  'Delivery was quick.',
  'The box could be smaller.',
  'I will look at the rest of the range.',
  'For this price I can say no more.',
  'My neighbour has ordered one too.',
];
const notes = [
  'Names a competitor.',
  'Insults other customers.',
  'Advertises a web site.',
  'About the parcel, not the product.',
];

/** The reviews, oldest first: products with small numbers have more of them, nobody reviews a product twice. */
export function* sampleReviews(size: SampleSize, random: Random): Generator<ReviewTable> {
  const taken = new Set<number>();
  for (let number = 1; number <= size.reviews; number += 1) {
    const pair = freePair(size, random, taken);
    taken.add(pair);
    yield review(number, pair, size, random);
  }
}

/** A report for each review that waits for a moderator, by one of the first users. */
export function* sampleReports(reviews: Iterable<ReviewTable>, size: SampleSize): Generator<ReportTable> {
  for (const { id, status, created_at, author_id } of reviews) {
    const reporter = `u${(Number(author_id.slice(1)) % size.users) + 1}`;
    const at = new Date(Date.parse(created_at) + hourMs).toISOString();
    if (status === 'PENDING')
      yield { review_id: id, reporter_id: reporter, reason: 'Reads like advertising.', created_at: at };
  }
}

function freePair(size: SampleSize, random: Random, taken: ReadonlySet<number>): number {
  // The smaller of two draws: some products are talked about, most are not.
  const product = Math.min(random.below(size.products), random.below(size.products));
  let pair = product * size.users + random.below(size.users);
  while (taken.has(pair)) pair = (pair + 1) % (size.users * size.products);
  return pair;
}

function review(number: number, pair: number, size: SampleSize, random: Random): ReviewTable {
  const stars = starsOf(random.below(100));
  const status = statusOf(random.below(100));
  const at = firstDay + Math.floor((number / size.reviews) * (lastDay - firstDay)) - random.below(hourMs);
  return {
    id: `r${number}`,
    product_id: `p${Math.floor(pair / size.users) + 1}`,
    author_id: `u${(pair % size.users) + 1}`,
    rating: stars + 1,
    title: random.pick<string>(titles[stars]),
    body: [random.pick(openings), random.pick<string>(middles[stars]), random.pick(endings)].join(' '),
    created_at: new Date(at).toISOString(),
    status,
    moderation_note: status === 'HIDDEN' ? random.pick(notes) : null,
  };
}

const statusOf = (percent: number): Status =>
  percent < 96 ? 'PUBLISHED' : percent < 98 ? 'PENDING' : 'HIDDEN';

function starsOf(percent: number): 0 | 1 | 2 | 3 | 4 {
  if (percent < 6) return 0;
  if (percent < 13) return 1;
  if (percent < 28) return 2;
  return percent < 60 ? 3 : 4;
}
