import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { searchable, searchWords } from './search-words.ts';
import { testCatalogue, type TestCatalogue } from './test-catalogue.ts';

interface Found {
  readonly totalCount: number;
  readonly nodes: readonly { readonly __typename: string; readonly name: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

describe('search', () => {
  let shop: TestCatalogue;
  before(async () => {
    shop = await testCatalogue(0.2);
  });
  after(() => shop.close());

  const search = async (variables: Record<string, unknown>): Promise<Found> => {
    const { data, errors } = await shop.ask(
      `query($text: String!, $first: Int, $after: String, $filter: ProductFilter) {
        search(text: $text, first: $first, after: $after, filter: $filter) {
          totalCount pageInfo { hasNextPage endCursor }
          nodes { __typename ... on Product { name } ... on Category { name } ... on Brand { name } }
        }
      }`,
      variables,
    );
    assert.deepEqual(errors, []);
    return data?.['search'] as Found;
  };
  const namesOf = ({ nodes }: Found): readonly string[] => nodes.map(({ name }) => name);

  test('the whole name comes first, then names that begin with the text', async () => {
    const found = await search({ text: 'Kettles' });
    assert.deepEqual(namesOf(found)[0], 'Kettles');
    assert.equal(found.nodes[0]?.__typename, 'Category');
    const beginning = namesOf(await search({ text: 'kettle', first: 100 }));
    assert.equal(beginning[0], 'Kettles');
    assert.ok(beginning.length > 1 && beginning.every((name) => /kettle/i.test(name)));
  });

  test('all words must be there, in any order and without their accents', async () => {
    const names = namesOf(await search({ text: 'GUIDE sóca', first: 100 }));
    assert.ok(names.length > 0);
    assert.ok(names.every((name) => name.includes('Soča') && name.includes('Guide')));
  });

  test('brands are found', async () => {
    const found = await search({ text: 'ufer sohne' });
    assert.deepEqual(
      found.nodes.map(({ __typename, name }) => [__typename, name]),
      [['Brand', 'Ufer & Söhne']],
    );
  });

  test('with a filter only products are found, and only those that fit', async () => {
    const all = await search({ text: 'kettle' });
    const found = await search({ text: 'kettle', filter: { maxPrice: 10_000 } });
    assert.ok(found.totalCount > 0 && found.totalCount < all.totalCount);
    assert.ok(found.nodes.every(({ __typename }) => __typename === 'Gear'));
  });

  test('pages show everything that was found once', async () => {
    const names: string[] = [];
    let cursor: string | null = null;
    let total = 0;
    do {
      const page: Found = await search({ text: 'ri', first: 7, after: cursor });
      names.push(...namesOf(page));
      total = page.totalCount;
      cursor = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (cursor !== null);
    assert.ok(total > 20);
    assert.equal(names.length, total);
  });

  for (const text of ["'; drop table product; --", '%', '_%', '\\', '"', 'a'.repeat(100), '日本語', '😀a']) {
    test(`the text ${text.slice(0, 12)} finds nothing or is refused, and breaks nothing`, async () => {
      const { errors } = await shop.ask('query($text: String!) { search(text: $text) { totalCount } }', {
        text,
      });
      assert.ok(errors.every(({ extensions }) => extensions['code'] === 'BAD_USER_INPUT'));
      const { data } = await shop.ask('{ products { totalCount } }');
      assert.equal(JSON.stringify(data), '{"products":{"totalCount":1000}}');
    });
  }

  test('a text is searched by its longest six words', () => {
    assert.deepEqual(searchWords('a bb ccc dddd eeeee ffffff ggggggg a'), [
      'ggggggg', 'ffffff', 'eeeee', 'dddd', 'ccc', 'bb',
    ]); // prettier-ignore
    assert.equal(searchable('  Älv,  Rhône! '), 'alv rhone');
  });
});
