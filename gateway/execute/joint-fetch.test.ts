import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { entityFetch, parallel, ran, rootFetch, sequence } from '../../test/execute/hand-made.ts';
import type { Answer, HandMade, Ran } from '../../test/execute/hand-made.ts';
import { WeirError } from '../model/errors.ts';
import { compile } from './execute.ts';
import { callContext, operationFrom } from '../../test/execute/federation.ts';
import { buildSchema } from 'graphql';

const schema = `
  type Book { id: ID! pages(from: Int): Int }
  type Film { id: ID! minutes(from: Int): Int }
  type Query { books: [Book] film: Film }
`;

const pages = entityFetch('books.@', ['Book', ['id'], 'pages']);
const minutes = entityFetch('film', ['Film', ['id'], 'minutes']);
const root = rootFetch('{books{__typename id}film{__typename id}}');
const found = {
  books: [
    { __typename: 'Book', id: 'b1' },
    { __typename: 'Book', id: 'b2' },
  ],
  film: { __typename: 'Film', id: 'f1' },
};
const data = (value: unknown): string => JSON.stringify({ data: value });
const served = '{"books":[{"pages":1},{"pages":2}],"film":{"minutes":90}}';

/** What each call says, by what it asks for. */
type Answers = Readonly<Record<'both' | 'pages' | 'minutes', Answer>>;

const right: Answers = {
  both: data({ _0: [{ pages: 1 }, { pages: 2 }], _1: [{ minutes: 90 }] }),
  pages: data({ _entities: [{ pages: 1 }, { pages: 2 }] }),
  minutes: data({ _entities: [{ minutes: 90 }] }),
};

function answering(answers: Answers): Exclude<HandMade['answers'], readonly Answer[]> {
  return ({ subgraph, body }) => {
    if (subgraph === 's') return data(found);
    const asks = (name: string): boolean => body.includes(`{${name}`);
    if (asks('pages') && asks('minutes')) return answers.both;
    return asks('pages') ? answers.pages : answers.minutes;
  };
}

const bothAsked = (answers: Partial<Answers> = {}, more: Partial<HandMade> = {}): Promise<Ran> =>
  ran({
    schema,
    query: '{ books { pages } film { minutes } }',
    plan: sequence(root, parallel(pages, minutes)),
    answers: answering({ ...right, ...answers }),
    ...more,
  });

const documentOf = (body: string | undefined): string =>
  (JSON.parse(body ?? '{}') as { readonly query: string }).query;

test('fetches of entities that a subgraph gets at the same time are one call', async () => {
  const result = await bothAsked();
  assert.equal(result.data, served);
  assert.equal(result.calls.length, 2);
  assert.equal(
    documentOf(result.calls[1]?.body),
    'query($representations_0:[_Any!]!$representations_1:[_Any!]!)' +
      '{_0:_entities(representations:$representations_0){...on Book{pages}}' +
      '_1:_entities(representations:$representations_1){...on Film{minutes}}}',
  );
  assert.deepEqual(result.sent[1], {
    representations_0: found.books,
    representations_1: [found.film],
  });
});

test('who weighs or limits calls is told how many entities stand behind each variable', async () => {
  const [, call] = (await bothAsked()).calls;
  assert.equal(call?.entityCount, 3);
  assert.deepEqual(call.joined?.entityCounts, { representations_0: 2, representations_1: 1 });
  assert.equal(call.parts, undefined);
});

test("the client's variables go along once, and none is taken for representations", async () => {
  const from = (type: string, field: string) =>
    `query Q($representations:[_Any!]!$representations_0:Int){_entities(representations:$representations){...on ${type}{${field}(from:$representations_0)}}}`;
  const part = { operationName: 'Q', variables: ['representations_0'] };
  const result = await bothAsked(
    {},
    {
      plan: sequence(
        root,
        parallel(
          { ...pages, ...part, document: from('Book', 'pages') },
          { ...minutes, ...part, document: from('Film', 'minutes') },
        ),
      ),
      query:
        'query Q($representations_0: Int) { books { pages(from: $representations_0) } film { minutes(from: $representations_0) } }',
      variables: { representations_0: 7 },
    },
  );
  assert.equal(result.data, served);
  assert.match(
    documentOf(result.calls[1]?.body),
    /^query Q\(\$_representations_0:\[_Any!\]!\$representations_0:Int,?\$_representations_1:\[_Any!\]!\)/,
  );
  assert.deepEqual(result.sent[1], {
    _representations_0: found.books,
    _representations_1: [found.film],
    representations_0: 7,
  });
});

