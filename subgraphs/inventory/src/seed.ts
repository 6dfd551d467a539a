import { randomOf } from './random.ts';
import { sampleStock, sampleWarehouses } from './sample.ts';
import { seedOnce, type SeedingOutcome, type SeedingTask } from './seeding.ts';
import type { Tables } from './tables.ts';

const levelsPerProduct = 3.25;

export type SeedArguments = Pick<SeedingTask<Tables>, 'db' | 'scale' | 'progress' | 'signal'>;

/** Fills the database with the sample warehouses and their stock unless they are there. */
export function seed(given: SeedArguments): Promise<SeedingOutcome> {
  const products = Math.max(1, Math.round(5_000 * given.scale));
  return seedOnce<Tables>({
    ...given,
    expectedRows: products * levelsPerProduct,
    fill: async (rows) => {
      const { transaction } = rows;
      await transaction.insertInto('warehouse').values(sampleWarehouses).execute();
      await rows.insert(sampleStock(products, randomOf(103)), (chunk) =>
        transaction.insertInto('stock').values(chunk).execute(),
      );
    },
  });
}
