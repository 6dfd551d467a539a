import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { signatureCheck } from '../../subgraphs/accounts/src/signature.ts';
import { jwksSettings, startClub, type Answer, type Club, type ClubOptions } from './club.ts';
import { startIssuer } from './issuer.ts';

/** Keys change while requests are under way: none fails that should not, and what was withdrawn is worth nothing. */

const folder = mkdtempSync(join(tmpdir(), 'weir-rotation-'));
after(() => rmSync(folder, { recursive: true }));

/** The machine that runs the tests may be busy; slow is not failed. */
const timeout = '60s';
const router = { timeout, overload: { enabled: false } };
const config = { traffic_shaping: { all: { timeout }, router } };

async function clubFor(t: TestContext, options: ClubOptions): Promise<Club> {
  const club = await startClub({ config, ...options });
  t.after(() => club.close());
  return club;
}

/** Asks all the time until the work is done; every answer must be whole. */
async function underLoad(ask: (count: number) => Promise<Answer>, work: () => Promise<void>): Promise<void> {
  let over = false;
  let answered = 0;
  const caller = async (): Promise<void> => {
    while (!over) {
      const { status, codes, text } = await ask((answered += 1));
      assert.deepEqual([status, codes], [200, []], text);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const callers = [caller(), caller(), caller()];
  try {
    await work();
    const before = answered;
    while (answered < before + 6) await new Promise((resolve) => setTimeout(resolve, 10));
  } finally {
    over = true;
    await Promise.all(callers);
  }
}

/** Waits until something holds, for half a minute. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`not within 30 seconds: ${what}`);
}

test('the key that signs requests to subgraphs changes under load, and no request is refused', async (t) => {
  const [old, fresh] = ['o'.repeat(32), 'f'.repeat(32)];
  const proof = (keyId: string, key: string) => ({ subgraph: { all: { hmac: { key_id: keyId, key } } } });
  const club = await clubFor(t, proof('old', old));
  const { accounts } = club.subgraphs;
  const refused: (string | undefined)[] = [];
  const accept = (keys: readonly (readonly [string, string])[]): void => {
    const check = signatureCheck({ name: 'accounts', keys: new Map(keys), now: Date.now });
    accounts.guard = ({ headers, body }) => {
      const reason = check({ method: 'POST', path: '/graphql', headers, body });
      if (reason !== undefined) refused.push(reason);
      return reason;
    };
  };
  const keyIds = (): ReadonlySet<string | undefined> =>
    new Set(accounts.asked.map(({ headers }) => /key=(\w+)/.exec(String(headers['weir-signature']))?.[1]));
  accept([['old', old]]);
  await underLoad(
    (count) => club.ask(`{ a${String(count)}: user(id: 1) { name } }`),
    async () => {
      accept([
        ['old', old],
        ['fresh', fresh],
      ]);
      await club.reconfigure(proof('fresh', fresh));
      await until('requests with the old key have ended', async () => {
        club.forget();
        await club.ask('{ ping }');
        await new Promise((resolve) => setTimeout(resolve, 200));
        return !keyIds().has('old');
      });
      accept([['fresh', fresh]]);
    },
  );
  assert.deepEqual(refused, []);
  await club.reconfigure(proof('old', old));
  assert.deepEqual((await club.ask('{ ping }')).codes, ['SUBREQUEST_HTTP_ERROR']);
  assert.match(String(refused[0]), /key is not known/);
});

test('a request that is signed with the old key when the new one comes ends as it began', async (t) => {
  const proof = (keyId: string) => ({
    subgraph: { all: { hmac: { key_id: keyId, key: keyId.repeat(32).slice(0, 32) } } },
  });
  const club = await clubFor(t, proof('old'));
  const { accounts } = club.subgraphs;
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  accounts.trouble = async (response) => {
    await gate;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"ping":"late"}}');
  };
  const inFlight = club.ask('{ ping }');
  await until('the subgraph is asked', () => Promise.resolve(accounts.asked.length > 0));
  await club.reconfigure(proof('new'));
  accounts.trouble = undefined;
  assert.deepEqual((await club.ask('{ ping }')).data, { ping: 'pong' });
  go();
  assert.deepEqual((await inFlight).data, { ping: 'late' });
  assert.deepEqual(
    accounts.asked.map(({ headers }) => /key=(\w+)/.exec(String(headers['weir-signature']))?.[1]),
    ['old', 'new'],
  );
});

test('a file of issuer keys is replaced under load: new tokens are taken at once, withdrawn ones refused', async (t) => {
  const issuer = await startIssuer();
  t.after(() => issuer.close());
  const file = join(folder, 'jwks.json');
  const publish = async (): Promise<void> => {
    const text = await (await fetch(issuer.url)).text();
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  };
  await publish();
  const club = await clubFor(t, { issuers: [{ ...jwksSettings, file, poll_interval: '1s' }] });
  const status = async (token: string): Promise<number> =>
    (await club.ask('{ me { id } }', { token })).status;
  const first = issuer.token();
  let second = first;
  await underLoad(
    (count) => club.ask('{ me { id } }', { token: count % 2 === 0 ? first : second }),
    async () => {
      issuer.rotate();
      await publish();
      const rotated = issuer.token({ sub: 'second' });
      // Keys are read again at most once a cooldown.
      await until('the new key is known', async () => (await status(rotated)) === 200);
      second = rotated;
    },
  );
  issuer.rotate({ withdrawOld: true });
  await publish();
  await until('the old key is withdrawn', async () => (await status(first)) === 401);
  assert.equal(await status(second), 401);
  assert.equal(await status(issuer.token()), 200);
});

test('issuers are added and taken away with the configuration: nobody is logged out by another', async (t) => {
  const other = await startIssuer();
  t.after(() => other.close());
  const club = await clubFor(t, {});
  const here = { ...jwksSettings, url: club.issuer.url };
  const there = { ...jwksSettings, url: other.url, issuers: ['https://other.example/'] };
  const ours = club.issuer.token();
  const theirs = other.token({ iss: 'https://other.example/' });
  const ask = (token: string): Promise<Answer> => club.ask('{ me { id } }', { token });
  assert.equal((await ask(theirs)).status, 401);
  await underLoad(
    () => ask(ours),
    async () => {
      await club.reconfigure({ issuers: [here, there] });
      assert.equal((await ask(theirs)).status, 200);
    },
  );

  const { accounts } = club.subgraphs;
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  accounts.trouble = async (response) => {
    await gate;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"me":{"id":"late"}}}');
  };
  accounts.asked.length = 0;
  const inFlight = ask(ours);
  await until('the subgraph is asked', () => Promise.resolve(accounts.asked.length > 0));
  await club.reconfigure({ issuers: [there] });
  accounts.trouble = undefined;
  const asked = accounts.asked.length;
  const refused = await ask(ours);
  assert.deepEqual([refused.status, refused.codes], [401, ['INVALID_JWT']]);
  assert.equal(accounts.asked.length, asked, 'what was remembered of the token does not help');
  assert.equal((await ask(theirs)).status, 200);
  go();
  assert.deepEqual((await inFlight).data, { me: { id: 'late' } });
});
