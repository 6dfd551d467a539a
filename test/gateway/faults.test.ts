import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startClub, type Club } from './club.ts';
import type { Trouble } from './subgraph-server.ts';

let club: Club;
/** With the default deadlines, which a busy machine meets as well. */
let calm: Club;
before(async () => {
  calm = await startClub();
  club = await startClub({
    config: {
      traffic_shaping: {
        all: { timeout: '1s', max_concurrent_requests: 10 },
        router: { timeout: '3s', overload: { enabled: false } },
      },
      limits: { subgraph: { all: { http_max_response_size: '5MB' } } },
    },
  });
  await club.ask('{ ping user(id: 1) { name reviews { body } } }');
});
beforeEach(() => club.forget());
after(async () => {
  await club.close();
  await calm.close();
});

const json = { 'content-type': 'application/json' };
const text = (body: string | Buffer, headers: Readonly<Record<string, string>> = json, status = 200): Trouble => (response) =>
  void response.writeHead(status, headers).end(body); // prettier-ignore
const data = '{"data":{"_entities":[{"reviews":[{"body":"whole"}]}]}}';
const neverEnds = (): void => undefined;
const drip: Trouble = (response) => {
  response.writeHead(200, json);
  const timer = setInterval(() => response.write(' '), 30);
  response.once('close', () => clearInterval(timer));
};
const deep = (count: number): string => `${'{"a":'.repeat(count)}1${'}'.repeat(count)}`;
const broken = (errors: unknown): Trouble => text(JSON.stringify({ data: null, errors }));

/** What a subgraph may do wrong. The rest of the answer must be there, and the loss must be told. */
const troubles: Readonly<Record<string, Trouble>> = {
  'hangs': neverEnds,
  'drips one byte every 30 ms': drip,
  'resets before the answer': (response) => void response.destroy(),
  'resets in the middle': (response) => void response.writeHead(200, json).write(data.slice(0, 20), () => response.destroy()),
  'is cut short of its length': (response) => void response.writeHead(200, { ...json, 'content-length': '9999' }).write(data, () => response.destroy()),
  'has status 500 with JSON': text(data, json, 500),
  'has status 500 with HTML': text('<h1>no</h1>', { 'content-type': 'text/html' }, 500),
  'has status 200 with HTML': text('<h1>no</h1>', { 'content-type': 'text/html' }),
  'has no content': (response) => void response.writeHead(204).end(),
  'has status 401': text('{}', json, 401),
  'has status 429': text('{}', { ...json, 'retry-after': '1' }, 429),
  'has status 503': text(data, json, 503),
  'redirects': text('', { location: 'http://127.0.0.1:1/' }, 307),
  'is empty': text(''),
  'is null': text('null'),
  'is a number': text('7'),
  'is a string': text('"x"'),
  'is a list': text('[]'),
  'is an empty object': text('{}'),
  'has data null and no error': text('{"data":null}'),
  'has data that is text': text('{"data":"x"}'),
  'has data that is a list': text('{"data":[]}'),
  'has no entities': text('{"data":{}}'),
  'has too few entities': text('{"data":{"_entities":[]}}'),
  'has entities of another kind': text('{"data":{"_entities":[7]}}'),
  'has errors that are text': broken('x'),
  'has errors that are an object': broken({ message: 'x' }),
  'has errors that are null': broken([null, 1, 'x']),
  'has errors with strange paths': broken([{ message: 1, path: [{}, null, -1, 'constructor'], locations: 'x', extensions: 7 }]),
  'has 20,000 errors': broken(Array.from({ length: 20_000 }, () => ({ message: 'no' }))),
  'is 50,000 levels deep': text(`{"data":${deep(50_000)}}`),
  'is 8 MB': text(`{"data":{"_entities":[{"reviews":[{"body":"${'x'.repeat(8_000_000)}"}]}]}}`),
  'is 100 MB when unpacked': text(gzipSync(Buffer.alloc(100 * 1024 * 1024, 0x20)), { ...json, 'content-encoding': 'gzip' }),
  'is said to be packed and is not': text(data, { ...json, 'content-encoding': 'gzip' }),
  'is packed in an unknown way': text(data, { ...json, 'content-encoding': 'zip' }),
  'is UTF-16': text(Buffer.from(data, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }),
  'has a list for an object': text('{"data":{"_entities":[{"reviews":{"body":"x"}}]}}'),
  'has an object for text': text('{"data":{"_entities":[{"reviews":[{"body":{"x":1}}]}]}}'),
}; // prettier-ignore

