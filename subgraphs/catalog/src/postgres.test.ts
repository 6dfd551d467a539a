import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callerWith, testCatalogue } from './test-catalogue.ts';

const url = process.env['DATABASE_URL_TEST'];
const skip = url === undefined ? 'set DATABASE_URL_TEST to the address of a PostgreSQL to run this' : false;

const operations: readonly string[] = [
  ...['NEWEST', 'NAME', 'PRICE_ASC', 'PRICE_DESC'].map(
    (sort) => `{ products(first: 5, sort: ${sort}) { totalCount nodes { id } pageInfo { endCursor } } }`,
  ),
  '{ products(filter: { category: "books", kind: BOOK, minPrice: 1, maxPrice: 15000 }) { totalCount nodes { id } } }',
  `{ categories { slug children { slug parent { slug } products(first: 2, sort: NAME) { totalCount nodes {
     id brand { name } categories { slug } images { url } variants(first: 2) { sku price { amount } } } } } } }`,
  '{ brand(slug: "narew") { products(first: 3) { totalCount nodes { name } } } }',
  '{ search(text: "ri", first: 9) { totalCount nodes { __typename } pageInfo { endCursor } } }',
  '{ search(text: "river sto", filter: { kind: BOOK }) { totalCount nodes { ... on Product { id } } } }',
  `{ _entities(representations: [{ __typename: "Product", id: "p1" }, { __typename: "Variant", productId: "p2", sku: "W-2-1" }]) {
     ... on Product { id slug } ... on Variant { id } } }`,
];

test('PostgreSQL answers every query as the file database does', { skip }, async () => {
  const inFile = await testCatalogue();
  const inPostgres = await testCatalogue(undefined, { kind: 'postgres', url: url ?? '' });
  try {
    for (const operation of operations) {
      const [expected, actual] = [await inFile.ask(operation), await inPostgres.ask(operation)];
      assert.deepEqual([expected.errors, actual.errors], [[], []]);
      assert.equal(JSON.stringify(actual.data), JSON.stringify(expected.data));
      const cursor = /"endCursor":"([^"]+)"/.exec(JSON.stringify(expected.data))?.[1];
      if (cursor === undefined) continue;
      const next = operation.replace('first: ', `after: "${cursor}", first: `);
      assert.equal(
        JSON.stringify((await inPostgres.ask(next)).data),
        JSON.stringify((await inFile.ask(next)).data),
      );
    }
    const setPrice = 'mutation { setPrice(productId: "p1", amount: 77) { price { amount } } }';
    const { data } = await inPostgres.ask(setPrice, {}, callerWith('catalog:write'));
    assert.equal(JSON.stringify(data), '{"setPrice":{"price":{"amount":77}}}');
  } finally {
    await inPostgres.close();
    await inFile.close();
  }
});
