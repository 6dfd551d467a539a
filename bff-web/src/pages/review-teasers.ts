import type { Context } from '../context.ts';
import type { ProductCard } from '../product-cards.ts';

interface ReviewNode {
  readonly id: string;
  readonly rating: number;
  readonly title: string;
  readonly body: string;
  readonly author?: { readonly name: string } | null;
  readonly product: { readonly id: string } | null;
}

interface ReviewTeaser {
  readonly id: string;
  readonly rating: number;
  readonly title: string;
  readonly excerpt: string;
  readonly author: string | null;
  readonly product: ProductCard | null;
}

/** Reviews as they stand beside other things: an excerpt, and the product's card. */
export function reviewTeasers(
  reviews: readonly ReviewNode[],
  context: Context,
): Promise<readonly ReviewTeaser[]> {
  return Promise.all(
    reviews.map(async ({ id, rating, title, body, author, product }) => ({
      id,
      rating,
      title,
      excerpt: excerpt(body, 140),
      author: author?.name ?? null,
      product: await context.cards.one(product?.id),
    })),
  );
}

/** The beginning of a text, cut between words. */
function excerpt(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.lastIndexOf(' ', most - 1);
  return `${text.slice(0, cut > 0 ? cut : most - 1)}…`;
}
