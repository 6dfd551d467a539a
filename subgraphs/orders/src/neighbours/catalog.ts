import { fieldsOf, graphqlCall } from './graphql-call.ts';
import { NeighbourUnavailable, type Wire } from './wire.ts';

/** What somebody wants to buy. */
export interface WantedLine {
  readonly productId: string;
  readonly sku: string | null;
  readonly quantity: number;
}

/** A wanted line with the catalog's name and price for one piece, in cents. */
export interface PricedLine extends WantedLine {
  readonly title: string;
  readonly unitPrice: number;
  readonly currency: string;
}

export type Quote =
  | { readonly kind: 'quoted'; readonly lines: readonly PricedLine[] }
  | { readonly kind: 'unknown'; readonly products: readonly string[] };

export interface Catalog {
  /** Names and prices as they are now; rejects with NeighbourUnavailable when the catalog cannot say. */
  quote(lines: readonly WantedLine[]): Promise<Quote>;
}

const query = `query Quote($ids: [ID!]!, $variants: [_Any!]!) {
  productsById(ids: $ids) { id name price { amount currency } }
  _entities(representations: $variants) { ... on Variant { productId sku name price { amount currency } } }
}`;

interface Offer {
  readonly name: string;
  readonly price: { readonly amount: number; readonly currency: string } | undefined;
}

export function catalogAt(url: string, wire: Wire): Catalog {
  return {
    quote: async (lines) => {
      const variants = lines.filter(({ sku }) => sku !== null);
      const variables = {
        ids: [...new Set(lines.map(({ productId }) => productId))],
        variants: variants.map(({ productId, sku }) => ({ __typename: 'Variant', productId, sku })),
      };
      const answer = await graphqlCall(wire, { url, query, variables });
      if (answer.kind === 'refused') throw new NeighbourUnavailable('the catalog wants a token');
      const products = offers(answer.data['productsById'], ({ id }) => String(id));
      const forms = offers(answer.data['_entities'], (form) =>
        formKey(String(form['productId']), String(form['sku'])),
      );
      return quoteOf(lines.map((line) => ({ line, priced: priced(line, products, forms) })));
    },
  };
}

function quoteOf(
  looked: readonly { readonly line: WantedLine; readonly priced: PricedLine | undefined }[],
): Quote {
  const unknown = looked.filter(({ priced }) => priced === undefined).map(({ line }) => line.productId);
  if (unknown.length > 0) return { kind: 'unknown', products: [...new Set(unknown)] };
  return { kind: 'quoted', lines: looked.flatMap(({ priced }) => priced ?? []) };
}

function priced(
  line: WantedLine,
  products: ReadonlyMap<string, Offer>,
  forms: ReadonlyMap<string, Offer>,
): PricedLine | undefined {
  const product = products.get(line.productId);
  const form = line.sku === null ? undefined : forms.get(formKey(line.productId, line.sku));
  if (product?.price === undefined || (line.sku !== null && form === undefined)) return undefined;
  const { amount, currency } = form?.price ?? product.price;
  const title = form === undefined ? product.name : `${product.name}, ${form.name}`;
  return { ...line, title, unitPrice: amount, currency };
}

function offers(
  list: unknown,
  keyOf: (fields: Readonly<Record<string, unknown>>) => string,
): ReadonlyMap<string, Offer> {
  const found = new Map<string, Offer>();
  for (const item of Array.isArray(list) ? (list as readonly unknown[]) : []) {
    const fields = fieldsOf(item);
    if (fields === undefined || typeof fields['name'] !== 'string') continue;
    found.set(keyOf(fields), { name: fields['name'], price: priceOf(fields['price']) });
  }
  return found;
}

function priceOf(value: unknown): Offer['price'] {
  const { amount, currency } = fieldsOf(value) ?? {};
  if (typeof amount !== 'number' || !Number.isSafeInteger(amount) || amount < 0) return undefined;
  return typeof currency === 'string' ? { amount, currency } : undefined;
}

const formKey = (productId: string, sku: string): string => JSON.stringify([productId, sku]);
