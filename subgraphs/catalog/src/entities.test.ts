import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { testCatalogue, type TestCatalogue } from './test-catalogue.ts';

const query = `query($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Product { id slug }
    ... on Variant { sku productId }
    ... on Category { name }
    ... on Brand { name }
  }
}`;

describe('entities', () => {
  let shop: TestCatalogue;
  before(async () => {
    shop = await testCatalogue();
  });
  after(() => shop.close());
  const entities = async (...representations: readonly Record<string, unknown>[]) => {
    const { data, errors, statements } = await shop.ask(query, { representations });
    assert.deepEqual(errors, []);
    const list = JSON.parse(JSON.stringify(data?.['_entities'])) as (Record<string, unknown> | null)[];
    return { list, statements };
  };

  test('a Product of another subgraph is given its concrete type', async () => {
    const { list } = await entities(
      { __typename: 'Product', id: 'p1' },
      { __typename: 'Product', id: 'p2' },
      { __typename: 'Product', id: 'p3' },
    );
    assert.deepEqual(
      list.map((entity) => entity?.['__typename']),
      ['Book', 'Apparel', 'Gear'],
    );
  });

  test('a concrete type and either key find the same product', async () => {
    const [byId] = (await entities({ __typename: 'Book', id: 'p1' })).list;
    const { list } = await entities(
      { __typename: 'Book', slug: byId?.['slug'] },
      { __typename: 'Product', slug: byId?.['slug'] },
    );
    assert.deepEqual(list, [byId, byId]);
  });

  test('a product asked for as another type is not there', async () => {
    assert.deepEqual((await entities({ __typename: 'Gear', id: 'p1' })).list, [null]);
  });

  test('a variant is found by its id and by product and sku', async () => {
    const { list } = await entities(
      { __typename: 'Variant', id: 'v2-1' },
      { __typename: 'Variant', productId: 'p2', sku: 'W-2-1' },
      { __typename: 'Variant', productId: 'p3', sku: 'W-2-1' },
    );
    const found = { __typename: 'Variant', sku: 'W-2-1', productId: 'p2' };
    assert.deepEqual(list, [found, found, null]);
  });

  test('keys that are missing or of a wrong type find nothing', async () => {
    const { list, statements } = await entities(
      { __typename: 'Product', id: 7 },
      { __typename: 'Book' },
      { __typename: 'Variant', productId: 'p1' },
      { __typename: 'Category', slug: ['books'] },
      { __typename: 'Brand', slug: null },
    );
    assert.deepEqual(list, [null, null, null, null, null]);
    assert.deepEqual(statements, []);
  });

  test('more than a thousand representations are refused', async () => {
    const representations = Array.from({ length: 1_001 }, (_, n) => ({ __typename: 'Product', id: `p${n}` }));
    const { errors } = await shop.ask(query, { representations });
    assert.equal(errors[0]?.extensions['code'], 'OPERATION_TOO_LARGE');
  });

  const productFields = `id name price { amount } brand { name country } categories { name parent { name } }
    images { url } variants(first: 3) { sku price { amount } product { id } }`;
  test('the number of SQL statements does not grow with the number of entities', async () => {
    const source = `query($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Product { ${productFields} } }
    }`;
    const counts = [];
    for (const length of [3, 120]) {
      const representations = Array.from({ length }, (_, n) => ({ __typename: 'Product', id: `p${n + 1}` }));
      const { statements, errors } = await shop.ask(source, { representations });
      assert.deepEqual(errors, []);
      counts.push(statements.length);
    }
    assert.equal(counts[0], counts[1]);
    assert.ok(Number(counts[0]) <= 7, `${counts[0]} statements`);
  });

  const lists: readonly (readonly [what: string, source: string])[] = [
    [
      'a page of products',
      `query($n: Int) { products(first: $n) { totalCount nodes { ${productFields} } } }`,
    ],
    [
      'the category tree with products',
      `query($n: Int) { categories { children { products(first: $n) { totalCount nodes { ${productFields} } } } } }`,
    ],
    [
      'a search',
      `query($n: Int) { search(text: "r", first: $n) { totalCount nodes {
        ... on Product { ${productFields} }
        ... on Brand { products(first: 2) { totalCount nodes { id } } }
        ... on Category { products(first: 2) { totalCount nodes { id } } } } } }`,
    ],
  ];
  for (const [what, source] of lists) {
    test(`the number of SQL statements for ${what} does not grow with the page`, async () => {
      const few = await shop.ask(source, { n: 20 });
      const many = await shop.ask(source, { n: 60 });
      assert.deepEqual([few.errors, many.errors], [[], []]);
      assert.equal(many.statements.length, few.statements.length);
      assert.ok(many.statements.length <= 16, `${many.statements.length} statements`);
    });
  }
});
