import { sampleCart, sampleOrder, sampleSize } from './sample.ts';
import { seedOnce, type SeedingOutcome, type SeedingTask } from './seeding.ts';
import type { Tables } from './tables.ts';

// An order with its lines and events; for the progress only.
const rowsPerOrder = 7.3;
const ordersPerRound = 400;

export type SeedArguments = Pick<SeedingTask<Tables>, 'db' | 'scale' | 'progress' | 'signal'>;

/** Makes the sample orders unless they are there. */
export function seed(given: SeedArguments): Promise<SeedingOutcome> {
  const size = sampleSize(given.scale);
  return seedOnce<Tables>({
    ...given,
    expectedRows: size.orders * rowsPerOrder,
    fill: async (rows) => {
      const { transaction } = rows;
      await transaction.insertInto('counter').values({ name: 'order', value: size.orders }).execute();
      await rows.insert(sampleCart(size), (chunk) =>
        transaction.insertInto('cart_line').values(chunk).execute(),
      );
      for (let first = 1; first <= size.orders; first += ordersPerRound) {
        const count = Math.min(ordersPerRound, size.orders - first + 1);
        const made = Array.from({ length: count }, (_, step) => sampleOrder(first + step, size));
        await rows.insert(
          made.map(({ order }) => order),
          (chunk) => transaction.insertInto('orders').values(chunk).execute(),
        );
        await rows.insert(
          made.flatMap(({ lines }) => lines),
          (chunk) => transaction.insertInto('order_line').values(chunk).execute(),
        );
        await rows.insert(
          made.flatMap(({ events }) => events),
          (chunk) => transaction.insertInto('order_event').values(chunk).execute(),
        );
      }
    },
  });
}
