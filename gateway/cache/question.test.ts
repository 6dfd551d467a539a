import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildASTSchema, parse } from 'graphql';
import { identities } from './variation.ts';
import { counters } from './counters.ts';
import { isSettled, learn, questions, type QuestionKit } from './question.ts';
import { schemaFacts } from './schema-facts.ts';

const supergraph = parse('type Query { product(id: ID): String }');

function stage() {
  const schema = buildASTSchema(supergraph);
  const all = {
    ...{ enabled: true, ttlMs: 0, privateId: 'sub', negativeTtlMs: 0, types: {} },
    ...{ staleWhileRevalidateMs: 0, staleIfErrorMs: 0 },
  };
  // Of settings and identities only what a document is read with.
  return questions({
    settings: { all, subgraphs: {} },
    facts: schemaFacts({ document: supergraph, schema, accessDirectives: new Set() }),
    ...{
      identities: identities(),
      identityHeaders: {},
      tellingOf: () => () => ({ headers: [], claims: '' }),
    },
    counters: counters(),
  } as unknown as QuestionKit);
}
const documentOf = (name: string, length: number): string => `{ product(id: "${name.padEnd(length, 'x')}") }`;

test('documents are remembered, as many as there is room for their texts', () => {
  const asking = stage();
  const small = documentOf('small', 10);
  const known = asking.learned('goods', small);
  assert.equal(asking.learned('goods', small), known);
  const large = Array.from({ length: 100 }, (_, at) => documentOf(String(at), 400_000));
  const first = large.map((one) => asking.learned('goods', one));
  const remembered = large.filter((one, at) => asking.learned('goods', one) === first[at]);
  assert.equal(remembered.length, 0, 'each pushes out one that is asked for later');
  const last = large.at(-1) ?? '';
  assert.equal(asking.learned('goods', last), asking.learned('goods', last));
});

test('several answers in a row say what the next will be; that none is kept is believed for a while', () => {
  const asked = stage().learned('goods', documentOf('a', 1));
  for (const became of ['skip', 'own', 'skip', 'skip'] as const) learn(asked, became, 0);
  assert.equal(isSettled(asked, 'skip', 0), false);
  learn(asked, 'skip', 0);
  assert.deepEqual([isSettled(asked, 'skip', 0), isSettled(asked, 'own', 0)], [true, false]);
  assert.equal(isSettled(asked, 'skip', 10_000), false);
});
