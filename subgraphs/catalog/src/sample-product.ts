import { randomOf, type Random } from './random.ts';
import * as names from './sample-names.ts';
import { searchable } from './search-words.ts';
import type { ImageTable, ProductCategoryTable, ProductKind, ProductTable, VariantTable } from './tables.ts';

/** One sample product with all that belongs to it. */
export interface SampleProduct {
  readonly product: ProductTable;
  readonly variants: readonly VariantTable[];
  readonly images: readonly ImageTable[];
  readonly categories: readonly ProductCategoryTable[];
}

const kinds = ['BOOK', 'APPAREL', 'GEAR'] as const;
const newest = Date.UTC(2026, 9, 1, 8);
const minutesOfTwoYears = 1_051_200;
const productSeed = 4_102;

interface Shelf {
  readonly top: string;
  readonly category: names.SampleCategory;
}

function shelvesByKind(): Readonly<Record<ProductKind, readonly Shelf[]>> {
  const of = (kind: ProductKind): readonly Shelf[] =>
    names.sampleCategories
      .filter((top) => top.kind === kind)
      .flatMap((top) => top.children.map((category) => ({ top: top.slug, category })));
  return { BOOK: of('BOOK'), APPAREL: of('APPAREL'), GEAR: of('GEAR') };
}

const shelves = shelvesByKind();

/** The product `p<number>`: the same on every machine, and the same whatever the scale. */
export function sampleProduct(number: number): SampleProduct {
  const random = randomOf(productSeed, number);
  const kind = kinds[(number - 1) % 3] ?? 'BOOK';
  const shelf = random.pick(shelves[kind]);
  const thing = random.pick(shelf.category.things);
  const river = random.pick(names.rivers);
  const name = kind === 'BOOK' ? bookName(thing, river, random) : thingName(thing, random);
  const id = `p${number}`;
  const product: ProductTable = {
    id,
    slug: `${searchable(name).replaceAll(' ', '-')}-${number}`,
    kind,
    name,
    name_key: searchable(name),
    description: description(kind, thing, river, random),
    price_amount: 499 + ((number * 7_919) % 19_500),
    price_currency: 'EUR',
    weight_grams: thing.grams[0] + random.below(thing.grams[1] - thing.grams[0]),
    brand_slug: slugOf(random.pick(names.sampleBrands)[0]),
    created_at: new Date(newest - ((number * 7_919) % minutesOfTwoYears) * 60_000).toISOString(),
    legacy_sku: number % 4 === 0 ? `L-${String(number).padStart(6, '0')}` : null,
    supplier_code: `S${String(random.below(100_000)).padStart(5, '0')}-${number}`,
    ...ownFields(kind, thing, number, random),
  };
  return {
    product,
    variants: variants(product, number, random),
    images: images(product, random),
    categories: categories(id, kind, shelf, random),
  };
}

export function slugOf(name: string): string {
  // Letters that are not made of a plain one and an accent would get lost.
  return searchable(name.replaceAll('ł', 'l').replaceAll('Ł', 'L')).replaceAll(' ', '-');
}

function bookName({ noun }: names.Thing, river: string, random: Random): string {
  const title = random.pick(names.bookTitles);
  return title
    .replace('{river}', river)
    .replace('{noun}', noun)
    .replace('{series}', random.pick(names.series));
}

function thingName({ noun }: names.Thing, random: Random): string {
  return [random.pick(names.series), noun, random.pick(names.editions)]
    .filter((part) => part !== '')
    .join(' ');
}

function description(kind: ProductKind, { noun }: names.Thing, river: string, random: Random): string {
  const lines = kind === 'BOOK' ? names.bookPraise : names.praise;
  const first = random.below(lines.length);
  const second = (first + 1 + random.below(lines.length - 1)) % lines.length;
  const texts = [lines[first], lines[second]].join(' ').replaceAll('{river}', river);
  return `${noun}. ${texts}`;
}

type OwnFields = Pick<
  ProductTable,
  'author' | 'pages' | 'isbn' | 'material' | 'sizes' | 'warranty_months' | 'power_source'
>;

const noOwnFields: OwnFields = {
  author: null,
  pages: null,
  isbn: null,
  material: null,
  sizes: null,
  warranty_months: null,
  power_source: null,
};

function ownFields(kind: ProductKind, thing: names.Thing, number: number, random: Random): OwnFields {
  switch (kind) {
    case 'BOOK':
      return {
        ...noOwnFields,
        author: `${random.pick(names.firstNames)} ${random.pick(names.lastNames)}`,
        pages: 48 + random.below(560),
        isbn: isbn(number),
      };
    case 'APPAREL':
      return {
        ...noOwnFields,
        material: random.pick(names.materials),
        sizes: sizes(thing, random).join(' '),
      };
    case 'GEAR':
      return {
        ...noOwnFields,
        warranty_months: random.pick([12, 24, 36, 60]),
        power_source: thing.powerSource ?? 'NONE',
      };
  }
}

function isbn(number: number): string {
  const digits = `9790${String(number % 100_000_000).padStart(8, '0')}`;
  const sum = Array.from(digits).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function sizes({ noun }: names.Thing, random: Random): readonly string[] {
  const all = /Boots|Shoes|Sandals|Socks/.test(noun)
    ? ['37', '38', '39', '40', '41', '42', '43', '44', '45']
    : ['XS', 'S', 'M', 'L', 'XL'];
  const count = 3 + random.below(3);
  const start = random.below(all.length - count + 1);
  return all.slice(start, start + count);
}

function variants(product: ProductTable, number: number, random: Random): readonly VariantTable[] {
  return variantNames(product, random).map((name, position) => ({
    id: `v${number}-${position + 1}`,
    product_id: product.id,
    sku: `W-${number}-${position + 1}`,
    name,
    position,
    // The first always costs what the product costs; some others cost a quarter more.
    price_amount: position > 0 && random.chance(30) ? Math.round(product.price_amount * 1.25) : null,
  }));
}

function variantNames({ kind, sizes: sizeList }: ProductTable, random: Random): readonly string[] {
  switch (kind) {
    case 'BOOK':
      return random.chance(60) ? ['Paperback', 'Hardcover'] : ['Paperback'];
    case 'APPAREL':
      return (sizeList ?? '').split(' ').map((size) => `Size ${size}`);
    case 'GEAR': {
      const start = random.below(names.colours.length);
      const count = 1 + random.below(3);
      return Array.from(
        { length: count },
        (_, step) => names.colours[(start + step) % names.colours.length] ?? '',
      );
    }
  }
}

const views = ['from the front', 'from the side', 'in use', 'packed'] as const;

function images({ id, name }: ProductTable, random: Random): readonly ImageTable[] {
  return views.slice(0, 1 + random.below(views.length)).map((view, position) => ({
    product_id: id,
    position,
    file: `products/${id}-${position + 1}.jpg`,
    alt: `${name}, ${view}`,
  }));
}

function categories(
  id: string,
  kind: ProductKind,
  shelf: Shelf,
  random: Random,
): readonly ProductCategoryTable[] {
  const neighbours = shelves[kind].filter(({ top }) => top === shelf.top);
  const own = new Set([shelf, ...(random.chance(20) ? [random.pick(neighbours)] : [])]);
  const tops = new Set([...own].map(({ top }) => top));
  return [
    ...[...own].map(({ category }) => ({ product_id: id, category_slug: category.slug, distance: 0 })),
    ...[...tops].map((top) => ({ product_id: id, category_slug: top, distance: 1 })),
  ];
}
