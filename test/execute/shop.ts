import { federation } from './federation.ts';
import type { Federation, Resolvers } from './federation.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject", "@provides", "@inaccessible", "@context", "@fromContext"])`;

/** Everything there is, as one graph: what the unsplit schema answers from. */
const people: Record<string, unknown>[] = [
  { __typename: 'User', id: '1', name: 'Ada', nick: 'zed', email: 'a@x', level: 3 },
  { __typename: 'User', id: '2', name: 'Bob', nick: null, email: '', level: 0 },
  { __typename: 'User', id: '3', name: 'Cy "the \\ one"', nick: '1', email: 'c@x', level: 7 },
  { __typename: 'Bot', id: '4', name: 'Bot', maker: 'Ada', level: 1 },
];
const media: Record<string, unknown>[] = [
  { __typename: 'Book', id: 'm1', title: 'B1', pages: 100, weight: { grams: 300, unit: 'g' }, rating: 4.5 },
  { __typename: 'Book', id: 'm2', title: 'B2', pages: null, weight: { grams: 0, unit: 'g' }, rating: 0 },
  { __typename: 'Film', id: 'm3', title: 'F', minutes: 90, rating: null },
];
const reviews: Record<string, unknown>[] = Array.from({ length: 6 }, (_, index) => ({
  __typename: 'Review',
  id: `r${String(index)}`,
  stars: index % 5,
  body: index === 3 ? null : `text ${String(index)}`,
}));
const at = (list: Record<string, unknown>[], index: number): Record<string, unknown> =>
  list[index % list.length] ?? {};
people.forEach((one, index) => {
  if (one['__typename'] !== 'User') return;
  one['best'] = index === 1 ? null : at(people, (index + 1) % 3);
  one['follows'] = [at(people, 3), at(people, index), at(people, index + 1)];
  one['shout'] = String(one['nick']).toUpperCase();
  one['reviews'] = reviews.filter((__, at_) => at_ % 3 === index);
});
media.forEach((one, index) => {
  one['reviews'] = reviews.filter((__, at_) => at_ % 3 === index);
  const { grams } = (one['weight'] ?? {}) as { grams?: number };
  one['shipping'] = ({ zone }: { zone?: string }) => (grams ?? 0) + (zone ?? '').length;
});
reviews.forEach((one, index) => {
  one['author'] = at(people, index % 3);
  one['media'] = at(media, index);
});

export const wholeShop: Record<string, unknown> = {
  me: people[0],
  users: people.slice(0, 3),
  actors: people,
  medias: media,
  book: ({ id }: { id: string }) =>
    media.find((one) => one['id'] === id && one['__typename'] === 'Book') ?? null,
  topReviews: ({ first }: { first?: number }) => reviews.slice(0, first ?? 3),
};

const byId = (list: Record<string, unknown>[]) => (reference: { id: string }) =>
  list.find((one) => one['id'] === reference.id) ?? null;
const pick = (one: unknown, ...keys: string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, (one as Record<string, unknown>)[key]]));

/** Four subgraphs, each knowing only its own part. */
export function splitShop(): Federation {
  return federation({
    accounts: {
      sdl: `${link}
        type Query { me: User users: [User!]! actors: [Actor!]! }
        interface Actor { id: ID! name: String }
        type User implements Actor @key(fields: "id") @key(fields: "email") { id: ID! name: String nick: String email: String best: User follows: [Actor] }
        type Bot implements Actor @key(fields: "id") { id: ID! name: String maker: String }`,
      resolvers: {
        Query: {
          me: () => wholeShop['me'],
          users: () => wholeShop['users'],
          actors: () => wholeShop['actors'],
        },
        User: { __resolveReference: byId(people) },
        Bot: { __resolveReference: byId(people) },
      },
    },
    catalog: {
      sdl: `${link}
        type Query { medias: [Media!]! book(id: ID!): Book }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int weight: Weight }
        type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
        type Weight @shareable { grams: Int unit: String }`,
      resolvers: {
        Query: {
          medias: () => media,
          book: (_: unknown, { id }: { id: string }) =>
            (wholeShop['book'] as (args: { id: string }) => unknown)({ id }),
        },
        Media: { __resolveReference: byId(media) },
        Book: { __resolveReference: byId(media) },
        Film: { __resolveReference: byId(media) },
      },
    },
    reviews: {
      sdl: `${link}
        type Query { topReviews(first: Int): [Review!] }
        type Media @key(fields: "id") @interfaceObject { id: ID! reviews: [Review!]! rating: Float }
        type Review @key(fields: "id") { id: ID! stars: Int body: String author: User media: Media }
        type User @key(fields: "id") { id: ID! reviews: [Review!]! }`,
      resolvers: {
        Query: { topReviews: (_: unknown, { first }: { first?: number }) => reviews.slice(0, first ?? 3) },
        Media: {
          __resolveReference: (reference: { id: string }) => ({
            ...pick(byId(media)(reference), 'id', 'reviews', 'rating'),
            __typename: 'Media',
          }),
        },
        Review: {
          __resolveReference: byId(reviews),
          author: (one: { author: unknown }) => pick(one.author, '__typename', 'id', 'reviews'),
          media: ({ media: one }: { media: unknown }) => pick(one, 'id', 'reviews', 'rating'),
        },
        User: {
          __resolveReference: (reference: { id: string }) =>
            pick(byId(people)(reference), '__typename', 'id', 'reviews'),
        },
      },
    },
    extras: {
      sdl: `${link}
        type Book @key(fields: "id") { id: ID! weight: Weight @external shipping(zone: String): Int @requires(fields: "weight { grams }") }
        type Weight @shareable { grams: Int unit: String }
        type User @key(fields: "id") { id: ID! nick: String @external level: Int shout: String @requires(fields: "nick") }
        type Bot @key(fields: "id") { id: ID! level: Int }`,
      resolvers: extras(),
    },
  });
}

function extras(): Resolvers {
  const level = ({ id }: { id: string }): unknown => byId(people)({ id })?.['level'];
  return {
    Book: {
      __resolveReference: (reference: unknown) => reference,
      shipping: ({ weight }: { weight?: { grams: number } }, { zone }: { zone?: string }) =>
        (weight?.grams ?? 0) + (zone ?? '').length,
    },
    User: {
      __resolveReference: (reference: unknown) => reference,
      level,
      shout: ({ nick }: { nick?: string | null }) => String(nick).toUpperCase(),
    },
    Bot: { __resolveReference: (reference: unknown) => reference, level },
  };
}
