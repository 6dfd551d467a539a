import { Option, type Command } from 'commander';
import { addAdvise } from '../cache/advise.ts';
import { ask } from '../cache/ask.ts';
import { refuse } from '../cache/refusal.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { formatOption, jsonDocument, type ReportFormat } from '../report-format.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Verb } from '../verb.ts';

interface Target {
  readonly url: string;
  readonly key?: string;
  readonly format?: ReportFormat;
}

interface Chosen extends Target {
  readonly subgraph?: string;
  readonly type?: string;
  readonly entity?: string;
  readonly tag?: string;
}

/** `weir cache`: what a running gateway keeps of answers, and how to have it dropped. */
export const cacheVerb: Verb = (program, run) => {
  const cache = program
    .command('cache')
    .helpGroup('Gateway:')
    .description('what a gateway keeps of answers: counts, entries, dropping, advice')
    .addHelpText('after', cacheHelp);
  asking(cache.command('stats'))
    .description('hits, misses and drops by subgraph and type')
    .addHelpText('after', statsHelp)
    .action((options: Target, command: Command) =>
      run(command, (surroundings) => shown('stats', new URLSearchParams(), options, surroundings)),
    );
  asking(filtered(cache.command('inspect')))
    .description('entries in the memory of one gateway, never their data; 100 at most')
    .addHelpText('after', inspectHelp)
    .action((options: Chosen, command: Command) =>
      run(command, (surroundings) => shown('entries', searchOf(options), options, surroundings)),
    );
  asking(
    filtered(cache.command('invalidate')).option(
      '--entity <json>',
      'key of one entity, such as {"id":"1"}; with --type',
    ),
  )
    .description('drop entries in all gateways that share a Redis, else in the one that is asked')
    .addHelpText('after', invalidateHelp)
    .action((options: Chosen, command: Command) =>
      run(command, (surroundings) => invalidate(options, surroundings)),
    );
  addAdvise(cache, run);
};

/** Options of every command that asks a gateway. */
const asking = (command: Command): Command =>
  command
    .optionsGroup('Input:')
    .addOption(
      // The gateway's own default: WEIR_PORT_BASE moves the sample system, whose gateway.yaml says nothing of it.
      new Option('--url <url>', 'where response_cache.invalidation of the gateway listens').default(
        'http://127.0.0.1:4009/invalidation',
      ),
    )
    .addOption(
      new Option('--key <key>', "the gateway's shared_key, without which it tells nothing").env(
        'WEIR_INVALIDATION_KEY',
      ),
    )
    .optionsGroup('Output:')
    .addOption(formatOption(['text', 'json']));

const filtered = (command: Command): Command =>
  command
    .optionsGroup('Input:')
    .option('--subgraph <name>', 'of this subgraph')
    .option('--type <name>', 'with this type')
    .option('--tag <tag>', 'with this tag');

const keyHelp = `
The gateway listens once its gateway.yaml has  response_cache: { invalidation: { shared_key: … } }.
The same key is needed here: in WEIR_INVALIDATION_KEY, or by --key, which others on the machine can see.`;
const workersHelp = 'With workers, one of them answers, and tells of its own memory alone.';
const codesHelp = '\n\nExit codes: 0 done · 2 wrong usage or name · 3 refused or not reached';

const cacheHelp = `${keyHelp}

Examples:
  weir cache stats
  weir cache inspect --subgraph catalog --type Product
  weir cache invalidate --subgraph catalog --type Product --entity '{"id":"1"}'
  weir cache advise cache.recording${codesHelp}`;

const statsHelp = `${keyHelp}
${workersHelp}

Examples:
  weir cache stats
  weir cache stats --url http://10.0.0.7:4009/invalidation
  weir cache stats --format json | jq .data.subgraphs${codesHelp}`;

const inspectHelp = `${keyHelp}
${workersHelp} A part of a tag is enough.

Examples:
  weir cache inspect --type Product
  weir cache inspect --subgraph catalog --tag product-1
  weir cache inspect --subgraph catalog --format json | jq '.data.entries[].tags'${codesHelp}`;

const invalidateHelp = `${keyHelp}
Without response_cache.storage.redis no gateway but the one that is asked drops anything.

Examples:
  weir cache invalidate --subgraph catalog
  weir cache invalidate --subgraph catalog --type Product --entity '{"id":"1"}'
  weir cache invalidate --subgraph catalog --tag product-1${codesHelp}`;

function searchOf({ subgraph, type, tag }: Chosen): URLSearchParams {
  const given = Object.entries({ subgraph, type, tag }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return new URLSearchParams(Object.fromEntries(given));
}

async function shown(
  what: 'stats' | 'entries',
  search: URLSearchParams,
  { url, key, format }: Target,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const command = what === 'stats' ? 'cache stats' : 'cache inspect';
  const expects = what === 'stats' ? 'subgraphs' : 'entries';
  const asked = await ask({ url, key, below: `/${what}`, search, expects }, surroundings);
  if (!asked.ok) return refuse(command, asked.refusal, format, surroundings);
  if (format === 'json') surroundings.out(done(command, asked.body));
  else {
    const { entriesText, statsText } = await import('../cache/kept-text.ts');
    surroundings.out((what === 'stats' ? statsText : entriesText)(asked.body, surroundings.outPaint));
  }
  return exitCodes.done;
}

async function invalidate(options: Chosen, surroundings: Surroundings): Promise<ExitCode> {
  const command = 'cache invalidate';
  const { url, key, format } = options;
  const request = requestOf(options);
  if (typeof request === 'string') {
    const hint = 'see  weir cache invalidate --help';
    const refusal = { exitCode: exitCodes.usage, code: 'WEIR-F017', message: request, hint };
    return refuse(command, refusal, format, surroundings);
  }
  const asked = await ask({ url, key, below: '', body: [request], expects: 'count' }, surroundings);
  if (!asked.ok) return refuse(command, asked.refusal, format, surroundings);
  const { reachText } = await import('../cache/kept-text.ts');
  surroundings.out(format === 'json' ? done(command, asked.body) : reachText(asked.body));
  return exitCodes.done;
}

const done = (command: string, data: unknown): string =>
  jsonDocument({ command, exitCode: exitCodes.done, data, errors: [] });

/** One invalidation in Apollo's words, or what is wrong with the options. */
function requestOf({ subgraph, type, tag, entity }: Chosen): object | string {
  if (subgraph === undefined) return '--subgraph is needed';
  if (tag !== undefined) {
    if (type !== undefined || entity !== undefined)
      return '--tag drops all of the subgraph that has it: leave out --type and --entity, or --tag';
    return { kind: 'cache_tag', subgraphs: [subgraph], cache_tag: tag };
  }
  if (entity === undefined) {
    return type === undefined ? { kind: 'subgraph', subgraph } : { kind: 'type', subgraph, type };
  }
  if (type === undefined) return '--entity needs --type';
  try {
    return { kind: 'entity', subgraph, type, key: JSON.parse(entity) as unknown };
  } catch {
    return '--entity is not JSON';
  }
}
