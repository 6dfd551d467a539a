import type { HomePageQuery } from '../generated/operations.ts';
import { HomePage } from '../generated/operations.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { missingParts } from '../missing-parts.ts';
import { requestedFields } from '../requested-fields.ts';
import { reviewTeasers } from './review-teasers.ts';

const parts = {
  viewer: { from: ['me', 'cart'], message: 'Your account cannot be shown right now.' },
  navigation: { from: ['categories'], message: 'The departments cannot be listed right now.' },
  newest: { from: ['products'], message: 'New products cannot be shown right now.' },
  latestReviews: { from: ['latestReviews'], message: 'Reviews cannot be shown right now.' },
};

/** The front page: one operation for its parts, one for the cards of all its lists. */
export const homePage: NonNullable<QueryResolvers['homePage']> = async (_parent, _args, context, info) => {
  const wanted = new Set(requestedFields(info));
  // Nobody is not missing, there is nobody.
  if (!context.signedIn) wanted.delete('viewer');
  const { data, errors } = await context.ask(HomePage, {
    viewer: wanted.has('viewer'),
    navigation: wanted.has('navigation'),
    newest: wanted.has('newest'),
    latestReviews: wanted.has('latestReviews'),
  });
  const [newest, latestReviews] = await Promise.all([
    data?.products ? context.cards.many(data.products.nodes.map(({ id }) => id)) : null,
    data?.latestReviews ? reviewTeasers(data.latestReviews, context) : null,
  ]);
  const had = {
    viewer: viewer(data),
    navigation: data?.categories?.map(navigationEntry) ?? null,
    newest,
    latestReviews,
  };
  const missing = [...missingParts(errors, parts, { wanted, had }), ...context.cards.missing()];
  return { ...had, missing };
};

function viewer(data: HomePageQuery | null) {
  if (!data?.me) return null;
  return {
    name: data.me.name,
    loyaltyPoints: data.me.loyaltyPoints,
    cartCount: data.cart?.count ?? null,
  };
}

interface CategoryNode {
  readonly slug: string;
  readonly name: string;
  readonly children?: readonly CategoryNode[];
}

const navigationEntry = (category: CategoryNode): NavigationEntry => ({
  label: category.name,
  href: `/c/${category.slug}`,
  children: category.children?.map(navigationEntry) ?? [],
});

interface NavigationEntry {
  readonly label: string;
  readonly href: string;
  readonly children: readonly NavigationEntry[];
}
