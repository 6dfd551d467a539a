import type { Server } from './sample-system.ts';

/** One product's page, asked from each of the three servers that can give it; $SLUG and $ID stand for the product. */
export const pageQueries: Readonly<Record<Server, string>> = {
  gateway: `query ProductPage {
    productBySlug(slug: "$SLUG") {
      __typename id slug name description
      price { amount currency }
      brand { slug name }
      categories { slug name }
      images { small: url(width: 320) large: url(width: 1280) alt }
      variants(first: 20) { sku name price { amount currency } }
      availability { status quantity }
      shippingEstimate(country: "DE") { cost { amount currency } minDays maxDays }
      rating { average count histogram }
      reviews(first: 10) { totalCount nodes { id rating title body createdAt author { name } } }
    }
  }`,
  'bff-web': `query ProductPage {
    productPage(slug: "$SLUG") {
      id title description canonical
      breadcrumbs { label href }
      gallery { srcset src alt }
      price { text }
      brand { label href }
      facts { label value }
      variants { sku name price { text } }
      availability { canBuy text }
      shipping { price { text } text }
      rating { average count bars { stars percent } }
      reviews { total items { id rating title body author date } }
      missing { part message }
    }
  }`,
  'bff-mobile': `query ProductScreen {
    productScreen(id: "$ID") {
      id name price image about stars ratings stock delivery
      topReviews { stars title by }
      missing
    }
  }`,
};

/** A product that has everything a page shows. */
export const productQuery = '{ products(first: 20) { nodes { id slug reviews(first: 10) { totalCount } } } }';
