/** The supergraphs that growth is measured on: schemas of small subgraphs, which `subgraph-process.ts` answers for. */

export interface World {
  /** Schema by subgraph name. */
  readonly subgraphs: Readonly<Record<string, string>>;
}

const link = (imports: string): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: [${imports}])\n`;
const keyed = link('"@key"');

/** A shop of four subgraphs and, up to `count`, others that each add a field to its items and a type of their own. */
export function shopOf(count: number): World {
  const shop = {
    catalog: `${keyed}type Query { items(first: Int!): [Item!]! }
      type Item @key(fields: "id") { id: ID! name: String! price: Int! description: String }`,
    stock: `${keyed}type Item @key(fields: "id") { id: ID! stock: Stock } type Stock { count: Int! place: String }`,
    reviews: `${keyed}type Item @key(fields: "id") { id: ID! reviews: [Review!]! }
      type Review @key(fields: "id") { id: ID! body: String author: String }`,
    offers: `${keyed}type Item @key(fields: "id") { id: ID! discount: Int offers: [Offer!]! }
      type Offer { name: String! until: String }`,
  };
  const others = Array.from({ length: count - Object.keys(shop).length }, (_, number) => {
    const type = `Part${String(number)}`;
    const sdl = `${keyed}type Query { part${String(number)}(id: ID!): ${type} }
      type ${type} @key(fields: "id") { id: ID! name: String size: Int item: Item }
      type Item @key(fields: "id") { id: ID! part${String(number)}: ${type} }`;
    return [`part${String(number)}`, sdl] as const;
  });
  return { subgraphs: { ...shop, ...Object.fromEntries(others) } };
}

/** One call for the list, then one wave of three. */
export const shopQuery = (first: number): string => `query Items {
  items(first: ${String(first)}) { id name price stock { count } reviews { id body } discount } }`;

const hostileFields = 2;
const hostileSubgraphs = 8;

/** Every subgraph can go on from every place: the planner weighs all ways, for each root field of a mutation anew. */
export function hostile(): World {
  const links = Array.from({ length: hostileFields }, (_, field) => `n${String(field)}: Node @shareable`);
  const subgraphs = Array.from({ length: hostileSubgraphs }, (_, number) => {
    const sdl = `${link('"@key", "@shareable"')}type Query { root: Node @shareable }
      ${number === 0 ? 'type Mutation { change: Node }' : ''}
      type Node @key(fields: "id") { id: ID! own${String(number)}: String ${links.join(' ')} }`;
    return [`h${String(number)}`, sdl] as const;
  });
  return { subgraphs: Object.fromEntries(subgraphs) };
}

/** Takes the planner a second and a half a change. */
export function hostileMutation(changes: number): string {
  const selection = (depth: number): string => {
    if (depth === 0)
      return Array.from({ length: hostileSubgraphs }, (_, one) => `own${String(one)}`).join(' ');
    const inner = selection(depth - 1);
    return Array.from(
      { length: hostileFields },
      (_, field) => `n${String(field)} { own${String(field)} ${inner} }`,
    ).join(' ');
  };
  const fields = Array.from({ length: changes }, (_, number) => `c${String(number)}: change { ...Part }`);
  return `mutation Hostile { ${fields.join(' ')} } fragment Part on Node { ${selection(3)} }`;
}

export const hostileQuery = '{ root { id own0 own1 n0 { own2 } } }';

/** One subgraph that answers well and one that does not. */
export function halfBad(): World {
  return {
    subgraphs: {
      good: `${keyed}type Query { good: String items: [Item!]! } type Item @key(fields: "id") { id: ID! name: String }`,
      bad: `${keyed}type Query { bad: String } type Item @key(fields: "id") { id: ID! rating: Int }`,
    },
  };
}
