import type { PowerSource, ProductKind } from './tables.ts';

/** A kind of thing that the sample shop sells. */
export interface Thing {
  readonly noun: string;
  readonly grams: readonly [number, number];
  readonly powerSource?: PowerSource;
}

export interface SampleCategory {
  readonly slug: string;
  readonly name: string;
  readonly things: readonly Thing[];
}

export interface SampleTopCategory {
  readonly slug: string;
  readonly name: string;
  readonly kind: ProductKind;
  readonly children: readonly SampleCategory[];
}

const things = (grams: readonly [number, number], ...nouns: readonly string[]): readonly Thing[] =>
  nouns.map((noun) => ({ noun, grams }));
const powered = (powerSource: PowerSource, grams: readonly [number, number], ...nouns: readonly string[]) =>
  nouns.map((noun): Thing => ({ noun, grams, powerSource }));

/** Eight categories with four below each. Products stand in those below. */
export const sampleCategories: readonly SampleTopCategory[] = [
  {
    slug: 'books',
    name: 'Books',
    kind: 'BOOK',
    children: [
      { slug: 'river-stories', name: 'River Stories', things: things([180, 620], 'Novel', 'Tales') },
      { slug: 'nature-guides', name: 'Nature Guides', things: things([240, 900], 'Field Guide', 'Handbook') },
      { slug: 'outdoor-cooking', name: 'Outdoor Cooking', things: things([300, 980], 'Cookbook') },
      { slug: 'craft-and-repair', name: 'Craft & Repair', things: things([260, 840], 'Manual', 'Workbook') },
    ],
  },
  {
    slug: 'maps',
    name: 'Maps & Journals',
    kind: 'BOOK',
    children: [
      { slug: 'river-maps', name: 'River Maps', things: things([60, 140], 'River Map') },
      { slug: 'hiking-maps', name: 'Hiking Maps', things: things([60, 140], 'Hiking Map') },
      { slug: 'atlases', name: 'Atlases', things: things([700, 1_900], 'Atlas') },
      { slug: 'logbooks', name: 'Logbooks', things: things([120, 380], 'Logbook', 'Journal') },
    ],
  },
  {
    slug: 'clothing',
    name: 'Clothing',
    kind: 'APPAREL',
    children: [
      {
        slug: 'jackets',
        name: 'Jackets',
        things: things([320, 900], 'Rain Jacket', 'Anorak', 'Wind Jacket'),
      },
      {
        slug: 'layers',
        name: 'Layers',
        things: things([140, 480], 'Base Layer', 'Shirt', 'Sweater', 'Vest'),
      },
      {
        slug: 'trousers',
        name: 'Trousers',
        things: things([240, 620], 'Trousers', 'Shorts', 'Overtrousers'),
      },
      {
        slug: 'hats-and-gloves',
        name: 'Hats & Gloves',
        things: things([40, 160], 'Beanie', 'Sun Hat', 'Gloves'),
      },
    ],
  },
  {
    slug: 'footwear',
    name: 'Footwear',
    kind: 'APPAREL',
    children: [
      { slug: 'boots', name: 'Boots', things: things([900, 1_900], 'Boots', 'Rubber Boots') },
      { slug: 'river-shoes', name: 'River Shoes', things: things([420, 820], 'River Shoes', 'Sandals') },
      { slug: 'socks', name: 'Socks', things: things([40, 140], 'Socks', 'Neoprene Socks') },
      { slug: 'waders', name: 'Waders', things: things([1_100, 2_400], 'Waders') },
    ],
  },
  {
    slug: 'paddling',
    name: 'Paddling',
    kind: 'GEAR',
    children: [
      { slug: 'boats', name: 'Boats', things: things([9_000, 29_000], 'Canoe', 'Kayak', 'Packraft') },
      { slug: 'paddles', name: 'Paddles', things: things([600, 1_300], 'Paddle', 'Double Paddle') },
      { slug: 'dry-bags', name: 'Dry Bags', things: things([90, 900], 'Dry Bag', 'Barrel', 'Deck Bag') },
      { slug: 'life-vests', name: 'Life Vests', things: things([500, 1_200], 'Life Vest', 'Throw Bag') },
    ],
  },
  {
    slug: 'camping',
    name: 'Camping',
    kind: 'GEAR',
    children: [
      { slug: 'tents', name: 'Tents', things: things([1_200, 5_200], 'Tent', 'Tarp', 'Hammock') },
      { slug: 'sleeping', name: 'Sleeping', things: things([380, 1_900], 'Sleeping Bag', 'Sleeping Mat') },
      {
        slug: 'light-and-power',
        name: 'Light & Power',
        things: [
          ...powered('BATTERY', [70, 420], 'Headlamp', 'Lantern'),
          ...powered('SOLAR', [240, 900], 'Solar Panel'),
          ...powered('MAINS', [140, 520], 'Charger'),
        ],
      },
      { slug: 'furniture', name: 'Furniture', things: things([900, 6_400], 'Camp Chair', 'Folding Table') },
    ],
  },
  {
    slug: 'kitchen',
    name: 'Kitchen',
    kind: 'GEAR',
    children: [
      { slug: 'kettles', name: 'Kettles', things: things([180, 720], 'Kettle', 'Coffee Pot') },
      { slug: 'stoves', name: 'Stoves', things: things([90, 1_400], 'Stove', 'Fire Bowl') },
      { slug: 'bottles', name: 'Bottles', things: things([120, 560], 'Bottle', 'Water Filter', 'Mug') },
      { slug: 'cookware', name: 'Cookware', things: things([220, 1_600], 'Pot', 'Pan', 'Cutlery Set') },
    ],
  },
  {
    slug: 'fishing',
    name: 'Fishing',
    kind: 'GEAR',
    children: [
      { slug: 'rods', name: 'Rods', things: things([90, 420], 'Fly Rod', 'Spinning Rod') },
      { slug: 'reels', name: 'Reels', things: things([110, 480], 'Reel', 'Fly Reel') },
      { slug: 'nets', name: 'Nets', things: things([240, 900], 'Landing Net') },
      { slug: 'tackle', name: 'Tackle', things: things([30, 380], 'Fly Box', 'Tackle Box', 'Line Set') },
    ],
  },
];

