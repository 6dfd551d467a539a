import { randomOf } from './random.ts';
import { sampleReports, sampleReviews, sampleSize } from './sample.ts';
import { seedOnce, type SeedingOutcome, type SeedingTask } from './seeding.ts';
import type { ReviewTable, Tables } from './tables.ts';

export type SeedArguments = Pick<SeedingTask<Tables>, 'db' | 'scale' | 'progress' | 'signal'>;

/** Fills the database with the sample reviews unless they are there. */
export function seed(given: SeedArguments): Promise<SeedingOutcome> {
  const size = sampleSize(given.scale);
  return seedOnce<Tables>({
    ...given,
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
