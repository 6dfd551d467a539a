import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { startClub, type Club } from './club.ts';
import type { Trouble } from './subgraph-server.ts';

let club: Club;
before(async () => {
  club = await startClub({ config: { supergraph: { introspection: false } } });
});
beforeEach(() => {
  club.forget();
  club.log.length = 0;
});
after(() => club.close());

const json = { 'content-type': 'application/json' };
const preflight = { 'apollo-require-preflight': '1' };

const introspections = [
  '{ __schema { types { name } } }', '{ s: __schema { queryType { name } } }', '{ __type(name: "User") { name } }',
  'query { ...f } fragment f on Query { __schema { types { name } } }', '{ ... on Query { __type(name: "Query") { fields { name } } } }',
  '{ ping __schema { directives { name } } }', 'query ($n: String!) { __type(name: $n) { name } }', 'query A { ping } query B { __schema { types { name } } }',
  '{ ... { ... { __schema { types { name } } } } }', '{ __schema @include(if: true) { types { name } } }', '\uFEFF{__schema{types{name}}}', 'mutation { __schema { types { name } } }',
]; // prettier-ignore

for (const query of introspections) {
  test(`the schema is not told to: ${query.slice(0, 60)}`, async () => {
    const variables = { n: 'User' };
    const answers = [
      await club.ask(query, { variables, operationName: query.includes('query B') ? 'B' : '' }),
      await club.send({ method: 'GET', path: `/graphql?operationName=${query.includes('query B') ? 'B' : ''}&query=${encodeURIComponent(query)}&variables={"n":"User"}`, headers: preflight }),
    ]; // prettier-ignore
    for (const { status, text } of answers) {
      assert.ok(status >= 400 && status < 500, text);
      assert.doesNotMatch(text, /"types"|"queryType"|"fields"|UserX/);
    }
  });
}

test('__typename is no secret', async () => {
  assert.deepEqual((await club.ask('{ __typename users { __typename } }')).data, {
    __typename: 'Query',
    users: [{ __typename: 'User' }, { __typename: 'User' }],
  });
});

const misspellings: readonly (readonly [string, unknown?])[] = [
  ['{ pin }'], ['{ users { contac } }'], ['{ user(idd: 1) { id } }'], ['{ users { ... on Usr { id } } }'], ['{ echo(level: HIG) }'],
  ['{ echo(input: { tex: "a" }) }'], ['query ($l: Level) { echo(level: $l) }', { l: 'HIG' }], ['query ($i: EchoInput) { echo(input: $i) }', { i: { tex: 1 } }],
  ['query ($l: Leve) { ping }'], ['{ ping @inclu(if: true) }'], ['mutation { wip }'], ['{ users { hidde } }'], ['{ echo(level: TO) }'],
  ['{ search { contact } }'], ['{ actors { ssn } }'], ['query ($v: Int) { echo(text: $w) }'],
]; // prettier-ignore

for (const [query, variables] of misspellings) {
  test(`no names are given away to who misspells: ${query.slice(0, 50)}`, async () => {
    const answer = await club.ask(query, { variables });
    assert.equal(answer.status, 400);
    assert.doesNotMatch(answer.text, /Did you mean|"ping"|hidden|TOP|\bHIGH\b|"contact"\?|Bot\b|wipe/);
  });
}

for (const query of [
  '{ _service { sdl } }', '{ _entities(representations: []) { __typename } }', 'query ($r: [_Any!]!) { ping }',
  '{ users { ... on _Entity { __typename } } }', 'query ($g: join__Graph) { ping }', '{ ping @join__field(graph: ACCOUNTS) }',
]) {
  test(`what is federation's own is unknown: ${query}`, async () => {
    assert.equal((await club.ask(query)).status, 400);
    assert.deepEqual(club.asked(), []);
  });
} // prettier-ignore

const secret =
  /db\.internal|hunter2|SELECT|at \/srv|10\.0\.0\.7|canary|stacktrace|127\.0\.0\.1|ECONN|accounts|undici/;
const body =
  (value: unknown): Trouble =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Trouble =>
  (response) => {
    response.writeHead(code, headers).end('<h1>canary db.internal at /srv/app.js</h1>');
  };
const troubles: Readonly<Record<string, Trouble>> = {
  'an error that tells everything': body({ data: null, errors: [{ message: 'SELECT password FROM db.internal -- hunter2', path: ['user'], extensions: { code: 'at /srv/app.js:1', stacktrace: ['at /srv'], exception: { host: '10.0.0.7' } } }] }),
  'HTML': status(200, { 'content-type': 'text/html' }),
  'status 401': status(401),
  'status 500': status(500),
  'a redirect': status(307, { location: 'http://127.0.0.1:1/' }),
  'garbage': (response) => void response.end('canary{{{'),
  'a reset': (response) => void response.destroy(),
}; // prettier-ignore

for (const [what, trouble] of Object.entries(troubles)) {
  test(`clients are told that something failed and not what: ${what}`, async () => {
    club.subgraphs.accounts.trouble = trouble;
    const answer = await club.ask('{ user(id: 1) { name } }');
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.data, { user: null });
    assert.equal(answer.codes.length, 1);
    assert.doesNotMatch(answer.text, secret);
    assert.equal(club.subgraphs.accounts.asked.length, 1);
  });
}

