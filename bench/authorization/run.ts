import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { givenNumbers } from '../given-numbers.ts';
import { composeSupergraph } from '../../schema/compose/compose.ts';
import { audience, issuerName, startIssuer, type Issuer } from '../../test/gateway/issuer.ts';
import { compiled } from '../engine/compiled.ts';
import { median } from '../engine/measure.ts';
import { cpuMs } from '../engine/process-cost.ts';
import { digits } from '../engine/results.ts';
import { scenarios } from '../engine/scenarios.ts';
import { subgraphSchemas, type SubgraphName } from '../engine/shop.ts';
import { startSubgraphs, type Subgraphs } from '../engine/subgraphs-process.ts';
import { startGateway, type RunningGateway } from '../growth/gateway-process.ts';

/** What authorization costs: the same page, by the same caller, with the rules enforced and without; see bench/README.md. */

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmSeconds: number;
  readonly connections: number;
}

interface Way {
  readonly name: 'with' | 'without';
  readonly gateway: RunningGateway;
  /** CPU ms a request, round by round. */
  readonly samples: number[];
}

const resultsFolder = fileURLToPath(new URL('../results/', import.meta.url));
const query = scenarios.find(({ name }) => name === 'typical')?.query ?? '';

/** Half of the page's fields, by all three directives; the caller has what each of them asks for. */
const rules: readonly (readonly [SubgraphName, RegExp, string])[] = [
  ['products', /price: Int/, 'price: Int @requiresScopes(scopes: [["prices:read"], ["staff", "shop"]])'],
  ['inventory', /inStock: Boolean/, 'inStock: Boolean @authenticated'],
  [
    'inventory',
    /shippingEstimate: Int/,
    'shippingEstimate: Int @requiresScopes(scopes: [["prices:read"], ["staff", "shop"]])',
  ],
  ['reviews', /body: String/, 'body: String @authenticated'],
  ['accounts', /name: String/, 'name: String @policy(policies: [["people"]])'],
];
const claims = { scope: 'prices:read', policies: ['people'] };

async function main(options: Options): Promise<void> {
  const subgraphs = await startSubgraphs(compiled()('subgraph-server.ts'), () => undefined);
  const issuer = await startIssuer();
  const ways: Way[] = [];
  try {
    for (const name of ['without', 'with'] as const) {
      const gateway = await startWay(name, subgraphs, issuer);
      ways.push({ name, gateway, samples: [] });
    }
    const token = issuer.token({ ...claims, exp: Math.floor(Date.now() / 1000) + 3600 });
    await sameAnswers(ways, token);
    for (const way of ways) await measured(way, token, { ...options, seconds: options.warmSeconds });
    for (let round = 0; round < options.rounds; round += 1) {
      for (const way of round % 2 === 0 ? ways : [...ways].reverse()) {
        const sample = await measured(way, token, options);
        way.samples.push(sample);
        process.stdout.write(`${way.name.padEnd(8)} ${digits(sample)} CPU ms/request\n`);
      }
    }
    write(options, ways);
  } finally {
    for (const { gateway } of ways) await gateway.stop();
    await issuer.close();
    subgraphs.stop();
  }
}

function startWay(name: Way['name'], { urls }: Subgraphs, issuer: Issuer): Promise<RunningGateway> {
  const names = Object.keys(subgraphSchemas) as SubgraphName[];
  const composed = composeSupergraph(
    names.map((subgraph) => ({
      ...{ name: subgraph, sdl: withRules(subgraph), routingUrl: urls[subgraph] },
      origin: { kind: 'inline', shown: subgraph, lineOffset: 0, columnOffset: 0 },
    })),
  );
  if (!composed.ok) throw new Error(composed.problems.map(({ message }) => message).join('\n'));
  const jwks = [{ url: issuer.url, issuers: [issuerName], audiences: [audience], algorithms: ['ES256'] }];
  const config = {
    authentication: { router: { jwt: { jwks } } },
    authorization: { directives: { enabled: name === 'with' } },
    // Each request is its own: many callers, or one that asks once.
    traffic_shaping: { router: { dedupe: false } },
  };
  return startGateway({ dist: 'dist', nodeOptions: [] }, { supergraph: composed.sdl, config });
}

function withRules(subgraph: SubgraphName): string {
  const imports = '"@authenticated", "@requiresScopes", "@policy", ';
  const sdl = subgraphSchemas[subgraph].replace('v2.3', 'v2.9').replace('import: [', `import: [${imports}`);
  return rules
    .filter(([name]) => name === subgraph)
    .reduce((text, [, field, ruled]) => text.replace(field, ruled), sdl);
}

async function ask(pool: Pool, token: string): Promise<string> {
  const { body } = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: {
      'content-type': 'application/json',
      ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  return body.text();
}

const poolTo = ({ gateway }: Way, connections: number): Pool =>
  new Pool(`http://127.0.0.1:${String(gateway.port)}`, { connections, pipelining: 1 });

/** Both gateways must do the same work, and the one that enforces must have something to enforce. */
async function sameAnswers(ways: readonly Way[], token: string): Promise<void> {
  const answers: string[] = [];
  for (const way of ways) {
    const pool = poolTo(way, 1);
    answers.push(await ask(pool, token));
    const others = await ask(pool, '');
    if (way.name === 'with' && others === answers.at(-1)) throw new Error('nothing is enforced');
    await pool.close();
  }
  if (answers[0] !== answers[1] || answers[0]?.includes('"errors"') !== false)
    throw new Error(`the answers differ or hold errors: ${answers.join('\n')}`);
}

async function measured(way: Way, token: string, { connections, seconds }: Options): Promise<number> {
  const pool = poolTo(way, connections);
  const expected = await ask(pool, token);
  const until = performance.now() + seconds * 1000;
  const before = cpuMs(way.gateway.pid);
  let requests = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < until) {
      if ((await ask(pool, token)) !== expected) throw new Error('an answer is not as the first was');
      requests += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  const used = cpuMs(way.gateway.pid) - before;
  await pool.close();
  return used / requests;
}

function write(options: Options, ways: readonly Way[]): void {
  const cpu = Object.fromEntries(ways.map(({ name, samples }) => [name, median(samples)]));
  const ratio = (cpu['with'] ?? 0) / (cpu['without'] ?? 1) - 1;
  const results = {
    measuredAt: new Date().toISOString().slice(0, 16),
    machine: `${String(cpus().length)} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}`,
    node: process.versions.node,
    settings: options,
    ways: ways.map(({ name, samples }) => ({ name, samples })),
    extraShare: ratio,
  };
  const lines = [
    '# What authorization costs',
    '',
    `Measured ${results.measuredAt} on ${results.machine}, Node ${results.node}: ${String(options.rounds)} interleaved rounds of ${String(options.seconds)} s, ${String(options.connections)} connections. A product page of eleven fields, five of them protected, by one caller with a token who may see all of it.`,
    '',
    '| rules | CPU ms/request |',
    '| --- | ---: |',
    ...ways.map(
      ({ name, samples }) => `| ${name === 'with' ? 'enforced' : 'off'} | ${digits(median(samples))} |`,
    ),
    '',
    `Enforcing costs ${(ratio * 100).toFixed(1)} % (goal: at most 5 %).`,
    '',
  ];
  process.stdout.write(lines.slice(-2).join('\n'));
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(`${resultsFolder}authorization.json`, `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(`${resultsFolder}authorization.md`, lines.join('\n'));
}

const { warm: warmSeconds, ...given } = givenNumbers({ rounds: 7, seconds: 4, warm: 5, connections: 20 });
await main({ ...given, warmSeconds });