test('a part without entities is left out, and one that is left goes as it would alone', async () => {
  const result = await bothAsked(
    {},
    { answers: (call) => (call.subgraph === 's' ? data({ ...found, film: null }) : answering(right)(call)) },
  );
  assert.equal(result.data, '{"books":[{"pages":1},{"pages":2}],"film":null}');
  assert.equal(documentOf(result.calls[1]?.body), pages.document);
});

test('an error of one part stands where the client asked for it; the rest is served', async () => {
  const errors = [{ message: 'torn', path: ['_0', 1, 'pages'] }];
  const both = JSON.stringify({
    data: { _0: [{ pages: 1 }, { pages: null }], _1: [{ minutes: 90 }] },
    errors,
  });
  const result = await bothAsked({ both });
  assert.equal(result.data, '{"books":[{"pages":1},{"pages":null}],"film":{"minutes":90}}');
  assert.deepEqual(
    result.errors.map(({ message, path }) => [message, path]),
    [['torn', ['books', 1, 'pages']]],
  );
  assert.equal(result.calls.length, 2);
});

test('a call that fails as a whole is an error at the place of each part', async () => {
  const error = new WeirError('SUBREQUEST_HTTP_ERROR', 'It is down.');
  const result = await bothAsked({ both: { kind: 'failed', error } });
  assert.equal(result.data, '{"books":[{"pages":null},{"pages":null}],"film":{"minutes":null}}');
  assert.deepEqual(
    result.errors.map(({ message, path }) => [message, path]),
    [
      ['It is down.', ['books']],
      ['It is down.', ['film', 'minutes']],
    ],
  );
  assert.equal(result.calls.length, 2);
});

test('when one part takes all data with it, the other is asked for alone', async () => {
  const both = JSON.stringify({ data: null, errors: [{ message: 'no list', path: ['_0'] }] });
  const result = await bothAsked({ both });
  assert.equal(result.data, '{"books":[{"pages":null},{"pages":null}],"film":{"minutes":90}}');
  assert.deepEqual(
    result.errors.map(({ message, path }) => [message, path]),
    [['no list', ['books']]],
  );
  assert.deepEqual(result.calls.map(({ body }) => documentOf(body)).slice(2), [minutes.document]);
});

test('a subgraph that refuses what is joined is asked part by part, and next time at once', async () => {
  const operation = operationFrom('{ books { pages } film { minutes } }');
  const plan = { root: sequence(root, parallel(pages, minutes)), internalKeys: {} };
  const run = compile({ plan, operation, denied: new Set(), schema: buildSchema(schema) });
  const documents: string[] = [];
  const refused = { message: 'Too many aliases.', path: undefined, extensions: undefined };
  const ask = () =>
    run({
      variables: {},
      context: callContext(),
      call: (call) => {
        documents.push(documentOf(call.body));
        const answer = answering(right)(call);
        const isJoined = call.joined !== undefined;
        const value = isJoined
          ? null
          : (JSON.parse(answer as string) as { data: Record<string, unknown> }).data;
        const errors = isJoined ? [refused] : [];
        return Promise.resolve({ kind: 'answered', data: value, errors, headers: {}, mayNeedEscape: false });
      },
    });
  for (let times = 0; times < 2; times += 1) {
    const result = await ask();
    assert.equal(result.data, served);
    assert.deepEqual(result.errors, []);
  }
  assert.equal(documents.length, 4 + 3);
  assert.deepEqual(documents.slice(5).sort(), [minutes.document, pages.document].sort());
});

test('an answer without the list of a part is an error at its place', async () => {
  const result = await bothAsked({ both: data({ _0: [{ pages: 1 }, { pages: 2 }] }) });
  assert.equal(result.data, '{"books":[{"pages":1},{"pages":2}],"film":{"minutes":null}}');
  assert.deepEqual(
    result.errors.map(({ extensions, path }) => [extensions.code, path]),
    [['SUBREQUEST_HTTP_ERROR', ['film', 'minutes']]],
  );
});

