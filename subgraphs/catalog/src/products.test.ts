import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { testCatalogue, type TestCatalogue } from './test-catalogue.ts';

interface Page {
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly price: { readonly amount: number };
  }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
}

describe('products', () => {
  let shop: TestCatalogue;
  before(async () => {
    shop = await testCatalogue();
  });
  after(() => shop.close());

  const pageQuery = `query($first: Int, $after: String, $sort: ProductSort, $filter: ProductFilter) {
    products(first: $first, after: $after, sort: $sort, filter: $filter) {
      nodes { id name price { amount } } edges { cursor } pageInfo { hasNextPage endCursor } totalCount
    }
  }`;
  const page = async (variables: Record<string, unknown>): Promise<Page> => {
    const { data, errors } = await shop.ask(pageQuery, variables);
    assert.deepEqual(errors, []);
    return data?.['products'] as Page;
  };
  const allPages = async (variables: Record<string, unknown>): Promise<Page['nodes']> => {
    const nodes: Page['nodes'][number][] = [];
    let cursor: string | null = null;
    do {
      const next: Page = await page({ ...variables, first: 17, after: cursor });
      nodes.push(...next.nodes);
      cursor = next.pageInfo.hasNextPage ? next.pageInfo.endCursor : null;
    } while (cursor !== null);
    return nodes;
  };

  for (const sort of ['NEWEST', 'NAME', 'PRICE_ASC', 'PRICE_DESC']) {
    test(`pages by ${sort} show every product once`, async () => {
      const ids = (await allPages({ sort })).map(({ id }) => id);
      assert.equal(ids.length, 150);
      assert.equal(new Set(ids).size, 150);
    });
  }

  test('PRICE_DESC begins with the dearest', async () => {
    const amounts = (await allPages({ sort: 'PRICE_DESC' })).map(({ price }) => price.amount);
    assert.deepEqual(
      amounts,
      [...amounts].sort((a, b) => b - a),
    );
  });

  test('a filter by category counts the products of its children', async () => {
    const top = await page({ filter: { category: 'books' } });
    const children = await Promise.all(
      ['river-stories', 'nature-guides', 'outdoor-cooking', 'craft-and-repair'].map((category) =>
        allPages({ filter: { category } }),
      ),
    );
    assert.equal(top.totalCount, new Set(children.flat().map(({ id }) => id)).size);
    assert.ok(top.totalCount > 0);
  });

  test('price, kind and brand narrow the list', async () => {
    const all = await allPages({ filter: { kind: 'GEAR', minPrice: 2_000, maxPrice: 9_000 } });
    assert.ok(all.length > 0 && all.length < 50);
    assert.ok(all.every(({ price }) => price.amount >= 2_000 && price.amount <= 9_000));
    assert.equal((await page({ filter: { brand: 'no-such-brand' } })).totalCount, 0);
  });

  test('product p1 is a Book with the price of the contract', async () => {
    const { data } = await shop.ask('{ product(id: "p1") { __typename id price { amount currency } } }');
    assert.deepEqual(JSON.parse(JSON.stringify(data)), {
      product: { __typename: 'Book', id: 'p1', price: { amount: 8_418, currency: 'EUR' } },
    });
  });

  test('productsById keeps the order and says null where there is none', async () => {
    const { data } = await shop.ask('{ productsById(ids: ["p3", "nope", "p1", "p3"]) { id } }');
    assert.equal(JSON.stringify(data?.['productsById']), '[{"id":"p3"},null,{"id":"p1"},{"id":"p3"}]');
  });

  const refusals: readonly (readonly [what: string, field: string, argument: string])[] = [
    ['a cursor that is garbage', 'products(after: "%%%") { totalCount }', 'after'],
    [
      'a cursor of another order',
      'products(sort: NAME, after: "WyJORVdFU1QiLCJhIiwiYiJd") { totalCount }',
      'after',
    ],
    ['more than 100 at once', 'products(first: 101) { totalCount }', 'first'],
    ['a negative number', 'products(first: -1) { totalCount }', 'first'],
    [
      'bounds that exclude all',
      'products(filter: { minPrice: 5, maxPrice: 4 }) { totalCount }',
      'filter.minPrice',
    ],
    ['a picture of 5 pixels', 'product(id: "p1") { images { url(width: 5) } }', 'width'],
    ['a search for nothing', 'search(text: " ?! ") { totalCount }', 'text'],
    ['more variants than 100', 'product(id: "p1") { variants(first: 1000) { id } }', 'first'],
  ];
  for (const [what, field, argument] of refusals) {
    test(`${what} is refused with the argument's name`, async () => {
      const { errors } = await shop.ask(`{ ${field} }`);
      assert.equal(errors[0]?.extensions['code'], 'BAD_USER_INPUT');
      assert.equal(errors[0].extensions['argument'], argument);
    });
  }

  test('keys that no row can have are not looked for', async () => {
    const { data, statements } = await shop.ask('query($id: ID!) { product(id: $id) { id } }', {
      id: 'p\u0000',
    });
    assert.equal(data?.['product'], null);
    assert.deepEqual(statements, []);
  });

  test('lists in lists in lists end before they fill the memory', async () => {
    const deep = (levels: number): string =>
      levels === 0 ? 'id' : `brand { products(first: 100) { nodes { ${deep(levels - 1)} } } }`;
    const { errors } = await shop.ask(`{ products(first: 100) { nodes { ${deep(5)} } } }`);
    assert.equal(errors[0]?.extensions['code'], 'OPERATION_TOO_LARGE');
  });
});
