import DataLoader from 'dataloader';
import type { Asker, Gateway } from './gateway.ts';
import { Tiles, type TilesQuery } from './generated/operations.ts';
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
    for (const { path } of errors) missing.add(lack(path));
    const nodes = data?.productsById?.flatMap((node) => (node ? [tile(node)] : [])) ?? [];
    return new Map(nodes.map((one) => [one.id, one]));
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

/** Which part of a tile an error takes away. */
function lack(path: readonly (string | number)[]): string {
  if (path.includes('rating')) return 'stars';
  return path.includes('availability') ? 'soldOut' : 'tiles';
}

type ProductNode = NonNullable<NonNullable<TilesQuery['productsById']>[number]>;

const tile = ({ id, name, price, images, rating, availability }: ProductNode): Tile => ({
  id,
  name,
  price: priceText(price),
  image: images[0]?.url ?? null,
  stars: rating?.average ?? null,
  soldOut: availability ? availability.status === 'OUT_OF_STOCK' : null,
});
