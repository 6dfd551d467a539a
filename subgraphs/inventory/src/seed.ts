import type { Kysely } from 'kysely';
import { randomOf } from './random.ts';
import { sampleStock, sampleWarehouses } from './sample.ts';
import { seedOnce, type Progress, type SeedingOutcome } from './seeding.ts';
import type { Tables } from './tables.ts';

const levelsPerProduct = 3.25;

export interface Seed {
  readonly db: Kysely<Tables>;
  readonly scale: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Fills the database with the sample warehouses and their stock unless they are there. */
export function seed({ db, scale, progress, signal }: Seed): Promise<SeedingOutcome> {
  const products = Math.max(1, Math.round(5_000 * scale));
  return seedOnce<Tables>({
    db,
    scale,
    progress,
    signal,
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
