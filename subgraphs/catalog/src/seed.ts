import * as names from './sample-names.ts';
import { sampleProduct, slugOf, type SampleProduct } from './sample-product.ts';
import { searchable, searchWords } from './search-words.ts';
import { seedOnce, type RowWriter, type SeedingOutcome, type SeedingTask } from './seeding.ts';
import type { BrandTable, CategoryTable, SearchKind, SearchNameTable, Tables } from './tables.ts';

const productsAtScaleOne = 5_000;
// A product with its variants, pictures, categories, name and words; for the progress only.
const rowsPerProduct = 14;
const productsPerRound = 200;

export type SeedArguments = Pick<SeedingTask<Tables>, 'db' | 'scale' | 'progress' | 'signal'>;

/** How many products there are at a scale; other services that speak of products count in the same way. */
export function productCount(scale: number): number {
  return Math.max(1, Math.round(productsAtScaleOne * scale));
}

/** Makes the sample catalogue unless it is there. */
export function seed(given: SeedArguments): Promise<SeedingOutcome> {
  const count = productCount(given.scale);
  return seedOnce<Tables>({
    ...given,
    expectedRows: count * rowsPerProduct,
    fill: async (rows) => {
      await insertShelves(rows);
      for (let number = 1; number <= count; number += productsPerRound) {
        const last = Math.min(count, number + productsPerRound - 1);
        await insertProducts(
          rows,
          Array.from({ length: last - number + 1 }, (_, step) => sampleProduct(number + step)),
        );
      }
    },
  });
}

async function insertShelves(rows: RowWriter<Tables>): Promise<void> {
  const { transaction } = rows;
  const brands = names.sampleBrands.map(([name, country]): BrandTable => ({
    slug: slugOf(name),
    name,
    country,
  }));
  const tops = names.sampleCategories.map(({ slug, name }, position): CategoryTable => ({
    slug,
    name,
    parent_slug: null,
    position,
  }));
  const children = names.sampleCategories.flatMap((top) =>
    top.children.map(({ slug, name }, position): CategoryTable => ({
      slug,
      name,
      parent_slug: top.slug,
      position,
    })),
  );
  await rows.insert(brands, (chunk) => transaction.insertInto('brand').values(chunk).execute());
  await rows.insert([...tops, ...children], (chunk) =>
    transaction.insertInto('category').values(chunk).execute(),
  );
  await insertNames(rows, [
    ...brands.map(({ slug, name }) => searchName('BRAND', slug, name)),
    ...[...tops, ...children].map(({ slug, name }) => searchName('CATEGORY', slug, name)),
  ]);
}

async function insertProducts(rows: RowWriter<Tables>, samples: readonly SampleProduct[]): Promise<void> {
  const { transaction } = rows;
  const all = <Row>(part: (sample: SampleProduct) => readonly Row[]) => samples.flatMap(part);
  await rows.insert(
    samples.map(({ product }) => product),
    (chunk) => transaction.insertInto('product').values(chunk).execute(),
  );
  await rows.insert(
    all(({ variants }) => variants),
    (chunk) => transaction.insertInto('variant').values(chunk).execute(),
  );
  await rows.insert(
    all(({ images }) => images),
    (chunk) => transaction.insertInto('image').values(chunk).execute(),
  );
  await rows.insert(
    all(({ categories }) => categories),
    (chunk) => transaction.insertInto('product_category').values(chunk).execute(),
  );
  await insertNames(
    rows,
    samples.map(({ product }) => searchName('PRODUCT', product.id, product.name)),
  );
}

function searchName(kind: SearchKind, key: string, name: string): SearchNameTable {
  return { id: `${kind}:${key}`, kind, key, name_key: searchable(name) };
}

async function insertNames(rows: RowWriter<Tables>, found: readonly SearchNameTable[]): Promise<void> {
  const { transaction } = rows;
  await rows.insert(found, (chunk) => transaction.insertInto('search_name').values(chunk).execute());
  const words = found.flatMap(({ id, name_key }) =>
    searchWords(name_key).map((word) => ({ name_id: id, word })),
  );
  await rows.insert(words, (chunk) => transaction.insertInto('search_word').values(chunk).execute());
}
