import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { policyJudge } from '../../gateway/authorize/authorize.ts';
import { parseConfig } from '../../gateway/config/config.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { openService } from '../../gateway/service.ts';
import { startClub, type Club } from './club.ts';

const salary = '{ user(id: 1) { name salary } }';
const folder = mkdtempSync(join(tmpdir(), 'weir-policies-'));
after(() => rmSync(folder, { recursive: true }));

function module(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** A policy service whose every answer is the test's to give. */
interface Service {
  readonly url: string;
  readonly questions: {
    readonly input: {
      readonly policies: string[];
      readonly principal: Record<string, unknown>;
      readonly operation?: unknown;
      readonly operations?: unknown;
    };
  }[];
  answer: (response: ServerResponse) => void;
  readonly close: () => Promise<void>;
}

async function startService(): Promise<Service> {
  const service: Service = {
    ...{ url: '', questions: [], answer: (response) => response.end('{}') },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const server: Server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      service.questions.push(JSON.parse(Buffer.concat(chunks).toString()) as never);
      service.answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(service, {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1/data/weir`,
  });
}

const result = (held: unknown) => (response: ServerResponse) =>
  response.end(JSON.stringify({ result: held }));

/** A second policy, on a field that any caller may see otherwise. */
const withAnotherPolicy = (sdl: string): string => {
  const edited = sdl.replaceAll(
    /rating: Float( @join__field(\([^)]*\))?)?/g,
    '$& @policy(policies: [["rating"]])',
  );
  assert.notEqual(edited, sdl);
  return edited;
};

describe('a policy service', () => {
  let service: Service;
  let club: Club;
  let strict: Club;
  before(async () => {
    service = await startService();
    const http = { url: service.url, timeout: '2s' };
    club = await startClub({
      config: { authorization: { policies: { http } }, batching: { enabled: true } },
      edit: withAnotherPolicy,
    });
    strict = await startClub({
      config: { authorization: { policies: { http }, directives: { mode: 'reject' } } },
    });
  });
  beforeEach(() => {
    club.forget();
    service.questions.length = 0;
  });
  after(async () => {
    await service.close();
    await club.close();
    await strict.close();
  });

  test('is asked once a request, of who asks and of all that is needed', async () => {
    service.answer = result({ payroll: true });
    const token = club.issuer.token({ sub: 'u7', scope: 'a b', policies: ['nothing'] });
    const { text, codes } = await club.ask('{ a: user(id: 1) { salary } b: user(id: 2) { salary } }', {
      token,
    });
    assert.deepEqual(codes, []);
    assert.match(text, /77777/);
    assert.equal(service.questions.length, 1);
    const { policies, principal } = service.questions[0]?.input ?? { policies: [], principal: {} };
    assert.deepEqual(policies, ['payroll']);
    assert.equal(principal['subject'], 'u7');
    assert.deepEqual(principal['scopes'], ['a', 'b']);
  });

  test('is asked once for a batch, of all that its operations need', async () => {
    service.answer = result({ payroll: true, rating: true });
    const batch = [
      { query: 'query Pay { user(id: 1) { salary } }' },
      { query: 'query Rate { medias { rating } }' },
      { query: '{ ping }' },
      { query: 'query Pay { user(id: 1) { salary } }' },
    ];
    const send = (token: string) =>
      club.send({
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(batch),
      });
    // Neither the token nor an operation has been seen before.
    const { text } = await send(club.issuer.token({ sub: 'u9' }));
    assert.match(text, /77777.*4\.5.*pong.*77777/);
    assert.equal(service.questions.length, 1);
    const [{ input }] = service.questions as [Service['questions'][number]];
    assert.deepEqual(input.policies, ['payroll', 'rating']);
    assert.equal(input.principal['subject'], 'u9');
    assert.equal(input.operation, undefined);
    assert.deepEqual(input.operations, [
      { name: 'Pay', kind: 'query' },
      { name: 'Rate', kind: 'query' },
    ]);
  });

  test('is not asked about operations that need no policy', async () => {
    await club.ask('{ user(id: 1) { name } }');
    assert.deepEqual(service.questions, []);
  });

  for (const held of [
    {},
    { payroll: false },
    { payroll: 'true' },
    { payroll: 1 },
    { payroll: null },
    { other: true },
  ]) {
    test(`that says ${JSON.stringify(held)} denies`, async () => {
      service.answer = result(held);
      const token = club.issuer.token({ policies: ['payroll'] });
      const answer = await club.ask(salary, { token });
      assert.deepEqual(answer.data, { user: { name: 'Name 1', salary: null } });
      assert.deepEqual(answer.codes, ['UNAUTHORIZED_FIELD_OR_TYPE']);
      assert.doesNotMatch(
        club
          .asked()
          .map(({ body }) => body)
          .join(),
        /salary/,
      );
    });
  }

  const broken: Readonly<Record<string, (response: ServerResponse) => void>> = {
    'fails': (response) => response.writeHead(500).end('{"result":{"payroll":true}}'),
    'redirects': (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    'hangs up': (response) => response.destroy(),
    'talks nonsense': (response) => response.end('no JSON'),
    'says nothing of policies': (response) => response.end('{}'),
    'answers with a list': result([true]),
    'never ends': (response) => void response.write('{"result":{"payroll":true}'),
    'answers at great length': (response) => response.end(`{"result":{"payroll":true,"x":"${'x'.repeat(100_000)}"}}`),
  }; // prettier-ignore

  for (const [how, answer] of Object.entries(broken)) {
    test(`that ${how} denies the field with a code of its own, and the rest is served`, async () => {
      service.answer = answer;
      const answered = await club.ask('{ ping user(id: 1) { name } other: user(id: 2) { salary } }');
      const { other, user } = answered.data as { other: unknown; user: unknown };
      assert.deepEqual([other, user], [{ salary: null }, { name: 'Name 1' }]);
      assert.deepEqual(answered.codes, ['POLICY_UNAVAILABLE']);
      assert.doesNotMatch(
        club
          .asked()
          .map(({ body }) => body)
          .join(),
        /salary/,
      );
    });
  }

  test('that is down refuses the request as a whole where requests are refused as a whole', async () => {
    service.answer = broken['fails'] ?? assert.fail();
    const { status, codes } = await strict.ask(salary);
    assert.deepEqual([status, codes], [503, ['POLICY_UNAVAILABLE']]);
    assert.deepEqual(strict.asked(), []);
  });
});

describe('a policy module', () => {
  test('decides in TypeScript by who asks, whatever the token claims', async () => {
    const path = module(
      'policies.ts',
      `export const policies = {
        payroll: async ({ principal }: { principal: { kind: string; roles?: Set<string> } }): Promise<boolean> =>
          principal.kind === 'known' && principal.roles?.has('hr') === true,
      };`,
    );
    const club = await startClub({ config: { authorization: { policies: { module: path } } } });
    try {
      const hr = await club.ask(salary, { token: club.issuer.token({ roles: ['hr'] }) });
      assert.match(hr.text, /77777/);
      const other = await club.ask(salary, { token: club.issuer.token({ policies: ['payroll'] }) });
      assert.deepEqual(other.codes, ['UNAUTHORIZED_FIELD_OR_TYPE']);
      const nobody = await club.ask(salary);
      assert.deepEqual(nobody.codes, ['UNAUTHORIZED_FIELD_OR_TYPE']);
    } finally {
      await club.close();
    }
  });

  for (const [what, body] of Object.entries({
    throws: `throw new Error('broken');`,
    'never answers': `return new Promise(() => {});`,
  })) {
    test(`whose function ${what} denies with a code of its own`, async () => {
      const path = module(
        `${what.replace(' ', '-')}.mjs`,
        `export const policies = { payroll: () => { ${body} } };`,
      );
      const policies = { module: path, module_timeout: '50ms' };
      const club = await startClub({ config: { authorization: { policies } } });
      try {
        const answer = await club.ask(salary, { token: club.issuer.token({ policies: ['payroll'] }) });
        assert.deepEqual(answer.codes, ['POLICY_UNAVAILABLE']);
        assert.doesNotMatch(answer.text, /77777/);
      } finally {
        await club.close();
      }
    });
  }

  for (const [what, text, expected] of [
    [
      'without a policy that the schema names',
      'export const policies = { other: () => true };',
      /"payroll" of User\.salary .*does not export/,
    ],
    ['without policies', 'export const nothing = 1;', /has to export "policies"/],
    ['that cannot be loaded', 'export const policies = {;', /cannot be loaded/],
  ] as const) {
    test(`${what} is refused when the gateway starts`, async () => {
      const path = module(`${what.replaceAll(' ', '-')}.mjs`, text);
      const club = await startClub();
      await club.close();
      const loaded = parseConfig({ file: 'gateway.yaml', text: '' }, folder, {});
      assert.ok(loaded.ok);
      const judge = policyJudge({ kind: 'module', path, timeoutMs: 100 }, { onFailure: () => undefined });
      const opened = await openService(club.sdl, {
        config: loaded.config,
        plans: undefined,
        cache: undefined,
        judge,
      });
      assert.ok(!opened.ok);
      assert.match(opened.problems.map(({ message }) => message).join(), expected);
      if (what.includes('schema')) assert.ok((opened.problems[0]?.line ?? 0) > 1);
    });
  }
});

describe('a policy module that changes', () => {
  const decides = (held: string): string => `export const policies = { payroll: ${held} };`;
  const told = (club: Club): readonly string[] => club.log.filter((line) => line.includes('policies'));

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 600; tries += 1) {
      if (await holds()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.fail(`not within 30 seconds: ${what}`);
  }

  for (const name of ['changing.mjs', 'changing.ts']) {
    test(`decides as ${name} says from then on, and as the last good one while it is wrong`, async () => {
      const path = module(name, decides('() => true'));
      const club = await startClub({ config: { authorization: { policies: { module: path } } } });
      const isOpen = async (): Promise<boolean> => (await club.ask(salary)).text.includes('77777');
      const saidNew = async (text: string, what: RegExp): Promise<void> => {
        const before = told(club).length;
        module(name, text);
        await until(String(what), () =>
          Promise.resolve(
            told(club)
              .slice(before)
              .some((line) => what.test(line)),
          ),
        );
      };
      try {
        assert.ok(await isOpen());
        await saidNew(decides('() => false'), /policies taken over/);
        assert.ok(!(await isOpen()));

        await saidNew(`\n\n${decides('() => true;')}`, new RegExp(`${name}:3(:\\d+)? cannot be loaded`));
        assert.ok(!(await isOpen()), 'the last good one stays');
        await saidNew(
          'export const policies = { other: () => true };',
          /\\"payroll\\" of User\.salary .*does not export/,
        );
        assert.ok(
          told(club).some((line) => /supergraph\.graphql:\d+:\d+/.test(line)),
          told(club).join('\n'),
        );
        assert.ok(!(await isOpen()));
        await saidNew('export const policies = 1;', /has to export/);
        assert.ok(!(await isOpen()));

        await saidNew(decides('async () => true'), /policies taken over/);
        assert.ok(await isOpen());
      } finally {
        await club.close();
      }
    });
  }

  test('decides for a request that it was asked about before', async () => {
    const path = module(
      'slow.mjs',
      `export const policies = { payroll: () => new Promise((resolve) => { globalThis.decideSlowly = resolve; }) };`,
    );
    const policies = { module: path, module_timeout: '60s' };
    const club = await startClub({ config: { authorization: { policies } } });
    const slowly = (): unknown => Reflect.get(globalThis, 'decideSlowly');
    try {
      const inFlight = club.ask(salary);
      await until('the policy is asked', () => Promise.resolve(slowly() !== undefined));
      module('slow.mjs', decides('() => false'));
      await until('the new one is taken', () =>
        Promise.resolve(told(club).some((line) => line.includes('taken over'))),
      );
      assert.deepEqual((await club.ask(salary)).codes, ['UNAUTHORIZED_FIELD_OR_TYPE']);
      (slowly() as (held: boolean) => void)(true);
      assert.match((await inFlight).text, /77777/);
    } finally {
      await club.close();
    }
  });

  test('is waited for when it was wrong at the start', async () => {
    const path = module('late.mjs', 'export const policies = {');
    const { config } = loadedWith(path);
    const supergraph = join(folder, 'late.graphql');
    const club = await startClub();
    writeFileSync(supergraph, club.sdl);
    const log: string[] = [];
    const gateway = await startGateway({
      ...{ supergraph: { kind: 'file', path: supergraph }, config, port: 0 },
      log: { write: (line) => void log.push(line) },
    });
    const ask = async (): Promise<number> =>
      (
        await fetch(gateway.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"query":"{ ping }"}',
        })
      ).status;
    try {
      assert.equal(await ask(), 503);
      assert.ok(
        log.some((line) => /late\.mjs:1(:\d+)? cannot be loaded/.test(line)),
        log.join('\n'),
      );
      module('late.mjs', decides('() => true'));
      await until('the gateway serves', async () => (await ask()) === 200);
    } finally {
      await gateway.stop();
      await club.close();
    }
  });
});

function loadedWith(path: string) {
  const text = JSON.stringify({ authorization: { policies: { module: path } } });
  const loaded = parseConfig({ file: 'gateway.yaml', text }, folder, {});
  assert.ok(loaded.ok);
  return loaded;
}

for (const [what, text, expected] of [
  ['a module and a service', 'authorization: { policies: { module: ./a.ts, http: { url: "http://127.0.0.1:1" } } }', /1:\d+ authorization\.policies: write either "module" or "http"/],
  ['a dry run of directives that are off', 'authorization: { directives: { enabled: false, dry_run: true } }', /1:\d+ authorization\.directives\.dry_run: does nothing while/],
  ['introspection by role while directives are off', 'authorization: { directives: { enabled: false, introspection: allowed } }', /1:\d+ authorization\.directives\.introspection: does nothing while/],
  ['a module while directives are off', 'authorization: { directives: { enabled: false }, policies: { module: ./a.ts } }', /never asked while/],
] as const) {
  test(`${what} are refused with their place in the configuration`, () => {
    const loaded = parseConfig({ file: 'gateway.yaml', text }, folder, {});
    assert.ok(!loaded.ok);
    assert.match(loaded.problems.map(({ line, column, path, message }) => `${String(line)}:${String(column)} ${path}: ${message}`).join('\n'), expected);
  });
} // prettier-ignore
