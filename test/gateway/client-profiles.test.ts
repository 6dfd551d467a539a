import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { startClub, type Answer, type Club } from './club.ts';

type Config = Readonly<Record<string, unknown>>;

async function club(t: TestContext, config: Config, apiKeys?: Config): Promise<Club> {
  const started = await startClub({ config, ...(apiKeys === undefined ? {} : { apiKeys }) });
  t.after(() => started.close());
  return started;
}

const as = (name: string, version?: string) => ({
  'apollographql-client-name': name,
  ...(version === undefined ? {} : { 'apollographql-client-version': version }),
});

/** Outcomes of one query, asked by several programs: 200 or a code. */
async function outcomes(
  shop: Club,
  query: string,
  programs: readonly (readonly [name: string, version?: string])[],
): Promise<readonly unknown[]> {
  const answers: Answer[] = [];
  // Twice: what is known already has to be judged anew for each.
  for (let time = 0; time < 2; time += 1)
    for (const [name, version] of programs)
      answers.push(await shop.ask(query, { headers: as(name, version) }));
  const told = answers.map(({ status, codes }) => codes[0] ?? status);
  assert.deepEqual(told.slice(0, programs.length), told.slice(programs.length), 'the second time is another');
  return told.slice(0, programs.length);
}

const deep = '{ users { friends { friends { name } } } }';

test('limits hold by name and version of the program; what a profile leaves out is as in the rest of the file', async (t) => {
  const shop = await club(t, {
    limits: { max_depth: 3, max_aliases: 1 },
    client_profiles: {
      old_kiosk: { client: 'kiosk', versions: ['<2'], limits: { max_depth: 2 } },
      kiosk: { client: 'kiosk', limits: { max_depth: 4 } },
    },
  });
  const programs = [['kiosk', '1.9'], ['kiosk', '2.0'], ['kiosk'], ['other']] as const;
  assert.deepEqual(await outcomes(shop, deep, programs), ['MAX_DEPTH_LIMIT', 200, 200, 'MAX_DEPTH_LIMIT']);
  const aliased = '{ users { a: name b: name } }';
  assert.deepEqual(new Set(await outcomes(shop, aliased, programs)), new Set(['MAX_ALIASES_LIMIT']));
});

test('a refusal by a profile’s limit names the limit, the value and the place', async (t) => {
  const shop = await club(t, {
    client_profiles: { kiosk: { client: 'kiosk', limits: { max_depth: 3 } } },
  });
  const { text } = await shop.ask(deep, { headers: as('kiosk') });
  const { errors } = JSON.parse(text) as { readonly errors: readonly { readonly extensions: object }[] };
  assert.deepEqual(errors[0]?.extensions, {
    ...{ limit: 'max_depth', value: 4, maximum: 3, place: 'users.friends.friends.name' },
    code: 'MAX_DEPTH_LIMIT',
  });
});

test('programs that no profile names have the default profile', async (t) => {
  const shop = await club(t, {
    client_profiles: {
      default: { limits: { max_depth: 2 } },
      web: { client: 'web', limits: { max_depth: 10 } },
    },
  });
  assert.deepEqual(await outcomes(shop, deep, [['web'], ['other'], ['']]), [
    ...[200, 'MAX_DEPTH_LIMIT', 'MAX_DEPTH_LIMIT'],
  ]);
});

test('documents are asked for as the profile says', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-profiles-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'documents.json');
  const operations = [{ id: 'users', name: 'Users', type: 'query', body: 'query Users { users { name } }' }];
  writeFileSync(file, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
  const shop = await club(t, {
    persisted_queries: { enabled: true, local_manifests: [file] },
    client_profiles: {
      default: { persisted_queries: 'safelist' },
      app: { client: 'app', persisted_queries: 'ids' },
      ide: { client: 'ide', persisted_queries: 'off' },
      beta: { client: 'beta', persisted_queries: 'log_unknown' },
    },
  });
  const programs = [['other'], ['app'], ['ide'], ['beta']] as const;
  assert.deepEqual(await outcomes(shop, '{ ping }', programs), [
    ...['QUERY_NOT_IN_SAFELIST', 'PERSISTED_QUERY_ID_REQUIRED', 200, 200],
  ]);
  assert.deepEqual(await outcomes(shop, operations[0]?.body ?? '', programs), [
    ...[200, 'PERSISTED_QUERY_ID_REQUIRED', 200, 200],
  ]);
  const byId = await shop.send({
    headers: { 'content-type': 'application/json', ...as('app') },
    body: '{"documentId":"users"}',
  });
  assert.equal(byId.status, 200, byId.text);
  const marked = shop.log.filter((line) => line.includes('QUERY_NOT_IN_SAFELIST')).map(clientOf);
  assert.deepEqual(new Set(marked), new Set(['other', 'beta']));
});

