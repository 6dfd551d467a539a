import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { raw, startClub, type Answer, type Club } from './club.ts';

let club: Club;
before(async () => {
  club = await startClub({
    config: {
      limits: {
        http_max_request_bytes: '256KB',
        http_headers_timeout: '1s',
        http_body_timeout: '1s',
        parser_max_tokens: 5000,
        max_depth: 20,
        max_aliases: 100,
        max_root_fields: 50,
      },
    },
  });
  await club.ask('{ ping }');
});
beforeEach(() => club.forget());
after(() => club.close());

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (open: string, close: string, count: number): string =>
  open.repeat(count) + close.repeat(count);

const doubling = (levels: number): string =>
  `{ user(id: 1) { ...f0 } } ${times(levels, (n) => `fragment f${String(n)} on User { a${String(n)}: best { ...f${String(n + 1)} } b${String(n)}: best { ...f${String(n + 1)} } }`)} fragment f${String(levels)} on User { id }`;
const sameLevel = (levels: number): string =>
  `{ user(id: 1) { ...f0 } } ${times(levels, (n) => `fragment f${String(n)} on User { ...f${String(n + 1)} ...f${String(n + 1)} }`)} fragment f${String(levels)} on User { best { id } }`;
const typeSwitch = (depth: number): string =>
  `{ actors { ${'... on User { ... on Actor { '.repeat(depth)} name ${'} } '.repeat(depth)} } }`;
const interfaces = (depth: number): string =>
  `{ medias { ${'reviews { media { title ... on Book { pages } ... on Film { minutes } '.repeat(depth)} id ${'} } '.repeat(depth)} } }`;
const conditions = (count: number): string =>
  `query (${times(count, (n) => `$v${String(n)}: Boolean!`)}) { users { ${times(count, (n) => `n${String(n)}: name @include(if: $v${String(n)}) reviews @skip(if: $v${String(n)}) { b${String(n)}: body @include(if: $v${String(n)}) }`)} } }`;

/** Operations that would cost more to understand than to refuse. */
const bombs: Readonly<Record<string, { query: string; variables?: unknown; mayRun?: true }>> = {
  'fragments that double at each of 24 levels': { query: doubling(24) },
  'fragments spread twice at each of 24 levels': { query: sameLevel(24) },
  '200 fragments spread twice at each level': { query: sameLevel(200) },
  'switching between types 300 times': { query: typeSwitch(300) },
  'interfaces 14 deep': { query: interfaces(14) },
  '12,000 nested selections': { query: nested('{ best ', '}', 12_000) },
  '20,000 nested lists': { query: `{ echo(numbers: ${nested('[', ']', 20_000)}) }` },
  '20,000 nested list types': { query: `query ($v: ${nested('[', ']', 20_000)}) { ping }` },
  '8,000 nested input objects': { query: `{ echo(input: ${'{deep:'.repeat(8000)}{}${'}'.repeat(8000)}) }` },
  '7,000 chained fragments': { query: `{ ...f0 } ${times(7000, (n) => `fragment f${String(n)} on Query { ...f${String(n + 1)} }`)} fragment f7000 on Query { ping }` },
  '500 chained fragments': { query: `{ ...f0 } ${times(500, (n) => `fragment f${String(n)} on Query { ...f${String(n + 1)} }`)} fragment f500 on Query { ping }` },
  'fragments in a circle': { query: '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }' },
  'a fragment that spreads itself': { query: '{ users { ...a } } fragment a on User { best { ...a } }' },
  '4,000 unknown directives': { query: `{ ping ${times(4000, (n) => `@d${String(n)}`)} }` },
  '600 known directives': { query: `{ ping ${times(600, () => '@include(if: true)')} }` },
  '3,500 unknown fields': { query: `{ ${times(3500, (n) => `u${String(n)}`)} }` },
  '900 unknown types': { query: `query (${times(900, (n) => `$v${String(n)}: T${String(n)}`)}) { ping }` },
  '30,000 wrong list items': { query: 'query ($n: [Int!]) { echo(numbers: $n) }', variables: { n: Array.from({ length: 30_000 }, () => 'x') } },
  'a field name of 100 kB': { query: `{ ${'x'.repeat(100_000)} }` },
  '1,200 operations': { query: times(1200, (n) => `query q${String(n)} { ping }`) },
  '101 aliases': { query: `{ users { ${times(101, (n) => `a${String(n)}: name`)} } }` },
  '160 aliases through a fragment': { query: `{ ${times(16, (n) => `u${String(n)}: users { ...f }`)} } fragment f on User { ${times(10, (n) => `a${String(n)}: name`)} }` },
  '21 levels': { query: `{ user(id: 1) ${'{ best '.repeat(20)} { id } ${'}'.repeat(20)} }` },
  '21 levels through fragments': { query: `{ user(id: 1) { ...f0 } } ${times(20, (n) => `fragment f${String(n)} on User { best { ...f${String(n + 1)} } }`)} fragment f20 on User { id }` },
  '51 root fields': { query: `{ ${times(51, (n) => `a${String(n)}: ping`)} }` },
  '6,000 tokens': { query: `{ ${times(6000, () => 'ping')} }` },
  'nested introspection': { query: `{ __schema { types { ${'fields { type { '.repeat(10)} name ${'} } '.repeat(10)} } } }`, mayRun: true },
}; // prettier-ignore

/** Runs it while another caller asks all the time, and is answered each time. */
async function whileOthersAsk(run: () => Promise<Answer>): Promise<Answer> {
  let over = false;
  const probe = async (): Promise<void> => {
    while (!over) assert.deepEqual((await club.ask('{ ping }')).data, { ping: 'pong' });
  };
  const probing = probe();
  try {
    return await run();
  } finally {
    over = true;
    await probing;
  }
}

