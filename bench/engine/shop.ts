/**
 * The shop of the public gateway benchmark (github.com/graphql-hive/graphql-gateways-benchmark, MIT), made again: the same
 * four schemas, as many users, products and reviews, and texts of the same lengths, so that the one heavy operation has
 * an answer of the same size. Names and texts are ours.
 */

export type SubgraphName = 'accounts' | 'inventory' | 'products' | 'reviews';

const link = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports}])\n`;

export const subgraphSchemas: Readonly<Record<SubgraphName, string>> = {
  accounts: `${link('"@key", "@shareable"')}
    type Query { me: User user(id: ID!): User users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
  inventory: `${link('"@key", "@external", "@requires"')}
    type Product @key(fields: "upc") {
      upc: String!
      weight: Int @external
      price: Int @external
      inStock: Boolean
      shippingEstimate: Int @requires(fields: "price weight")
    }`,
  products: `${link('"@key"')}
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `${link('"@key", "@external", "@provides"')}
    type Review @key(fields: "id") {
      id: ID!
      body: String
      product: Product
      author: User @provides(fields: "username")
    }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
};

/** The same shop in one piece: what every gateway's answer is compared with. */
export const wholeSchema = `
  type Query { me: User user(id: ID!): User users: [User] topProducts(first: Int = 5): [Product] }
  type User { id: ID! name: String username: String birthday: Int reviews: [Review] }
  type Product {
    upc: String! name: String price: Int weight: Int
    inStock: Boolean shippingEstimate: Int reviews: [Review]
  }
  type Review { id: ID! body: String product: Product author: User }`;

interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly birthday: number;
}

interface ProductRecord {
  readonly upc: string;
  readonly name: string;
  readonly price: number;
  readonly weight: number;
  readonly inStock: boolean;
}

interface ReviewRecord {
  readonly id: string;
  readonly body: string;
  readonly upc: string;
}

const user = (id: string, name: string, username: string): UserRecord => ({
  ...{ id, name, username },
  birthday: 946_684_800,
});

export const users: readonly UserRecord[] = [
  user('1', 'Ada Brandt-Lindqvist', 'adabl'),
  user('2', 'Jonas Weber', 'jonasweber'),
  user('3', 'Ines Carvalho', 'inescarvalho'),
  user('4', 'Tomas Okonkwo', 'tomasok'),
  user('5', 'Rita Sandoval', 'ritasandov'),
  user('6', 'Nils Aakre', 'nilsak'),
];

const product = (upc: string, name: string, numbers: readonly [number, number], inStock: boolean) => ({
  ...{ upc, name, inStock },
  price: numbers[0],
  weight: numbers[1],
});

export const products: readonly ProductRecord[] = [
  product('1', 'Bench', [899, 100], true),
  product('2', 'Divan', [1299, 1000], false),
  product('3', 'Carafe', [15, 20], false),
  product('4', 'Stool', [499, 100], false),
  product('5', 'Amp', [1299, 1000], true),
  product('6', 'Candle', [6999, 300], true),
  product('7', 'Stove', [3999, 2000], true),
  product('8', 'Freezer', [100_000, 6000], false),
  product('9', 'Futon', [9999, 800], true),
];

const words =
  'river weir gate stone water runs over the old mill wheel and turns it slowly while reeds bend in a light wind';

/** A text of exactly `length` characters that differs by `start`. */
function prose(length: number, start: number): string {
  const list = words.split(' ');
  let text = '';
  for (let at = start; text.length < length; at += 7) text += `${list[at % list.length] ?? ''} `;
  return `${text.slice(0, length - 1)}.`;
}

const lengths: readonly (readonly [upc: string, length: number])[] = [
  ['1', 445],
  ['1', 291],
  ['1', 274],
  ['1', 145],
  ['2', 445],
  ['2', 291],
  ['2', 274],
  ['2', 145],
  ['3', 145],
  ['4', 145],
  ['4', 852],
];

export const reviews: readonly ReviewRecord[] = lengths.map(([upc, length], index) => ({
  upc,
  id: String(index + 1),
  body: prose(length, index),
}));

export function shippingEstimate(price: number, weight: number): number {
  return price > 1000 ? 0 : Math.floor(weight / 2);
}

/** How many reviews every user has written; all of them are signed by the first user. */
export const reviewsOfAnyUser = reviews.slice(0, 2);
