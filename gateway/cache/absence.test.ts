import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeredWith, smallCache } from '../../test/gateway/small-cache.ts';
import { tagsToDrop, typeTag } from './entry-tags.ts';

const types = `
  type Query @join__type(graph: A) {
    product: Product products: [Product] search: [Found] thing: Thing shelf: Shelf
  }
  interface Thing @join__type(graph: A) { id: ID! }
  union Found @join__type(graph: A) = Product | Shelf
  type Shelf @join__type(graph: A) { name: String best: Product all: [[Product]] }
  type Product implements Thing @join__type(graph: A, key: "id") @join__type(graph: A, key: "code")
    @join__type(graph: B, key: "id") { id: ID! code: String price: Int }
  type User @join__type(graph: A, key: "id") { id: ID! }`;

const entity = { subgraph: 'a', type: 'Product', keys: new Map([['id', 'id=["1"]']]) };
const policy = 'public, max-age=60';

const places: readonly (readonly [document: string, absent: Record<string, unknown>])[] = [
  ['{product{id}}', { product: null }],
  ['{products{id}}', { products: [] }],
  ['{products{id}}', { products: [null] }],
  ['{search{__typename ...on Product{id}}}', { search: [] }],
  ['{thing{__typename id}}', { thing: null }],
  ['{shelf{name best{id}}}', { shelf: { name: 'x', best: null } }],
  ['{shelf{name all{id}}}', { shelf: { name: 'x', all: [[]] } }],
  ['{products{id} search{__typename}}', { products: [{ id: '2' }], search: [] }],
];
for (const [document, absent] of places) {
  test(`what is not there may come to be: ${document} with ${JSON.stringify(absent)}`, async () => {
    const drops = {
      entity: ({ facts }: ReturnType<typeof smallCache>) => tagsToDrop(facts(), entity),
      type: ({ facts }: ReturnType<typeof smallCache>) =>
        facts()
          .related('Product')
          .map((name) => typeTag('a', name)),
    };
    for (const tagsOf of Object.values(drops)) {
      const cache = smallCache({ types, answer: () => answeredWith(absent, policy) });
      await cache.ask({ document });
      await cache.ask({ document });
      assert.equal(cache.calls(), 1);
      await cache.drop(tagsToDrop(cache.facts(), { ...entity, type: 'User' }));
      await cache.ask({ document });
      assert.equal(cache.calls(), 1, 'what another type’s drop leaves alone');
      await cache.drop(tagsOf(cache));
      await cache.ask({ document });
      assert.equal(cache.calls(), 2);
    }
  });
}

test('what is asked for by a key of one field under another object’s name is dropped as either', async () => {
  const document = '{thing{...on Product{x: id} ...on Other{x: owner{id}}}}';
  const more = types
    .replace(
      'type User',
      'type Other implements Thing @join__type(graph: A) { id: ID! owner: User }\ntype User',
    )
    .replace('code: String price', 'code: String related: Product price');
  const answer = () => answeredWith({ thing: { x: { id: '1' } } }, policy);
  const asked = document.replace('x: id', 'x: related{id}');
  for (const type of ['Product', 'User']) {
    const cache = smallCache({ types: more, answer });
    await cache.ask({ document: asked });
    await cache.drop(tagsToDrop(cache.facts(), { ...entity, type }));
    await cache.ask({ document: asked });
    assert.equal(cache.calls(), 2, type);
  }
});

test('"there is no such thing" is believed at the root for its own time alone, and never stale', async () => {
  for (const [document, absent, isAbsent] of [
    ['{product{id}}', { product: null }, true],
    ['{products{id}}', { products: [{ id: '1' }, null] }, true],
    ['{products{id}}', { products: [{ id: '1' }] }, false],
    ['{shelf{name best{id}}}', { shelf: { name: 'x', best: null } }, false],
  ] as const) {
    const all = { negativeTtlMs: 1_000, staleWhileRevalidateMs: 60_000, staleIfErrorMs: 60_000 };
    const cache = smallCache({ types, all, answer: () => answeredWith(absent, policy) });
    await cache.ask({ document });
    cache.clock.now += 900;
    await cache.ask({ document });
    assert.equal(cache.calls(), 1);
    cache.clock.now += 200;
    await cache.ask({ document });
    assert.equal(cache.calls(), isAbsent ? 2 : 1, document);
    const without = smallCache({
      types,
      all: { negativeTtlMs: 0 },
      answer: () => answeredWith(absent, policy),
    });
    await without.ask({ document });
    await without.ask({ document });
    assert.equal(without.calls(), isAbsent ? 2 : 1, document);
  }
});
