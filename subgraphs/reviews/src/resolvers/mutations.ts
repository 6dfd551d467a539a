import type { Caller } from '../caller.ts';
import { moderateReview, reportReview, writeReview } from '../writing.ts';
import type { MutationResolvers } from '../generated/schema.ts';
import { badInput, couldBeKey, inputCheck } from '../input.ts';
import { denial } from '../rules.ts';
import type { ReviewTable } from '../tables.ts';

const productId = {
  min: 1,
  max: 64,
  shape: { pattern: /^[\w-]+$/, reason: 'must have letters, digits, dashes only' },
};

export const mutations: MutationResolvers = {
  writeReview: async (_parent, { input }, { caller, db, now }) => {
    const check = inputCheck();
    const draft = {
      productId: check.text('input.productId', input.productId, productId),
      rating: check.wholeNumber('input.rating', input.rating, { min: 1, max: 5 }),
      title: check.text('input.title', input.title, { min: 1, max: 120 }),
      body: check.text('input.body', input.body, { min: 1, max: 5_000 }),
    };
    check.done();
    return writeReview(db, { ...draft, authorId: idOf(caller), at: now });
  },
  reportReview: async (_parent, { id, reason }, { caller, db, loaders, now }) => {
    const check = inputCheck();
    const text = check.text('reason', reason, { min: 3, max: 500 });
    check.done();
    const review = found(couldBeKey(id) ? await loaders.review.load(id) : undefined);
    if (review.author_id === idOf(caller)) throw badInput('id', 'is your own review; write it anew instead');
    return reportReview(db, { reviewId: review.id, reporterId: idOf(caller), reason: text, at: now });
  },
  moderateReview: async (_parent, { id, decision, note }, { db }) => {
    const check = inputCheck();
    const text = check.text('note', note ?? '', { min: 0, max: 1_000 });
    check.done();
    const moderated = couldBeKey(id) ? await moderateReview(db, { id, decision, note: text }) : undefined;
    return found(moderated);
  },
};

function found(review: ReviewTable | undefined): ReviewTable {
  if (review === undefined) throw badInput('id', 'names no review');
  return review;
}

function idOf(caller: Caller): string {
  if (caller.kind === 'user') return caller.id;
  throw denial(caller); // the permissions let nobody unknown come here
}