const malformed = [
  '', ' ', 'null', 'true', '1', '"x"', '[]', '{}', '[1]', '{', '}', '{"query"}', '{"query":null}', '{"query":1}', '{"query":""}', '{"query":{}}',
  '{"query":["{ ping }"]}', '{"query":"{ ping }","variables":[]}', '{"query":"{ ping }","variables":"x"}', '{"query":"{ ping }","variables":1}',
  '{"query":"{ ping }","operationName":1}', '{"query":"{ ping }","operationName":{}}', '{"query":"{ ping }","extensions":[]}', '{"query":"{ ping }","extensions":"x"}',
  '{"query":"{ ping"}', '{"query":"ping"}', '{"query":"subscription { x }"}', '{"query":"query A { ping } query B { ping }"}', '{"query":"{ ping }","operationName":"nope"}',
  '{"query":"fragment f on Query { ping }"}', '{"query":"type Query { a: Int }"}', '{"query":"schema { query: Query }"}', '{"query":"\\u0000"}', '{"query":"{ ping }"}x',
  '{"__proto__":{"query":"{ ping }"}}', '{"constructor":{"prototype":{"query":"{ ping }"}}}', '\uFEFF{"query": 1}', '{"query":"{ ping(a: 1) }"}', '{"extensions":{"persistedQuery":"x"}}',
]; // prettier-ignore

for (const text of malformed) {
  test(`a body that is none is refused and says nothing of us: ${JSON.stringify(text).slice(0, 60)}`, async () => {
    const answer = await club.send({ headers: json, body: text });
    assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
    assert.ok(answer.codes.length >= 1);
    assert.equal(answer.data, undefined);
    assert.doesNotMatch(
      answer.text,
      /node_modules|\.ts:|\.js:|at \w+ \(|Unexpected token|SyntaxError|TypeError/,
    );
    assert.deepEqual(club.asked(), []);
  });
}

for (const [query, variables] of [
  ['query ($n: [Int!]) { echo(numbers: $n) }', { n: 'swordfish' }],
  ['query ($n: [Int!]) { echo(numbers: $n) }', { n: [1, 'swordfish'] }],
  ['query ($l: Level) { echo(level: $l) }', { l: 'swordfish' }],
  ['query ($i: EchoInput) { echo(input: $i) }', { i: 'swordfish' }],
  ['query ($i: EchoInput) { echo(input: $i) }', { i: { deep: { text: { a: 'swordfish' } } } }],
] as const) {
  test(`a wrong value is not repeated: ${JSON.stringify(variables)}`, async () => {
    const answer = await club.ask(query, { variables });
    assert.deepEqual([answer.status, answer.codes], [400, ['BAD_USER_INPUT']]);
    assert.doesNotMatch(answer.text, /swordfish/);
  });
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (hash: unknown, more: object = {}) => ({
  headers: json,
  body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: hash } }, ...more }),
});

test('a text that does not match its hash is refused and not remembered', async () => {
  const hash = hashOf('{ ping }');
  const wrong = await club.send(persisted(hash, { query: '{ users { id } }' }));
  assert.deepEqual([wrong.status, wrong.codes], [400, ['PERSISTED_QUERY_HASH_MISMATCH']]);
  assert.deepEqual((await club.send(persisted(hash))).codes, ['PERSISTED_QUERY_NOT_FOUND']);
  assert.deepEqual(club.asked(), []);
});

for (const hash of [
  1, null, true, [], {}, '', ' ', 'x', '../../etc/passwd', '__proto__', 'constructor', 'toString', '*', 'a'.repeat(64), 'A'.repeat(64), '\r\nDEL x', 'a'.repeat(5000), 'é'.repeat(64),
]) {
  test(`an odd hash does no harm: ${JSON.stringify(hash).slice(0, 40)}`, async () => {
    const answer = await club.send(persisted(hash));
    assert.ok(answer.status === 200 || answer.status === 400, answer.text);
    assert.ok(answer.codes.length > 0);
    assert.deepEqual(club.asked(), []);
  });
} // prettier-ignore

test('every rule holds for operations sent by hash: authorization, limits, GET', async () => {
  const sendTwice = async (query: string) => {
    await club.send(persisted(hashOf(query), { query }));
    return club.send(persisted(hashOf(query)));
  };
  const contact = await sendTwice('{ user(id: 1) { contact } }');
  assert.deepEqual(contact.data, { user: { contact: null } });
  const aliases = `{ users { ${Array.from({ length: 101 }, (_, index) => `a${String(index)}: name`).join(' ')} } }`;
  assert.equal((await sendTwice(aliases)).data, undefined);
  const mutation = 'mutation { rename(id: 1, name: "x") { id } }';
  assert.deepEqual((await sendTwice(mutation)).data, { rename: { id: '1' } });
  club.forget();
  const extensions = encodeURIComponent(JSON.stringify({ persistedQuery: { version: 1, sha256Hash: hashOf(mutation) } }));
  const byGet = await club.send({ method: 'GET', path: `/graphql?extensions=${extensions}`, headers: preflight });
  assert.equal(byGet.status, 405);
  assert.deepEqual(club.asked(), []);
}); // prettier-ignore

