import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import type { ModerationDecision } from './generated/schema.ts';
import type { ReviewTable, Status, Tables } from './tables.ts';

const reportsThatHide = 3;

export interface Draft {
  readonly productId: string;
  readonly authorId: string;
  readonly rating: number;
  readonly title: string;
  readonly body: string;
  readonly at: Date;
}

/**
 * Stores a review. A user's second review of a product takes the place of the first, under the same id and without the
 * reports about the old text; what a moderator has hidden or held back waits for a moderator again.
 */
export async function writeReview(db: Kysely<Tables>, draft: Draft): Promise<ReviewTable> {
  const { title, body, rating } = draft;
  const words = { title, body, rating, created_at: draft.at.toISOString(), moderation_note: null };
  const status = firstStatus(`${title} ${body}`);
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .insertInto('review')
      .values({
        ...words,
        status,
        id: `r-${randomUUID()}`,
        product_id: draft.productId,
        author_id: draft.authorId,
      })
      .onConflict((conflict) =>
        conflict.columns(['product_id', 'author_id']).doUpdateSet((old) => ({
          ...words,
          status: old
            .case()
            .when('review.status', '=', 'PUBLISHED')
            .then<Status>(status)
            .else<Status>('PENDING')
            .end(),
        })),
      )
      .returningAll()
      .executeTakeFirstOrThrow();
    await transaction.deleteFrom('report').where('review_id', '=', row.id).execute();
    return row;
  });
}

/** Reviews that advertise wait for a moderator; the others are published at once. */
function firstStatus(text: string): Status {
  return /https?:\/\/|www\./i.test(text) ? 'PENDING' : 'PUBLISHED';
}

export interface Report {
  readonly reviewId: string;
  readonly reporterId: string;
  readonly reason: string;
  readonly at: Date;
}

/** Stores a report, one a user and review; the third takes a published review back until a moderator has looked. */
export async function reportReview(db: Kysely<Tables>, report: Report): Promise<boolean> {
  const { reviewId: review_id, reporterId: reporter_id, reason } = report;
  return db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('report')
      .values({ review_id, reporter_id, reason, created_at: report.at.toISOString() })
      .onConflict((conflict) => conflict.columns(['review_id', 'reporter_id']).doUpdateSet({ reason }))
      .execute();
    const { count } = await transaction
      .selectFrom('report')
      .select((row) => row.fn.countAll().as('count'))
      .where('review_id', '=', review_id)
      .executeTakeFirstOrThrow();
    if (Number(count) >= reportsThatHide) {
      await transaction
        .updateTable('review')
        .set({ status: 'PENDING' })
        .where('id', '=', review_id)
        .where('status', '=', 'PUBLISHED')
        .execute();
    }
    return true;
  });
}

export interface Moderation {
  readonly id: string;
  readonly decision: ModerationDecision;
  readonly note: string;
}

/** Publishes or hides a review and settles the reports about it; undefined when there is no such review. */
export async function moderateReview(
  db: Kysely<Tables>,
  { id, decision, note }: Moderation,
): Promise<ReviewTable | undefined> {
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .updateTable('review')
      .set({
        status: decision === 'PUBLISH' ? 'PUBLISHED' : 'HIDDEN',
        moderation_note: note === '' ? null : note,
      })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirst();
    if (decision === 'PUBLISH') await transaction.deleteFrom('report').where('review_id', '=', id).execute();
    return row;
  });
}
