import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { buildSchema } from 'graphql';
import type { Lookup, SharedStore } from '../model/store.ts';
import { documents, type Documents } from './documents.ts';

const schema = buildSchema('type Query { a: Int, b: Int }');
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

interface Shelf extends SharedStore {
  readonly texts: Map<string, string>;
  reads: number;
  isThere: boolean;
}

function shelf(): Shelf {
  const texts = new Map<string, string>();
  const found = (text: string | undefined): Lookup =>
    text === undefined ? { kind: 'miss' } : { kind: 'hit', text };
  const made: Shelf = {
    ...{ texts, reads: 0, isThere: true },
    read: (key) => {
      made.reads += 1;
      return Promise.resolve(made.isThere ? found(texts.get(key)) : { kind: 'unavailable' });
    },
    write: (key, text) => {
      if (made.isThere) texts.set(key, text);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return made;
}

const gateway = (store: SharedStore | undefined, maxBytes = 1_000_000): Documents =>
  documents({
    ...{ maxTokens: 1_000, introspection: true, suggestions: false },
    apq: { enabled: true, limit: 10, maxBytes, store },
    cache: { maxOperations: 10, maxBytes: 1_000_000 },
    admit: () => ({ ok: true, warnings: [] }),
  });

async function ask(stage: Documents, hash: string, query?: string): Promise<string> {
  const extensions = { persistedQuery: { version: 1, sha256Hash: hash } };
  const request = { method: 'POST' as const, query, operationName: undefined, extensions };
  const prepared = stage.known(request, schema) ?? (await stage.prepare(request, schema));
  return prepared.ok ? prepared.operation.text : prepared.refusal.code;
}

test('a text that one gateway was sent another one finds, and then keeps by itself', async () => {
  const store = shelf();
  const [one, other] = [gateway(store), gateway(store)];
  const hash = digest('{ a }');
  assert.equal(await ask(one, hash), 'PERSISTED_QUERY_NOT_FOUND');
  assert.equal(await ask(one, hash, '{ a }'), '{ a }');
  assert.equal(await ask(other, hash), '{ a }');
  const { reads } = store;
  store.isThere = false;
  assert.equal(await ask(other, hash), '{ a }');
  assert.equal(store.reads, reads);
});

test('what stands under a hash and is not of it is a miss', async () => {
  const store = shelf();
  const hash = digest('{ a }');
  for (const garbage of ['', 'x', '{ b }', '{ a } ']) {
    store.texts.set(hash, garbage);
    assert.equal(await ask(gateway(store), hash), 'PERSISTED_QUERY_NOT_FOUND', garbage);
  }
  assert.equal(await ask(gateway(store), hash, '{ a }'), '{ a }');
  assert.equal(store.texts.get(hash), '{ a }');
});

test('an invalid text is never shared', async () => {
  const store = shelf();
  assert.equal(await ask(gateway(store), digest('{ c }'), '{ c }'), 'GRAPHQL_VALIDATION_FAILED');
  assert.equal(await ask(gateway(store), digest('{ a }'), '{ b }'), 'PERSISTED_QUERY_HASH_MISMATCH');
  assert.equal(store.texts.size, 0);
});

test('without the store a client is asked for its text, and memory serves', async () => {
  const store = shelf();
  store.isThere = false;
  const alone = gateway(store);
  const hash = digest('{ a }');
  assert.equal(await ask(alone, hash), 'PERSISTED_QUERY_NOT_FOUND');
  assert.equal(await ask(alone, hash, '{ a }'), '{ a }');
  assert.equal(await ask(alone, hash), '{ a }');
});

test('texts in memory are bounded by their bytes', async () => {
  const small = gateway(undefined, 1_000);
  const texts = Array.from({ length: 8 }, (_, n) => `{ x${String(n)}: a ${'b '.repeat(50)}}`);
  for (const text of texts) await ask(small, digest(text), text);
  const kept = await Promise.all(texts.map((text) => ask(small, digest(text))));
  assert.equal(kept[0], 'PERSISTED_QUERY_NOT_FOUND');
  assert.equal(kept.at(-1), texts.at(-1));
});
