import { clientError } from '../gateway.ts';
import { ProductPage, type ProductPageQuery } from '../generated/operations.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { missingParts } from '../missing-parts.ts';
import { picture } from '../picture.ts';
import { price } from '../price.ts';
import { requestedFields } from '../requested-fields.ts';

type ProductNode = NonNullable<ProductPageQuery['productBySlug']>;

const parts = {
  availability: { from: ['availability'], message: 'What is in stock cannot be shown right now.' },
  shipping: { from: ['shippingEstimate'], message: 'Shipping cannot be estimated right now.' },
  rating: { from: ['rating'], message: 'Ratings cannot be shown right now.' },
  reviews: { from: ['reviews'], message: 'Reviews cannot be shown right now.' },
  related: { from: ['categories'], message: 'Related products cannot be shown right now.' },
};

/** One product's page. Without the catalog there is no page to show, and the answer is an error. */
export const productPage: NonNullable<QueryResolvers['productPage']> = async (
  _parent,
  args,
  context,
  info,
) => {
  const wanted = requestedFields(info);
  const { data, errors } = await context.ask(ProductPage, {
    slug: args.slug,
    shipTo: args.shipTo,
    availability: wanted.has('availability'),
    shipping: wanted.has('shipping'),
    rating: wanted.has('rating'),
    reviews: wanted.has('reviews'),
    related: wanted.has('related'),
  });
  const product = data?.productBySlug;
  if (!product) {
    const [error] = errors;
    if (error !== undefined) throw clientError(error);
    return null;
  }
  const related = wanted.has('related') ? await context.cards.many(relatedIds(product)) : null;
  const had = {
    availability: availability(product),
    shipping: shipping(product),
    rating: rating(product),
    reviews: reviews(product),
    related,
  };
  const missing = [...missingParts(errors, parts, { depth: 1, wanted, had }), ...context.cards.missing()];
  return { ...description(product), ...had, missing };
};

function description(product: ProductNode) {
  return {
    id: product.id,
    title: product.name,
    description: product.description,
    canonical: `/p/${product.slug}`,
    breadcrumbs: breadcrumbs(product),
    gallery: product.images.map(picture),
    price: price(product.price),
    brand: { label: product.brand.name, href: `/b/${product.brand.slug}`, children: [] },
    facts: facts(product),
    variants: product.variants.map(({ sku, name, price: own }) => ({
      sku,
      name,
      price: price(own ?? product.price),
    })),
  };
}

function breadcrumbs({ categories: [category] }: ProductNode) {
  if (category === undefined) return [];
  const trail = category.parent ? [category.parent, category] : [category];
  return trail.map(({ slug, name }) => ({ label: name, href: `/c/${slug}`, children: [] }));
}

interface Fact {
  readonly label: string;
  readonly value: string;
}

function facts(product: ProductNode): readonly Fact[] {
  const weight = { label: 'Weight', value: `${String(product.weightGrams)} g` };
  switch (product.__typename) {
    case 'Book':
      return [
        { label: 'Author', value: product.author },
        { label: 'Pages', value: String(product.pages) },
        { label: 'ISBN', value: product.isbn },
        weight,
      ];
    case 'Apparel':
      return [
        { label: 'Material', value: product.material },
        { label: 'Sizes', value: product.sizes.join(', ') },
        weight,
      ];
    case 'Gear':
      return [
        { label: 'Warranty', value: `${String(product.warrantyMonths)} months` },
        { label: 'Power', value: product.powerSource.toLowerCase() },
        weight,
      ];
  }
}

function availability({ availability: stock }: ProductNode) {
  if (!stock) return null;
  switch (stock.status) {
    case 'IN_STOCK':
      return { canBuy: true, text: 'In stock' };
    case 'LOW':
      return { canBuy: true, text: `Only ${String(stock.quantity)} left` };
    case 'OUT_OF_STOCK':
      return {
        canBuy: false,
        text: stock.restockAt ? `Sold out, expected ${stock.restockAt.slice(0, 10)}` : 'Sold out',
      };
  }
}

function shipping({ shippingEstimate: estimate }: ProductNode) {
  if (!estimate) return null;
  const cost = price(estimate.cost);
  const days = `${String(estimate.minDays)} to ${String(estimate.maxDays)} working days`;
  return { price: cost, text: `${cost.amount === 0 ? 'Free shipping' : cost.text}, ${days}` };
}

function rating({ rating: summary }: ProductNode) {
  if (!summary) return null;
  const { average, count, histogram } = summary;
  const bars = histogram
    .map((votes, index) => ({
      stars: index + 1,
      count: votes,
      percent: count === 0 ? 0 : Math.round((100 * votes) / count),
    }))
    .reverse();
  return { average, count, bars };
}

function reviews({ reviews: list }: ProductNode) {
  if (!list) return null;
  const items = list.nodes.map(({ id, rating: stars, title, body, createdAt, author }) => ({
    id,
    rating: stars,
    title,
    body,
    author: author?.name ?? null,
    date: createdAt,
  }));
  return { total: list.totalCount, items };
}

/** Up to eight others of the first category. */
function relatedIds({ id, categories: [category] }: ProductNode): string[] {
  const ids = category?.products?.nodes.map((node) => node.id) ?? [];
  return ids.filter((other) => other !== id).slice(0, 8);
}
