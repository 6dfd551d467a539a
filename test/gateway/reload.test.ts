import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { after, before, beforeEach, test } from 'node:test';
import { composedClub, startClub, type Club } from './club.ts';
import { clubSchemas } from './club-schemas.ts';

let club: Club;
before(async () => {
  // The machine that runs the tests may be busy; slow is not failed.
  const timeout = '60s';
  club = await startClub({ config: { traffic_shaping: { all: { timeout }, router: { timeout } } } });
});
beforeEach(() => club.forget());
after(() => club.close());

/** The club's supergraph with one more field. */
const withField = (name: string): string =>
  composedClub(club.subgraphs, {
    ...clubSchemas,
    library: clubSchemas.library.replace('type Query {', `type Query { ${name}: String `),
  });

/** Puts a supergraph in place as deployments do, and waits until the gateway has said what it makes of it. */
async function deploy(sdl: string): Promise<'taken' | 'refused'> {
  const said = club.events.length;
  writeFileSync(`${club.supergraphFile}.new`, sdl);
  renameSync(`${club.supergraphFile}.new`, club.supergraphFile);
  for (let tries = 0; tries < 600; tries += 1) {
    const event = club.events[said];
    if (event !== undefined) return event.kind;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nothing was said of a new supergraph within 30 seconds');
}

const fields = async (): Promise<string> =>
  (await club.ask('{ __type(name: "Query") { fields { name } } }')).text;

/** Asks all the time until the work is done; gives how often, and fails at the first answer that is not whole. */
async function underLoad(work: () => Promise<void>): Promise<number> {
  let over = false;
  let answered = 0;
  const caller = async (seed: number): Promise<void> => {
    while (!over) {
      answered += 1;
      const unique = `a${String(seed)}_${String(answered % 7)}`;
      const answer = await club.ask(`{ ${unique}: user(id: 1) { name reviews { body } } }`);
      assert.deepEqual([answer.status, answer.codes], [200, []], answer.text);
      assert.match(answer.text, /Name 1.*review r1/);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const callers = [1, 2, 3, 4].map(caller);
  try {
    await work();
  } finally {
    over = true;
    await Promise.all(callers);
  }
  return answered;
}

test('a new supergraph is taken under load, and no request fails', async () => {
  const answered = await underLoad(async () => {
    assert.equal(await deploy(withField('fresh')), 'taken');
  });
  assert.ok(answered > 4);
  assert.match(await fields(), /"fresh"/);
});

test('a request that has begun ends on the supergraph it began on', async () => {
  let held: ServerResponse | undefined;
  const arrived = new Promise<void>((resolve) => {
    club.subgraphs.accounts.trouble = (response) => {
      held = response;
      resolve();
    };
  });
  const asking = club.ask('{ user(id: 1) { reviews { body } } }');
  await arrived;
  const without = composedClub(club.subgraphs, {
    ...clubSchemas,
    reviews: clubSchemas.reviews.replace('  reviews: [Review!]\n}\ntype Media', '}\ntype Media'),
  });
  assert.equal(await deploy(without), 'taken');
  club.subgraphs.accounts.trouble = undefined;
  assert.equal((await club.ask('{ user(id: 1) { reviews { body } } }')).status, 400);
  held
    ?.writeHead(200, { 'content-type': 'application/json' })
    .end('{"data":{"user":{"__typename":"User","id":"1"}}}');
  const { text } = await asking;
  assert.equal(await deploy(club.sdl), 'taken');
  assert.match(text, /review r1/);
});

const unknownFeature = (sdl: string): string =>
  sdl.replace(
    '@link(url: "https://specs.apollo.dev/link/v1.0")',
    '@link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://example.com/vault/v1.0", for: SECURITY)',
  );

for (const [what, spoil] of Object.entries({
  'half of one': (sdl: string) => sdl.slice(0, sdl.length / 2),
  'an empty file': () => '',
  'a schema that is not federated': () => 'type Query { hello: String }',
  'one that links an unknown security feature': unknownFeature,
  'something that is no GraphQL': () => '<html>404</html>',
})) {
  test(`${what} is refused: the last good supergraph and its rules stay`, async () => {
    const schema = await fields();
    const spoilt = spoil(club.sdl);
    assert.notEqual(spoilt, club.sdl);
    await underLoad(async () => assert.equal(await deploy(spoilt), 'refused'));
    assert.equal(await fields(), schema);
    assert.deepEqual((await club.ask('{ user(id: 1) { contact } }')).data, { user: { contact: null } });
    assert.equal((await club.send({ method: 'GET', path: '/health/ready' })).status, 200);
    const refused = club.events.at(-1);
    assert.ok(refused?.kind === 'refused' && refused.text.length > 20, JSON.stringify(refused));
  });
}

test('after bad supergraphs the next good one is taken; four reloads under load fail no request and leave nothing behind', async () => {
  assert.equal(await deploy(withField('warm')), 'taken');
  const threads = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;
  const [before, threadsBefore] = [process.memoryUsage().rss, threads()];
  await underLoad(async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      assert.equal(await deploy(withField(`turn${String(turn)}`)), 'taken');
    }
  });
  const growth = (process.memoryUsage().rss - before) / 1024 / 1024;
  assert.ok(growth < 150, `${growth.toFixed(0)} MiB`);
  assert.ok(threads() <= threadsBefore + 2, `${String(threads())} ports, ${String(threadsBefore)} before`);
  assert.match(await fields(), /"turn3"/);
});