for (const [what, batch] of [
  ['one', [{ query: '{ ping }' }]], ['two', [{ query: '{ ping }' }, { query: '{ ping }' }]],
  ['1,000', Array.from({ length: 1000 }, () => ({ query: '{ ping }' }))], ['nested', [[{ query: '{ ping }' }]]],
] as const) {
  test(`a batch of ${what} is refused and nothing of it runs`, async () => {
    const answer = await club.send({ headers: json, body: JSON.stringify(batch) });
    assert.equal(answer.status, 400);
    assert.deepEqual(club.asked(), []);
  });
} // prettier-ignore

const poison = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'isPrototypeOf',
  'then',
  'toJSON',
];

for (const name of poison) {
  test(`${name} as an alias, a variable and a key is a name like any other`, async () => {
    const legal = !name.startsWith('__');
    const query = `query ($${name}: ID!) { ${name}: user(id: $${name}) { ${name}: name best { ${name}: id } reviews { ${name}: body } }
      medias { ${name}: title rating ... on Book { ${name}: title reviews { ${name}: body } } } }`;
    const answer = await club.ask(query, { variables: { [name]: '1' } });
    if (answer.status === 200) {
      const data = answer.data as Record<string, Readonly<Record<string, unknown>>>;
      assert.ok(Object.hasOwn(data, name), answer.text);
      assert.match(answer.text, /"Name 1".*review r1.*A Book/s);
    } else assert.ok(!legal && answer.status === 400, answer.text);
    await club.ask('query ($i: EchoInput) { echo(input: $i) }', { variables: JSON.parse(`{"i":{"${name}":1}}`) });
    await club.send({ headers: json, body: `{"query":"{ ping }","${name}":{"polluted":1},"extensions":{"${name}":{"polluted":1}}}` });
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
    assert.equal((await club.ask('{ ping users { id } }')).text, '{"data":{"ping":"pong","users":[{"id":"1"},{"id":"2"}]}}');
  });
} // prettier-ignore

test('an alias chain of constructor and prototype over an entity fetch changes nothing for those after it', async () => {
  await club.ask('{ constructor: users { prototype: reviews { polluted: body } constructor: best { prototype: reviews { polluted: body } } } }');
  assert.equal(Reflect.get({}, 'polluted'), undefined);
  const answer = await club.ask('{ users { id reviews { body } } }');
  assert.deepEqual(answer.codes, []);
  assert.doesNotMatch(club.asked().at(-1)?.body ?? '', /polluted/);
}); // prettier-ignore

const logged = (): string => club.log.join('');

test('the log holds no token, cookie, key, variable or text of an operation', async () => {
  const token = club.issuer.token({ sub: 'ada' });
  const headers = { cookie: 'session=swordfish', 'x-api-key': 'swordfish' };
  await club.ask('query Named($t: String) { echo(text: $t) }', {
    token,
    headers,
    variables: { t: 'swordfish' },
  });
  await club.ask('query ($n: [Int!]) { echo(numbers: $n) }', { variables: { n: ['swordfish'] }, headers });
  await club.ask('{ ping(swordfish: "swordfish") }', { token: `${token}x`, headers });
  await club.ask('{ swordfish(', { headers });
  assert.equal(club.log.length, 4, logged());
  assert.match(logged(), /"operation":"Named"/);
  assert.match(logged(), /"subject":"ada"/);
  assert.doesNotMatch(logged(), /swordfish|Bearer/);
  for (const part of token.split('.')) assert.ok(!logged().includes(part));
});

test('what a caller or a subgraph writes cannot break a log line', async () => {
  const nasty = 'a\r\n{"level":"error"}\u2028\u001b[31m';
  await club.ask('query A { ping }', {
    operationName: 'A',
    headers: { 'apollographql-client-name': 'x\ty', 'x-request-id': 'a b' },
    token: club.issuer.token({ sub: nasty }),
  });
  club.subgraphs.accounts.trouble = body({ errors: [{ message: nasty, extensions: { code: nasty } }] });
  await club.ask('{ users { id } }');
  for (const line of club.log) {
    assert.doesNotMatch(line.slice(0, -1), /[\r\n\u001b\u2028]/);
    assert.doesNotThrow(() => JSON.parse(line));
  }
});

test('300 bad requests of 2 kB are 300 short lines', async () => {
  await Promise.all(
    Array.from({ length: 300 }, (_, index) => club.ask(`{ ${'x'.repeat(2000)}${String(index)} }`, { operationName: 'y'.repeat(2000) })),
  ); // prettier-ignore
  assert.equal(club.log.length, 300);
  for (const line of club.log) assert.ok(line.length < 1500, line);
});

test('extensions of the client reach no subgraph', async () => {
  await club.send({ headers: json, body: '{"query":"{ ping }","extensions":{"trace":"canary-trace"}}' });
  assert.doesNotMatch(JSON.stringify(club.asked()), /canary-trace/);
});
