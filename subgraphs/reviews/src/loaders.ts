import type DataLoader from 'dataloader';
import { sql, type Kysely, type SqlBool } from 'kysely';
import { manyByKey, oneByKey, pageByKey, type PageKey } from './batching.ts';
import type { ReviewTable, Tables } from './tables.ts';
import { visible, type Viewer } from './visibility.ts';

export type ReviewSort = 'NEWEST' | 'BEST' | 'WORST';

/** The place in an order after which a page begins: the order's first part, the instant and the id. */
export type ReviewKey = readonly [number, string, string];

/** Which reviews of a product or user are wanted; one more than `first` is read, to see whether there is more. */
export interface ReviewPage {
  readonly first: number;
  readonly sort: ReviewSort;
  readonly after?: ReviewKey;
}

interface Count {
  readonly key: string;
  readonly count: number;
}

export interface RatingCount {
  readonly product_id: string;
  readonly rating: number;
  readonly count: number;
}

export interface Loaders {
  readonly review: DataLoader<string, ReviewTable | undefined>;
  readonly ratingsOfProduct: DataLoader<string, readonly RatingCount[]>;
  readonly pageOfProduct: DataLoader<PageKey<ReviewPage>, readonly ReviewTable[], string>;
  readonly pageOfAuthor: DataLoader<PageKey<ReviewPage>, readonly ReviewTable[], string>;
  readonly countOfProduct: DataLoader<string, Count | undefined>;
  readonly countOfAuthor: DataLoader<string, Count | undefined>;
  readonly publishedOfAuthor: DataLoader<string, Count | undefined>;
  readonly reportsOfReview: DataLoader<string, Count | undefined>;
}

/** Loaders for one request. They read with the viewer's eyes, so that nothing hidden is even loaded. */
export function loadersOver(db: Kysely<Tables>, viewer: Viewer): Loaders {
  return {
    review: oneByKey(
      (ids) => db.selectFrom('review').selectAll().where('id', 'in', ids).where(visible(viewer)).execute(),
      ({ id }) => id,
    ),
    ratingsOfProduct: manyByKey(
      (products) => ratings(db, products),
      ({ product_id }) => product_id,
    ),
    pageOfProduct: pageByKey(
      (products, page) => pages(db, viewer, { by: 'product_id', keys: products, page }),
      ({ product_id }) => product_id,
    ),
    pageOfAuthor: pageByKey(
      (authors, page) => pages(db, viewer, { by: 'author_id', keys: authors, page }),
      ({ author_id }) => author_id,
    ),
    countOfProduct: oneByKey((products) => counts(db, viewer, 'product_id', products), keyOf),
    countOfAuthor: oneByKey((authors) => counts(db, viewer, 'author_id', authors), keyOf),
    publishedOfAuthor: oneByKey((authors) => counts(db, { kind: 'public' }, 'author_id', authors), keyOf),
    reportsOfReview: oneByKey((reviews) => reportCounts(db, reviews), keyOf),
  };
}

const keyOf = ({ key }: Count): string => key;

/** What an order looks at first; the newer of equals comes first, then the greater id. */
export const rankOf = {
  NEWEST: { of: () => 0, text: sql<number>`0` },
  BEST: { of: ({ rating }: ReviewTable) => rating, text: sql<number>`rating` },
  WORST: { of: ({ rating }: ReviewTable) => -rating, text: sql<number>`-rating` },
} as const satisfies Record<ReviewSort, unknown>;

interface PagesWanted {
  readonly by: 'product_id' | 'author_id';
  readonly keys: readonly string[];
  readonly page: ReviewPage;
}

async function pages(
  db: Kysely<Tables>,
  viewer: Viewer,
  { by, keys, page }: PagesWanted,
): Promise<ReviewTable[]> {
  const rank = rankOf[page.sort].text;
  const { after } = page;
  const numbered = db
    .selectFrom('review')
    .selectAll()
    .select(
      sql<number>`row_number() over (partition by ${sql.ref(by)} order by ${rank} desc, created_at desc, id desc)`.as(
        'place',
      ),
    )
    .where(by, 'in', keys)
    .where(visible(viewer))
    .$if(after !== undefined, (query) =>
      query.where(sql<SqlBool>`(${rank}, created_at, id) < (${sql.join([...(after ?? [])])})`),
    );
  return db
    .selectFrom(numbered.as('numbered'))
    .select([
      'id',
      'product_id',
      'author_id',
      'rating',
      'title',
      'body',
      'created_at',
      'status',
      'moderation_note',
    ])
    .where('place', '<=', page.first + 1)
    .orderBy('place')
    .execute();
}

async function ratings(db: Kysely<Tables>, products: readonly string[]): Promise<RatingCount[]> {
  const rows = await db
    .selectFrom('review')
    .select(['product_id', 'rating', (row) => row.fn.countAll().as('count')])
    .where('product_id', 'in', products)
    .where('status', '=', 'PUBLISHED')
    .groupBy(['product_id', 'rating'])
    .execute();
  // PostgreSQL's counts come as texts: they may be larger than a number.
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

async function counts(
  db: Kysely<Tables>,
  viewer: Viewer,
  by: 'product_id' | 'author_id',
  keys: readonly string[],
): Promise<Count[]> {
  const rows = await db
    .selectFrom('review')
    .select([`${by} as key`, (row) => row.fn.countAll().as('count')])
    .where(by, 'in', keys)
    .where(visible(viewer))
    .groupBy(by)
    .execute();
  return rows.map(({ key, count }) => ({ key, count: Number(count) }));
}

async function reportCounts(db: Kysely<Tables>, reviews: readonly string[]): Promise<Count[]> {
  const rows = await db
    .selectFrom('report')
    .select(['review_id as key', (row) => row.fn.countAll().as('count')])
    .where('review_id', 'in', reviews)
    .groupBy('review_id')
    .execute();
  return rows.map(({ key, count }) => ({ key, count: Number(count) }));
}