for (const [what, { query, variables = {}, mayRun }] of Object.entries(bombs)) {
  test(`${what}: refused before any fetch, in few words, and others are answered meanwhile`, async () => {
    const answer = await whileOthersAsk(() => club.ask(query, { variables }));
    const own = club.asked().filter(({ query: asked }) => !asked.includes('ping'));
    if (mayRun === undefined) {
      assert.equal(answer.status, 400, answer.text.slice(0, 300));
      assert.equal(answer.data, undefined);
      assert.deepEqual(own, []);
    } else assert.ok(answer.status < 500);
    assert.ok(answer.text.length < 65_536, `${String(answer.text.length)} bytes`);
    assert.ok(answer.codes.length <= 101);
  });
}

test('skips and includes on 18 variables are planned within the time a plan may take, and others are answered', async () => {
  const variables = Object.fromEntries(Array.from({ length: 18 }, (_, n) => [`v${String(n)}`, n % 2 === 0]));
  const answer = await whileOthersAsk(() => club.ask(conditions(18), { variables }));
  assert.ok([200, 400, 503].includes(answer.status), answer.text.slice(0, 300));
});

const json = { 'content-type': 'application/json' };

for (const [what, body] of [
  ['variables 15,000 deep', `{"query":"{ ping }","variables":{"a":${nested('[', ']', 15_000)}}}`],
  ['extensions 100,000 deep', `{"query":"{ ping }","extensions":{"a":${nested('[', ']', 100_000)}}}`],
  ['an envelope 60,000 deep', nested('[', ']', 60_000)],
] as const) {
  test(`${what} are refused`, async () => {
    assert.equal((await club.send({ headers: json, body })).status, 400);
    assert.equal((await club.ask('{ ping }')).status, 200);
  });
}

test('a body over the limit is refused with 413, however it comes', async () => {
  const body = JSON.stringify({ query: '{ ping }', pad: 'x'.repeat(300_000) });
  assert.equal((await club.send({ headers: json, body })).status, 413);
  const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
  assert.match(await raw(club.port, `${head}content-length: 900000000\r\n\r\n{`, 3_000), /^HTTP\/1.1 413 /);
  const chunk = `40000\r\n${'x'.repeat(0x40000)}\r\n`;
  assert.match(
    await raw(club.port, `${head}transfer-encoding: chunked\r\n\r\n${chunk}${chunk}`, 3_000),
    /^HTTP\/1.1 413 /,
  );
});

const megabytes = Buffer.alloc(60 * 1024 * 1024, 0x20);
for (const [encoding, bytes] of [
  ['gzip', () => gzipSync(megabytes)],
  ['deflate', () => deflateSync(megabytes)],
  ['br', () => brotliCompressSync(megabytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ['gzip, gzip', () => gzipSync(gzipSync(megabytes))],
] as const) {
  test(`60 MB packed as ${encoding} are not unpacked`, async () => {
    const before = process.memoryUsage().arrayBuffers;
    const answer = await club.send({ headers: { ...json, 'content-encoding': encoding }, body: bytes() });
    assert.ok([413, 415].includes(answer.status), String(answer.status));
    assert.ok(process.memoryUsage().arrayBuffers - before < 30 * 1024 * 1024);
  });
}

for (const charset of ['utf-7', 'ibm1148', 'x'.repeat(4096)]) {
  test(`the charset ${charset.slice(0, 10)} is not supported`, async () => {
    const headers = { 'content-type': `application/json; charset=${charset}` };
    assert.equal((await club.send({ headers, body: '{"query":"{ ping }"}' })).status, 415);
  });
}

for (const [what, headers] of [
  ['64 kB of headers', `x-long: ${'x'.repeat(65_536)}`],
  [
    '3,000 headers',
    times(3000, (n) => `x-${String(n)}: 1\r\n`)
      .replaceAll('\r\n ', '\r\n')
      .trim(),
  ],
] as const) {
  test(`${what} are refused with 431`, async () => {
    const text = await raw(club.port, `GET /graphql HTTP/1.1\r\nhost: x\r\n${headers}\r\n\r\n`, 5_000);
    assert.match(text, /^HTTP\/1.1 431 /);
  });
}

test('patterns that make poor expressions backtrack are answered', async () => {
  const long = `${'a,'.repeat(3000)}!`;
  const names = [
    'accept',
    'accept-encoding',
    'origin',
    'cookie',
    'x-request-id',
    'traceparent',
    'accept-language',
  ];
  for (const name of names) {
    const answer = await club.ask('{ ping }', { headers: { [name]: long } });
    assert.ok(answer.status < 500);
  }
  const authorization = `Bearer ${'.'.repeat(7000)}`;
  assert.equal((await club.ask('{ ping }', { headers: { authorization } })).status, 401);
});

test('clients that never finish are closed, and others are answered meanwhile', async () => {
  const closed: Promise<void>[] = [];
  const head = 'POST /graphql HTTP/1.1\r\nhost: x\r\n';
  for (let index = 0; index < 40; index += 1) {
    const socket = connect(club.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.resume();
    closed.push(new Promise((resolve) => socket.once('close', () => resolve())));
    socket.write(
      index % 2 === 0 ? head : `${head}content-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
    );
  }
  assert.equal((await club.ask('{ ping }')).status, 200);
  await Promise.all(closed);
  assert.equal((await club.ask('{ ping }')).status, 200);
});