export const rivers = [
  'Danube', 'Elbe', 'Loire', 'Tagus', 'Vistula', 'Drava', 'Neretva', 'Soča', 'Tarn', 'Ardèche', 'Oder', 'Havel',
  'Spree', 'Isar', 'Inn', 'Rhône', 'Ebro', 'Minho', 'Tay', 'Spey', 'Torne', 'Glomma', 'Gauja', 'Nemunas', 'Tisza',
  'Sava', 'Una', 'Vjosa', 'Drin', 'Po', 'Ticino', 'Verdon',
] as const; // prettier-ignore

export const series = [
  'Otter', 'Heron', 'Kingfisher', 'Beaver', 'Dipper', 'Grayling', 'Sturgeon', 'Crane', 'Mayfly', 'Willow', 'Alder',
  'Reed', 'Pebble', 'Rapid', 'Eddy', 'Weir', 'Delta', 'Spring', 'Shoal', 'Ferry', 'Meander', 'Estuary', 'Brook',
  'Floodplain', 'Sandbank', 'Cataract', 'Headwater', 'Backwater', 'Tributary', 'Oxbow',
] as const; // prettier-ignore

export const editions = [
  '',
  'Light',
  'Pro',
  'Classic',
  'Tour',
  'Solo',
  'Duo',
  'Family',
  'Expedition',
  'Mini',
] as const;

export const bookTitles = [
  'The Quiet {river}', 'A Year on the {river}', 'Down the {river}', '{river}: A {noun}', 'The {river} {noun}',
  'Where the {river} Bends', 'Letters from the {river}', 'The {series} and the {river}', 'Low Water on the {river}',
  'A {noun} for the {river}', 'The {series} {noun}', 'High Summer on the {river}',
] as const; // prettier-ignore

export const firstNames = [
  'Anna', 'Bram', 'Clara', 'Dario', 'Elif', 'Finn', 'Greta', 'Henrik', 'Ines', 'Jonas', 'Katya', 'Luca', 'Maren',
  'Nuno', 'Olga', 'Pavel', 'Rosa', 'Sven', 'Tilda', 'Vera',
] as const; // prettier-ignore

export const lastNames = [
  'Albrecht', 'Bergström', 'Costa', 'Dubois', 'Eriksen', 'Ferrari', 'Grünwald', 'Horvat', 'Ivanova', 'Jansen',
  'Kowalski', 'Lindqvist', 'Moreau', 'Novak', 'Okafor', 'Petrov', 'Quintana', 'Ruiz', 'Silva', 'Tanaka',
] as const; // prettier-ignore

export const sampleBrands: readonly (readonly [name: string, country: string])[] = [
  ['Ufer & Söhne', 'DE'], ['Stromwerk', 'DE'], ['Havelboot', 'DE'], ['Isarkind', 'DE'], ['Elbsand', 'DE'],
  ['Atelier Loire', 'FR'], ['Rivière', 'FR'], ['Pont Neuf Outdoor', 'FR'], ['Verdon Équipe', 'FR'],
  ['Fiume', 'IT'], ['Ticino Mare', 'IT'], ['Torrente', 'IT'], ['Ribera', 'ES'], ['Ebro Norte', 'ES'],
  ['Tejo', 'PT'], ['Douro & Filhos', 'PT'], ['Waterkant', 'NL'], ['Polder', 'NL'], ['Schelde', 'BE'],
  ['Fjordline', 'NO'], ['Glomma Works', 'NO'], ['Älv', 'SE'], ['Torne Trading', 'SE'], ['Suvanto', 'FI'],
  ['Koski', 'FI'], ['Å', 'DK'], ['Spey Side', 'GB'], ['Tweed & Tay', 'GB'], ['Corrib', 'IE'], ['Wisła', 'PL'],
  ['Narew', 'PL'], ['Vltava', 'CZ'], ['Drava Gear', 'HR'], ['Soča Supply', 'SI'], ['Tisza', 'HU'], ['Dunav', 'RS'],
  ['Struma', 'BG'], ['Aare', 'CH'], ['Inn Valley', 'AT'], ['Riverstone Press', 'GB'],
]; // prettier-ignore

export const materials = [
  'Merino wool', 'Organic cotton', 'Recycled nylon', 'Waxed canvas', 'Hemp', 'Linen', 'Recycled fleece', 'Neoprene',
] as const; // prettier-ignore

export const colours = ['River blue', 'Moss', 'Sand', 'Signal orange', 'Slate', 'Alder brown'] as const;

export const praise = [
  'Made for long days on and beside the water.',
  'Packs small, dries fast and forgives mistakes.',
  'Tried through one whole season on the {river} before it went on sale.',
  'Every part can be replaced with a screwdriver and some patience.',
  'A quiet companion that does one thing well.',
  'Built in small series and repaired free of charge for two years.',
  'What our own guides take along.',
  'Light enough to forget until it is needed.',
] as const;

export const bookPraise = [
  'Written from forty years of paddling and a drawer full of notebooks.',
  'With hand-drawn maps of every lock, weir and landing place.',
  'A slow book for fast water.',
  'Read it in a tent while it rains.',
  'For beginners who want to know why, and for old hands who have forgotten.',
  'The second edition adds the upper {river}.',
] as const;
