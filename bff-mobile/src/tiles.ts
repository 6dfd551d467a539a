import DataLoader from 'dataloader';
import type { Asker, Gateway } from './gateway.ts';
import { Tiles, type TilesQuery } from './generated/operations.ts';
import { missingParts } from './missing-parts.ts';
import { priceText } from './wording.ts';

export interface Tile {
  readonly id: string;
  readonly name: string;
  readonly price: string;
  readonly image: string | null;
  readonly stars: number | null;
  readonly soldOut: boolean | null;
}

/** Tiles of one client request: all lists of a screen are one gateway operation for each picture width. */
export interface TileShelf {
  /** The tiles of these products, in order, without those that could not be had. */
  many(ids: readonly string[], imageWidth: number): Promise<readonly Tile[]>;
  one(id: string | undefined, imageWidth: number): Promise<Tile | null>;
  /** Names of what the tiles fetched so far lack. */
  missing(): readonly string[];
}

interface Key {
  readonly id: string;
  readonly imageWidth: number;
}

export function createTileShelf(gateway: Gateway, asker: Asker): TileShelf {
  const missing = new Set<string>();
  const fetchTiles = async (
    ids: readonly string[],
    imageWidth: number,
  ): Promise<ReadonlyMap<string, Tile>> => {
    const { data, errors } = await gateway.ask(Tiles, { ids, imageWidth }, asker);
    const nodes = data?.productsById ?? ids.map(() => null);
    for (const part of missingParts(errors, parts, { wanted, had: had(nodes), depth: 1 })) missing.add(part);
    return new Map(nodes.flatMap((node) => (node ? [[node.id, tile(node)]] : [])));
  };
  const loader = new DataLoader<Key, Tile | null, string>(
    async (keys) => {
      const widths = [...new Set(keys.map(({ imageWidth }) => imageWidth))];
      const shelves = await Promise.all(
        widths.map(async (width) => {
          const ids = keys.filter(({ imageWidth }) => imageWidth === width).map(({ id }) => id);
          return [width, await fetchTiles(ids, width)] as const;
        }),
      );
      const byWidth = new Map(shelves);
      return keys.map(({ id, imageWidth }) => byWidth.get(imageWidth)?.get(id) ?? null);
    },
    { maxBatchSize: 100, cacheKeyFn: ({ id, imageWidth }) => `${String(imageWidth)} ${id}` },
  );
  return {
    async many(ids, imageWidth) {
      const tiles = await loader.loadMany(ids.map((id) => ({ id, imageWidth })));
      return tiles.filter((entry): entry is Tile => entry !== null && !(entry instanceof Error));
    },
    one: async (id, imageWidth) => (id === undefined ? null : loader.load({ id, imageWidth })),
    missing: () => [...missing],
  };
}

type ProductNode = NonNullable<NonNullable<TilesQuery['productsById']>[number]>;

const parts = { tiles: [], stars: ['rating'], soldOut: ['availability'] };
const wanted = new Set(Object.keys(parts));

/** What every tile has; null where one of them lacks it. */
function had(nodes: readonly (ProductNode | null)[]): Readonly<Record<string, true | null>> {
  const all = (has: (node: ProductNode) => boolean): true | null =>
    nodes.every((node) => node === null || has(node)) ? true : null;
  return {
    tiles: nodes.includes(null) ? null : true,
    stars: all(({ rating }) => rating !== null),
    soldOut: all(({ availability }) => availability !== null),
  };
}

const tile = ({ id, name, price, images, rating, availability }: ProductNode): Tile => ({
  id,
  name,
  price: priceText(price),
  image: images[0]?.url ?? null,
  stars: rating?.average ?? null,
  soldOut: availability ? availability.status === 'OUT_OF_STOCK' : null,
});
