import { randomOf } from './random.ts';

// The catalog makes its sample names in the same way. Its titles are repeated here as an invoice would: as they were when
// the order was placed.
const productSeed = 4_102;

const shelves = [
  [
    ['Novel', 'Tales'], ['Field Guide', 'Handbook'], ['Cookbook'], ['Manual', 'Workbook'],
    ['River Map'], ['Hiking Map'], ['Atlas'], ['Logbook', 'Journal'],
  ],
  [
    ['Rain Jacket', 'Anorak', 'Wind Jacket'], ['Base Layer', 'Shirt', 'Sweater', 'Vest'],
    ['Trousers', 'Shorts', 'Overtrousers'], ['Beanie', 'Sun Hat', 'Gloves'],
    ['Boots', 'Rubber Boots'], ['River Shoes', 'Sandals'], ['Socks', 'Neoprene Socks'], ['Waders'],
  ],
  [
    ['Canoe', 'Kayak', 'Packraft'], ['Paddle', 'Double Paddle'], ['Dry Bag', 'Barrel', 'Deck Bag'], ['Life Vest', 'Throw Bag'],
    ['Tent', 'Tarp', 'Hammock'], ['Sleeping Bag', 'Sleeping Mat'], ['Headlamp', 'Lantern', 'Solar Panel', 'Charger'],
    ['Camp Chair', 'Folding Table'], ['Kettle', 'Coffee Pot'], ['Stove', 'Fire Bowl'], ['Bottle', 'Water Filter', 'Mug'],
    ['Pot', 'Pan', 'Cutlery Set'], ['Fly Rod', 'Spinning Rod'], ['Reel', 'Fly Reel'], ['Landing Net'],
    ['Fly Box', 'Tackle Box', 'Line Set'],
  ],
] as const; // prettier-ignore

const rivers = [
  'Danube', 'Elbe', 'Loire', 'Tagus', 'Vistula', 'Drava', 'Neretva', 'Soča', 'Tarn', 'Ardèche', 'Oder', 'Havel',
  'Spree', 'Isar', 'Inn', 'Rhône', 'Ebro', 'Minho', 'Tay', 'Spey', 'Torne', 'Glomma', 'Gauja', 'Nemunas', 'Tisza',
  'Sava', 'Una', 'Vjosa', 'Drin', 'Po', 'Ticino', 'Verdon',
] as const; // prettier-ignore

const series = [
  'Otter', 'Heron', 'Kingfisher', 'Beaver', 'Dipper', 'Grayling', 'Sturgeon', 'Crane', 'Mayfly', 'Willow', 'Alder',
  'Reed', 'Pebble', 'Rapid', 'Eddy', 'Weir', 'Delta', 'Spring', 'Shoal', 'Ferry', 'Meander', 'Estuary', 'Brook',
  'Floodplain', 'Sandbank', 'Cataract', 'Headwater', 'Backwater', 'Tributary', 'Oxbow',
] as const; // prettier-ignore

const editions = [
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

const bookTitles = [
  'The Quiet {river}', 'A Year on the {river}', 'Down the {river}', '{river}: A {noun}', 'The {river} {noun}',
  'Where the {river} Bends', 'Letters from the {river}', 'The {series} and the {river}', 'Low Water on the {river}',
  'A {noun} for the {river}', 'The {series} {noun}', 'High Summer on the {river}',
] as const; // prettier-ignore

/** The name of the sample product `p<number>`. */
export function sampleTitle(number: number): string {
  const random = randomOf(productSeed, number);
  const kind = (number - 1) % 3;
  const noun = random.pick<string>(random.pick<readonly string[]>(shelves[kind] ?? shelves[0]));
  const river = random.pick(rivers);
  if (kind === 0) {
    const title = random.pick(bookTitles);
    return title.replace('{river}', river).replace('{noun}', noun).replace('{series}', random.pick(series));
  }
  return [random.pick(series), noun, random.pick(editions)].filter((part) => part !== '').join(' ');
}

/** The price of the sample product `p<number>`, in cents. */
export const samplePrice = (number: number): number => 499 + ((number * 7_919) % 19_500);
