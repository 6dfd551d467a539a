import { HomeScreen } from '../generated/operations.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { missingParts } from '../missing-parts.ts';
import { pictureWidth } from '../picture-width.ts';
import { requestedFields } from '../requested-fields.ts';

const parts = { greeting: ['me'], picks: ['products'], topics: ['categories'] };

/** The first screen: one operation for its parts, one for its tiles. */
export const homeScreen: NonNullable<QueryResolvers['homeScreen']> = async (_parent, args, context, info) => {
  const width = pictureWidth(args.imageWidth);
  const wanted = new Set(requestedFields(info));
  // Nobody is not missing, there is nobody.
  if (!context.signedIn) wanted.delete('greeting');
  const { data, errors } = await context.ask(HomeScreen, {
    greeting: wanted.has('greeting'),
    picks: wanted.has('picks'),
    topics: wanted.has('topics'),
  });
  const ids = data?.products?.nodes.map(({ id }) => id);
  const had = {
    greeting: data?.me ? `Hello ${data.me.name}` : null,
    picks: ids === undefined ? null : await context.tiles.many(ids, width),
    topics: data?.categories ?? null,
  };
  const missing = [...missingParts(errors, parts, { wanted, had }), ...context.tiles.missing()];
  return { ...had, missing };
};