const told = (answer: { readonly text: string }): boolean =>
  /"errors":\[\{|"valueCompletion":\[\{/.test(answer.text);

for (const [what, trouble] of Object.entries(troubles)) {
  test(`an answer that ${what} costs its part, is told of, and is asked for once`, async () => {
    club.subgraphs.reviews.trouble = trouble;
    const answer = await club.ask('{ user(id: 1) { name reviews { body } } }');
    assert.equal(answer.status, 200);
    assert.match(answer.text, /"user":\{"name":"Name 1","reviews":(null|\[\{"body":null\}\])\}/);
    assert.ok(told(answer), answer.text);
    assert.ok(answer.text.length < 65_536);
    assert.equal(club.subgraphs.reviews.asked.length, 1);
    club.forget();
    assert.match((await club.ask('{ user(id: 1) { reviews { body } } }')).text, /review r1/);
  });
}

for (const [what, trouble] of Object.entries(troubles)) {
  test(`a mutation whose answer ${what} is sent once`, async () => {
    club.subgraphs.accounts.trouble = trouble;
    const answer = await club.ask('mutation { rename(id: 1, name: "x") { name } }');
    assert.ok(told(answer), answer.text);
    assert.equal(club.subgraphs.accounts.asked.length, 1);
  });
}

test('a custom scalar 50,000 levels deep is an error, not a crash', async () => {
  club.subgraphs.accounts.trouble = text(`{"data":{"ping":"pong","anything":${deep(50_000)}}}`);
  const answer = await club.ask('{ ping anything }');
  assert.equal(answer.status, 200);
  assert.match(answer.text, /"data":\{"ping":"pong","anything":null\}/);
  assert.ok(told(answer));
  club.forget();
  assert.equal((await club.ask('{ ping }')).status, 200);
});

test('such a scalar that another subgraph needs costs what is computed from it', async () => {
  const user = `{"__typename":"User","id":"1","name":"Ada","blob":${deep(50_000)}}`;
  club.subgraphs.accounts.trouble = text(`{"data":{"user":${user}}}`);
  const answer = await club.ask('{ user(id: 1) { name blobSize reviews { body } } }');
  assert.equal(answer.status, 200);
  assert.match(answer.text, /"data":\{"user":\{"name":"Ada","blobSize":null/);
  assert.ok(told(answer));
});

test('every subgraph hangs: the answer comes at the deadline', async () => {
  for (const subgraph of Object.values(club.subgraphs)) subgraph.trouble = neverEnds;
  const answer = await club.ask('{ ping medias { title } topReviews { body } }');
  assert.deepEqual(answer.data, { ping: null, medias: null, topReviews: null });
  assert.deepEqual(new Set(answer.codes), new Set(['GATEWAY_TIMEOUT']));
});

test('150 callers of a hanging subgraph do not keep others from theirs', async () => {
  club.subgraphs.library.trouble = neverEnds;
  const waiting = Array.from({ length: 150 }, (_, index) => club.ask(`{ slowly a${String(index)}: slowly }`));
  const others = await Promise.all(Array.from({ length: 50 }, () => club.ask('{ users { name } }')));
  assert.deepEqual(new Set(others.map(({ status, codes }) => `${String(status)} ${String(codes.length)}`)), new Set(['200 0']));
  const answers = await Promise.all(waiting);
  for (const { status } of answers) assert.ok([200, 503, 504].includes(status), String(status));
}); // prettier-ignore

test('a caller who leaves takes the calls along, and no further hop is made', async () => {
  let held: ServerResponse | undefined;
  const arrived = new Promise<void>((resolve) => {
    club.subgraphs.accounts.trouble = (response) => {
      held = response;
      resolve();
    };
  });
  const leave = new AbortController();
  const asking = club.ask('{ user(id: 1) { reviews { body } } }', { signal: leave.signal });
  await arrived;
  const gone = new Promise((resolve) => held?.once('close', resolve));
  leave.abort();
  await assert.rejects(asking);
  await gone;
  assert.equal(club.subgraphs.accounts.abandoned, 1);
  assert.deepEqual(club.subgraphs.reviews.asked, []);
});

test('one of several equal callers who leaves does not end the others', async () => {
  let held: ServerResponse | undefined;
  const arrived = new Promise<void>((resolve) => {
    club.subgraphs.accounts.trouble = (response) => {
      held = response;
      resolve();
    };
  });
  const leave = new AbortController();
  const first = club.ask('{ ping }', { signal: leave.signal });
  await arrived;
  const others = [club.ask('{ ping }'), club.ask('{ ping }')];
  await new Promise((resolve) => setTimeout(resolve, 50));
  leave.abort();
  await assert.rejects(first);
  held?.writeHead(200, json).end('{"data":{"ping":"pong"}}');
  for (const other of others) assert.deepEqual((await other).data, { ping: 'pong' });
});

test('a large and healthy answer is served', async () => {
  const answer = await calm.ask('{ many(count: 3000) { id name best { id name best { id name } } } }');
  assert.deepEqual(answer.codes, []);
  assert.equal((answer.data as { readonly many: readonly unknown[] }).many.length, 3000);
});

test('a subgraph that is down costs its part, whether it is asked first or later', async () => {
  await calm.subgraphs.library.close();
  await calm.subgraphs.reviews.close();
  const answer = await calm.ask('{ ping user(id: 1) { name reviews { body } } medias { title } }');
  assert.deepEqual(answer.data, { ping: 'pong', user: { name: 'Name 1', reviews: null }, medias: null });
  assert.deepEqual(answer.codes, ['SUBREQUEST_HTTP_ERROR', 'SUBREQUEST_HTTP_ERROR']);
});

test('200 requests under mixed faults, some of whose callers leave, are all answered or left', async () => {
  const faults = Object.values(troubles).filter((trouble) => !/zlib|MB/.test(String(trouble)));
  let turn = 0;
  for (const subgraph of [club.subgraphs.reviews, club.subgraphs.library]) {
    subgraph.trouble = (response, asked) => {
      turn += 1;
      return faults[turn % faults.length]?.(response, asked);
    };
  }
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, (_, index) =>
      club.ask(
        `{ a${String(index)}: user(id: ${String(index)}) { name reviews { body } } medias { title } }`,
        {
          ...(index % 5 === 0 ? { signal: AbortSignal.timeout(50) } : {}),
        },
      ),
    ),
  );
  for (const outcome of outcomes)
    if (outcome.status === 'fulfilled') assert.ok([200, 503, 504].includes(outcome.value.status));
  club.forget();
  assert.match(
    (await club.ask('{ user(id: 1) { reviews { body } } medias { title } }')).text,
    /review r1.*A Book/,
  );
});
