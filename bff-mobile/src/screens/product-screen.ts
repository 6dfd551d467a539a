import { clientError } from '../gateway.ts';
import { ProductScreen, type ProductScreenQuery } from '../generated/operations.ts';
import type { QueryResolvers } from '../generated/schema.ts';
import { missingParts } from '../missing-parts.ts';
import { pictureWidth } from '../picture-width.ts';
import { requestedFields } from '../requested-fields.ts';
import { deliveryText, priceText, shortText, stockText } from '../wording.ts';

const parts = {
  stars: ['rating'],
  ratings: ['rating'],
  stock: ['availability'],
  delivery: ['shippingEstimate'],
  topReviews: ['reviews'],
};

/** One product. Without the catalog there is nothing to show, and the answer is an error. */
export const productScreen: NonNullable<QueryResolvers['productScreen']> = async (
  _parent,
  args,
  context,
  info,
) => {
  const wanted = requestedFields(info);
  const { data, errors } = await context.ask(ProductScreen, {
    id: args.id,
    imageWidth: pictureWidth(args.imageWidth),
    rating: wanted.has('stars') || wanted.has('ratings'),
    stock: wanted.has('stock'),
    delivery: wanted.has('delivery'),
    reviews: wanted.has('topReviews'),
  });
  const product = data?.product;
  if (product) {
    const had = screen(product);
    return { ...had, missing: missingParts(errors, parts, { depth: 1, wanted, had }) };
  }
  const [error] = errors;
  if (error !== undefined) throw clientError(error);
  return null;
};

type ProductNode = NonNullable<ProductScreenQuery['product']>;

const screen = (product: ProductNode) => ({
  id: product.id,
  name: product.name,
  price: priceText(product.price),
  image: product.images[0]?.url ?? null,
  about: shortText(product.description, 280),
  stars: product.rating?.average ?? null,
  ratings: product.rating?.count ?? null,
  stock: product.availability ? stockText(product.availability) : null,
  delivery: product.shippingEstimate ? deliveryText(product.shippingEstimate) : null,
  topReviews: product.reviews?.nodes.map(topReview) ?? null,
});

const topReview = (review: NonNullable<ProductNode['reviews']>['nodes'][number]) => ({
  stars: review.rating,
  title: review.title,
  by: review.author?.name ?? null,
});