function clientOf(line: string): unknown {
  return /"name":"(\w+)"/.exec(line)?.[1] ?? /"client":"(\w+)/.exec(line)?.[1];
}

test('an operation may cost what the profile says', async (t) => {
  const shop = await club(t, {
    demand_control: { enabled: true, mode: 'enforce', strategy: { static_estimated: { max: 9 } } },
    client_profiles: {
      kiosk: { client: 'kiosk', demand_control: { max: 100 } },
      tiny: { client: 'tiny', demand_control: { max: 1 } },
    },
  });
  assert.deepEqual(await outcomes(shop, '{ users { name } }', [['kiosk'], ['tiny'], ['other']]), [
    ...[200, 'COST_ESTIMATED_TOO_EXPENSIVE', 'COST_ESTIMATED_TOO_EXPENSIVE'],
  ]);
  assert.equal((await shop.ask('{ users { name } }', { headers: as('tiny') })).codes.length, 1);
});

test('a profile has rates and a budget of its own, beside those of the same caller in other programs', async (t) => {
  const shop = await club(t, {
    rate_limit: { anonymous: { requests: 1, per: '1h' } },
    client_profiles: {
      partner: { client: 'partner', rate_limit: { rate: { requests: 2, per: '1h' } } },
      reader: {
        client: 'reader',
        rate_limit: {
          rate: { requests: 100, per: '1h' },
          cost: { capacity: 15, refill_per_second: 0 },
        },
      },
    },
  });
  const statuses: number[] = [];
  for (const name of ['partner', 'partner', 'partner', 'other', 'other'])
    statuses.push((await shop.ask('{ ping }', { headers: as(name) })).status);
  assert.deepEqual(statuses, [200, 200, 429, 200, 429]);
  const spending: unknown[] = [];
  for (let time = 0; time < 5; time += 1) {
    const { status, text } = await shop.ask('{ users { name } }', { headers: as('reader') });
    const { extensions } = JSON.parse(text) as {
      readonly extensions: {
        readonly cost: { readonly throttleStatus: { readonly maximumAvailable: number } };
      };
    };
    assert.equal(extensions.cost.throttleStatus.maximumAvailable, 15);
    spending.push(status);
  }
  assert.equal(spending[0], 200);
  assert.equal(spending.at(-1), 429);
});

test('a program that is verified has its own profile, whatever its headers say', async (t) => {
  const shop = await club(t, {
    client_profiles: { web: { client: 'web', limits: { max_depth: 2 } } },
  });
  const token = shop.issuer.token({ sub: 'u1', client_id: 'web' });
  const verified = await shop.ask(deep, { token, headers: as('other') });
  assert.deepEqual(verified.codes, ['MAX_DEPTH_LIMIT']);
  const other = shop.issuer.token({ sub: 'u1', client_id: 'other' });
  assert.equal((await shop.ask(deep, { token: other, headers: as('web') })).status, 200);
});

test('a profile may do without the response cache', async (t) => {
  const shop = await club(t, {
    response_cache: { enabled: true },
    client_profiles: { live: { client: 'live', response_cache: false } },
  });
  shop.subgraphs.accounts.headers = { 'cache-control': 'public, max-age=60' };
  const calls = async (name: string): Promise<number> => {
    const before = shop.subgraphs.accounts.asked.length;
    await shop.ask('{ users { name } }', { headers: as(name) });
    return shop.subgraphs.accounts.asked.length - before;
  };
  assert.deepEqual([await calls('web'), await calls('web')], [1, 0]);
  assert.deepEqual([await calls('live'), await calls('live')], [1, 1]);
});

test('what is shown of subgraph errors is as the profile says, also where equal queries run together', async (t) => {
  const shop = await club(t, {
    client_profiles: { inside: { client: 'inside', include_subgraph_errors: true } },
  });
  let answerAll: () => void = () => undefined;
  const all = new Promise<void>((resolve) => (answerAll = resolve));
  shop.subgraphs.accounts.trouble = async (response) => {
    await all;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end('{"data":{"users":null},"errors":[{"message":"table users is locked"}]}');
  };
  const asked = ['inside', 'outside', 'inside', 'outside'].map((name) =>
    shop.ask('{ users { name } }', { headers: as(name) }),
  );
  setTimeout(answerAll, 200);
  const shown = (await Promise.all(asked)).map(({ text }) => text.includes('table users is locked'));
  assert.deepEqual(shown, [true, false, true, false]);
});
