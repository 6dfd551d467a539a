/** A small federated graph with something of everything that needs protection. */

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@requires", "@external", "@shareable", "@interfaceObject", "@inaccessible",
  "@authenticated", "@requiresScopes", "@policy"])`;

const accounts = `${link}
type Query {
  ping: String
  me: User @authenticated
  users: [User!]!
  user(id: ID!): User
  actors: [Actor!]
  actor(id: ID!): Actor
  search: [Found!]
  auditLog: String @requiresScopes(scopes: [["admin"]])
  anything: Json
  echo(text: String, numbers: [Int!], input: EchoInput, level: Level): String
  many(count: Int!): [User!]
}
type Mutation {
  wipe: String @requiresScopes(scopes: [["admin"]])
  rename(id: ID!, name: String!): User
}
input EchoInput { text: String deep: EchoInput hiddenKey: String @inaccessible }
interface Actor { id: ID! name: String contact: String }
type User implements Actor @key(fields: "id") {
  id: ID!
  name: String
  contact: String @authenticated
  ssn: String @requiresScopes(scopes: [["a", "b"], ["c"]])
  salary: Int @policy(policies: [["payroll"]])
  clearance: Clearance
  note: Sealed
  card: Card
  strict: Strict
  best: User
  friends: [User!]
  level: Level
  blob: Json
  hidden: String @inaccessible
}
type Strict { open: String sealed: String! @authenticated }
type Bot implements Actor @key(fields: "id") { id: ID! name: String contact: String }
type Card @authenticated { number: String }
type AdminPanel @requiresScopes(scopes: [["admin"]]) { rootToken: String }
union Found = User | AdminPanel
enum Clearance @authenticated { RED GREEN }
enum Level { LOW HIGH TOP @inaccessible }
scalar Sealed @authenticated
scalar Json
`;

const library = `${link}
type Query { medias: [Media!] book(id: ID!): Book slowly: String }
interface Media @key(fields: "id") { id: ID! title: String }
type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
`;

const reviews = `${link}
type Query { topReviews(first: Int): [Review!] }
type User @key(fields: "id") {
  id: ID!
  ssn: String @external
  blob: Json @external
  blobSize: Int @requires(fields: "blob")
  riskScore: Int @requires(fields: "ssn") @requiresScopes(scopes: [["a", "b"], ["c"]])
  reviews: [Review!]
}
type Media @key(fields: "id") @interfaceObject {
  id: ID!
  rating: Float
  audience: String @authenticated
  reviews: [Review!]
}
scalar Json
type Review @key(fields: "id") { id: ID! body: String author: User media: Media }
`;

export const clubSchemas = { accounts, library, reviews } as const;

export type ClubSubgraph = keyof typeof clubSchemas;

type Row = Readonly<Record<string, unknown>>;
interface Named {
  readonly id: string;
}

/** Texts that nobody without the right may ever see, here or on any wire. */
export const secrets = {
  contact: 'canary-contact',
  ssn: 'canary-ssn',
  card: 'canary-card',
  rootToken: 'canary-root-token',
  note: 'canary-note',
  sealed: 'canary-sealed',
  audience: 'canary-audience',
  auditLog: 'canary-audit',
} as const;

const user = (id: string): Row => ({
  __typename: 'User',
  id,
  name: `Name ${id}`,
  contact: secrets.contact,
  ssn: secrets.ssn,
  salary: 77_777,
  clearance: 'RED',
  note: secrets.note,
  card: { number: secrets.card },
  strict: { open: 'open', sealed: secrets.sealed },
  level: 'LOW',
  blob: { some: 'json' },
  hidden: 'canary-hidden',
  best: () => user(`${id}0`.slice(0, 6)),
  friends: () => [user('1'), user('2')],
});
const bot: Row = { __typename: 'Bot', id: 'b1', name: 'Bot', contact: 'bot@club' };
const medias: readonly Row[] = [
  { __typename: 'Book', id: 'm1', title: 'A Book', pages: 12 },
  { __typename: 'Film', id: 'm2', title: 'A Film', minutes: 90 },
];
const review = (id: string): Row => ({
  id,
  body: `review ${id}`,
  author: { __typename: 'User', id: '1' },
  media: { __typename: 'Media', id: 'm1' },
});
const typeOf = { __resolveType: ({ __typename }: Row) => __typename };
const mediaById = ({ id }: Named) => medias.find((media) => media['id'] === id);

/** Resolvers of each subgraph; `me` is whom the forwarded header names. */
export const clubResolvers: Readonly<Record<ClubSubgraph, object>> = {
  accounts: {
    Query: {
      ping: () => 'pong',
      me: (_: unknown, __: unknown, { userId }: { readonly userId?: string }) => user(userId ?? 'nobody'),
      users: () => [user('1'), user('2')],
      user: (_: unknown, { id }: Named) => user(id),
      actors: () => [user('1'), bot],
      actor: (_: unknown, { id }: Named) => (id === 'b1' ? bot : user(id)),
      search: () => [user('1'), { __typename: 'AdminPanel', rootToken: secrets.rootToken }],
      auditLog: () => secrets.auditLog,
      anything: () => ({ some: ['json'] }),
      echo: (_: unknown, { text }: { readonly text?: string }) => text ?? null,
      many: (_: unknown, { count }: { readonly count: number }) =>
        Array.from({ length: count }, (__, index) => user(String(index))),
    },
    Mutation: { wipe: () => 'wiped', rename: (_: unknown, { id }: Named) => user(id) },
    Actor: typeOf,
    Found: typeOf,
    User: { __resolveReference: ({ id }: Named) => user(id) },
    Bot: { __resolveReference: () => bot },
  },
  library: {
    Query: { medias: () => medias, book: () => medias[0], slowly: () => 'done' },
    Media: { ...typeOf, __resolveReference: mediaById },
    Book: { __resolveReference: mediaById },
    Film: { __resolveReference: mediaById },
  },
  reviews: {
    Query: {
      topReviews: (_: unknown, { first = 2 }: { readonly first?: number }) =>
        Array.from({ length: first }, (__, index) => review(String(index))),
    },
    User: {
      __resolveReference: (reference: Row) => reference,
      riskScore: ({ ssn }: Row) => (typeof ssn === 'string' ? ssn.length : null),
      blobSize: ({ blob }: Row) => JSON.stringify(blob).length,
      reviews: () => [review('r1')],
    },
    Media: {
      __resolveReference: (reference: Row) => reference,
      rating: () => 4.5,
      audience: () => secrets.audience,
      reviews: () => [review('r2')],
    },
  },
};
