import DataLoader from 'dataloader';
import type { Asker, Gateway } from './gateway.ts';
import { ProductCards, type ProductCardsQuery } from './generated/operations.ts';
import { missingParts, type MissingPart } from './missing-parts.ts';
import { picture, type Picture } from './picture.ts';
import { price, type Price } from './price.ts';

export interface ProductCard {
  readonly id: string;
  readonly href: string;
  readonly name: string;
  readonly brand: string;
  readonly price: Price;
  readonly image: Picture | null;
  readonly rating: { readonly average: number | null; readonly count: number } | null;
  readonly badge: 'NEW' | 'LOW_STOCK' | 'SOLD_OUT' | null;
}

/** Cards of one client request: all lists of all its pages are one gateway operation. */
export interface CardShelf {
  /** The cards of these products, in order, without those that could not be had. */
  many(ids: readonly string[]): Promise<readonly ProductCard[]>;
  one(id: string | undefined): Promise<ProductCard | null>;
  /** What the cards fetched so far lack. */
  missing(): readonly MissingPart[];
}

type ProductNode = NonNullable<NonNullable<ProductCardsQuery['productsById']>[number]>;

const parts = {
  cards: { from: [], message: 'Some products cannot be shown right now.' },
  ratings: { from: ['rating'], message: 'Ratings cannot be shown right now.' },
  stock: { from: ['availability'], message: 'What is in stock cannot be shown right now.' },
};
const wanted = new Set(Object.keys(parts));

/** @param now milliseconds since 1970; a product is new for its first 30 days */
export function createCardShelf(gateway: Gateway, asker: Asker, now: number): CardShelf {
  const missing = new Map<string, MissingPart>();
  const loader = new DataLoader<string, ProductCard | null>(
    async (ids) => {
      const { data, errors } = await gateway.ask(ProductCards, { ids }, asker);
      const nodeList = data?.productsById ?? ids.map(() => null);
      for (const part of missingParts(errors, parts, { wanted, had: had(nodeList), depth: 1 }))
        missing.set(part.part, part);
      const nodes = new Map(nodeList.flatMap((node) => (node ? [[node.id, node]] : [])));
      return ids.map((id) => {
        const node = nodes.get(id);
        return node === undefined ? null : card(node, now);
      });
    },
    { maxBatchSize: 100 },
  );
  return {
    async many(ids) {
      const cards = await loader.loadMany(ids);
      return cards.filter((entry): entry is ProductCard => entry !== null && !(entry instanceof Error));
    },
    one: async (id) => (id === undefined ? null : loader.load(id)),
    missing: () => [...missing.values()],
  };
}

/** What every card has; null where one of them lacks it. */
function had(nodes: readonly (ProductNode | null)[]): Readonly<Record<string, true | null>> {
  const all = (has: (node: ProductNode) => boolean): true | null =>
    nodes.every((node) => node === null || has(node)) ? true : null;
  return {
    cards: nodes.includes(null) ? null : true,
    ratings: all(({ rating }) => rating !== null),
    stock: all(({ availability }) => availability !== null),
  };
}

function card(node: ProductNode, now: number): ProductCard {
  const [image] = node.images;
  return {
    id: node.id,
    href: `/p/${node.slug}`,
    name: node.name,
    brand: node.brand.name,
    price: price(node.price),
    image: image === undefined ? null : picture(image),
    rating: node.rating,
    badge: badge(node, now),
  };
}

const newFor = 30 * 24 * 60 * 60 * 1000;

function badge({ availability, createdAt }: ProductNode, now: number): ProductCard['badge'] {
  if (availability?.status === 'OUT_OF_STOCK') return 'SOLD_OUT';
  if (availability?.status === 'LOW') return 'LOW_STOCK';
  return now - Date.parse(createdAt) < newFor ? 'NEW' : null;
}
