import type { Kysely } from 'kysely';
import { randomOf } from './random.ts';
import { sampleReports, sampleReviews, sampleSize } from './sample.ts';
import { seedOnce, type Progress, type SeedingOutcome } from './seeding.ts';
import type { ReviewTable, Tables } from './tables.ts';

export interface Seed {
  readonly db: Kysely<Tables>;
  readonly scale: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Fills the database with the sample reviews unless they are there. */
export function seed({ db, scale, progress, signal }: Seed): Promise<SeedingOutcome> {
  const size = sampleSize(scale);
  return seedOnce<Tables>({
    db,
    scale,
    progress,
    signal,
    expectedRows: size.reviews,
    fill: async (rows) => {
      const { transaction } = rows;
      const reviews: ReviewTable[] = [...sampleReviews(size, randomOf(105))];
      await rows.insert(reviews, (chunk) => transaction.insertInto('review').values(chunk).execute());
      const reports = sampleReports(reviews, size);
      await rows.insert(reports, (chunk) => transaction.insertInto('report').values(chunk).execute());
    },
  });
}