test('no call takes more representations for being joined', async () => {
  const result = await bothAsked({}, { settings: { maxRepresentations: 2 } });
  assert.equal(result.data, served);
  assert.deepEqual(
    result.calls.slice(1).map(({ entityCount, joined }) => [entityCount, joined]),
    [
      [2, undefined],
      [1, undefined],
    ],
  );
});

test('where joining is off each fetch is a call', async () => {
  const result = await bothAsked({}, { settings: { joins: (subgraph) => subgraph !== 'e' } });
  assert.equal(result.data, served);
  assert.equal(result.calls.length, 3);
});

test("a part's answer is rewritten as the plan says, and no other part's", async () => {
  const renamed = {
    ...pages,
    document: pages.document.replace('pages', 'pages__alias_0:pages'),
    outputRewrites: [{ kind: 'renameKey', path: [{ kind: 'key', name: 'pages__alias_0' }], to: 'pages' }],
  } as const;
  const both = data({ _0: [{ pages__alias_0: 1 }, { pages__alias_0: 2 }], _1: [{ minutes: 90 }] });
  const result = await bothAsked({ both }, { plan: sequence(root, parallel(renamed, minutes)) });
  assert.equal(result.data, served);
});

/** Books in two places, found by two calls, the second of which may be answered in a later turn. */
function twoPlaces(pagesAnswer: Answer, isLate = false): Promise<Ran> {
  const pagesAt = (path: string) => entityFetch(path, ['Book', ['id'], 'pages']);
  const rootOf = (field: string) => rootFetch(`{${field}{__typename id}}`);
  return ran({
    schema: `type Book { id: ID! pages: Int } type Query { old: [Book] new: [Book] }`,
    query: '{ old { pages } new { pages } }',
    plan: parallel(sequence(rootOf('old'), pagesAt('old.@')), sequence(rootOf('new'), pagesAt('new.@'))),
    answers: async ({ body }) => {
      if (body.includes('{old')) return data({ old: found.books });
      if (!body.includes('{new')) return pagesAnswer;
      if (isLate) await sleep(20);
      return data({ new: [...found.books].reverse() });
    },
  });
}

test('the same kind of entities in several places is one list, each entity once', async () => {
  const result = await twoPlaces(data({ _entities: [{ pages: 1 }, { pages: 2 }] }));
  assert.equal(result.data, '{"old":[{"pages":1},{"pages":2}],"new":[{"pages":2},{"pages":1}]}');
  assert.equal(result.calls.length, 3);
  assert.deepEqual(result.sent[2], { representations: found.books });
});

test('an error of an entity in such a list stands at each of its places', async () => {
  const errors = [{ message: 'torn', path: ['_entities', 1, 'pages'] }];
  const result = await twoPlaces(
    JSON.stringify({ data: { _entities: [{ pages: 1 }, { pages: null }] }, errors }),
  );
  assert.deepEqual(
    result.errors.map(({ path }) => path),
    [
      ['old', 1, 'pages'],
      ['new', 0, 'pages'],
    ],
  );
});

test('of such a list with too few entities nothing is used', async () => {
  const result = await twoPlaces(data({ _entities: [{ pages: 1 }] }));
  assert.equal(result.data, '{"old":[{"pages":null},{"pages":null}],"new":[{"pages":null},{"pages":null}]}');
  assert.deepEqual(
    result.errors.map(({ extensions, path }) => [extensions.code, path]),
    [
      ['SUBREQUEST_HTTP_ERROR', ['old']],
      ['SUBREQUEST_HTTP_ERROR', ['new']],
    ],
  );
});

test('nobody waits for a fetch that is not ready in the same turn', async () => {
  const result = await twoPlaces(data({ _entities: [{ pages: 1 }, { pages: 2 }] }), true);
  assert.equal(result.data, '{"old":[{"pages":1},{"pages":2}],"new":[{"pages":1},{"pages":2}]}');
  assert.equal(result.calls.length, 4);
});
