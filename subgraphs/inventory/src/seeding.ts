import type { Kysely, Transaction } from 'kysely';
import { setImmediate as turn } from 'node:timers/promises';

const chunkRows = 400;
const progressEveryMs = 250;

/** The table that says that the sample data is complete; it has one row at most. */
export interface SampleDataTable {
  readonly id: number;
  readonly scale: number;
  readonly made_at: string;
}

interface WithSampleData {
  readonly sample_data: SampleDataTable;
}

/** Told how far the sample data is, from 0 to 1; at most every 250 ms, and once at the end. */
export type Progress = (done: number) => void;

/** Passes a progress on when another quarter is done, and leaves out the end: for a log, a few lines are enough. */
export function quarterly(tell: Progress): Progress {
  let quarters = -1;
  return (done) => {
    const reached = Math.floor(done * 4);
    if (reached > quarters && done < 1) tell(done);
    quarters = Math.max(quarters, reached);
  };
}

export interface SeedingTask<Tables> {
  readonly db: Kysely<Tables>;
  readonly scale: number;
  readonly progress: Progress;
  /** Ends the work early; nothing of it stays. */
  readonly signal: AbortSignal;
  /** Writes the rows through `rows.insert`. */
  readonly fill: (rows: RowWriter<Tables>) => Promise<void>;
  /** How many rows `fill` will write, for the progress. */
  readonly expectedRows: number;
}

export interface RowWriter<Tables> {
  readonly transaction: Transaction<Tables>;
  /** Hands the rows over in chunks that fit in a statement; lets other work have a turn after each. */
  insert<Row>(rows: Iterable<Row>, write: (chunk: readonly Row[]) => Promise<unknown>): Promise<void>;
}

/**
 * Makes the sample data unless it is there. All of it is one transaction, so that a start that is killed leaves nothing
 * half made; the marker row is written first, so that of two starts at once one waits and then finds it done.
 * Answers the scale that the data was made with.
 */
export async function seedOnce<Tables extends WithSampleData>(
  task: SeedingTask<Tables>,
): Promise<SeedingOutcome> {
  const began = performance.now();
  // The marker table is the same in all services, whatever else they have; kysely cannot see that through `Tables`.
  const db = task.db as unknown as Kysely<WithSampleData>;
  return db.transaction().execute(async (transaction) => {
    const marked = await transaction
      .insertInto('sample_data')
      .values({ id: 1, scale: task.scale, made_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (marked === undefined) {
      const { scale } = await transaction.selectFrom('sample_data').select('scale').executeTakeFirstOrThrow();
      return { kind: 'there already', scale };
    }
    await task.fill(rowWriter(transaction as unknown as Transaction<Tables>, task));
    task.progress(1);
    return { kind: 'made', milliseconds: Math.round(performance.now() - began) };
  });
}

export type SeedingOutcome =
  | { readonly kind: 'made'; readonly milliseconds: number }
  | { readonly kind: 'there already'; readonly scale: number };

function rowWriter<Tables>(transaction: Transaction<Tables>, task: SeedingTask<Tables>): RowWriter<Tables> {
  let written = 0;
  let toldAt = performance.now();
  const wrote = async (count: number): Promise<void> => {
    written += count;
    if (performance.now() - toldAt >= progressEveryMs) {
      toldAt = performance.now();
      task.progress(Math.min(0.99, written / task.expectedRows));
    }
    await turn(); // so that /health answers while the file database keeps this thread busy
    task.signal.throwIfAborted();
  };
  return {
    transaction,
    insert: async (rows, write) => {
      for (const chunk of chunksOf(rows)) {
        await write(chunk);
        await wrote(chunk.length);
      }
    },
  };
}

function* chunksOf<Row>(rows: Iterable<Row>): Generator<readonly Row[]> {
  let chunk: Row[] = [];
  for (const row of rows) {
    chunk.push(row);
    if (chunk.length < chunkRows) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
