import { Option } from 'commander';
import { addAdvise } from "../cache/advise.js";
import { exitCodes } from "../exit-codes.js";
import { formatOption, jsonDocument } from "../report-format.js";
/** `weir cache`: what a running gateway keeps of answers, and how to have it dropped. */
export const cacheVerb = (program, run) => {
    const cache = program
        .command('cache')
        .helpGroup('Gateway:')
        .description('what a gateway keeps of answers: counts, entries, dropping, advice');
    const add = (name, description, examples) => cache
        .command(name)
        .description(description)
        .addOption(new Option('--url <url>', 'response_cache.invalidation of the gateway').default('http://127.0.0.1:4009/invalidation'))
        .addOption(new Option('--key <key>', 'its shared_key').env('WEIR_INVALIDATION_KEY'))
        .addOption(formatOption(['text', 'json']))
        .addHelpText('after', `\nExamples:\n${examples}\n\nExit codes: 0 done · 2 wrong usage · 3 refused or not reached`);
    add('stats', 'hits, misses and drops by subgraph and type', '  weir cache stats').action((options, command) => run(command, (surroundings) => shown('stats', '', options, surroundings)));
    filtered(add('inspect', 'entries in the memory of one gateway, never their data', inspectExamples)).action((options, command) => run(command, (surroundings) => shown('entries', searchOf(options), options, surroundings)));
    filtered(add('invalidate', 'drop entries in all gateways', invalidateExamples))
        .option('--entity <json>', 'key of one entity, such as {"id":"1"}; with --type')
        .action((options, command) => run(command, (surroundings) => invalidate(options, surroundings)));
    addAdvise(cache, run);
};
const inspectExamples = '  weir cache inspect --subgraph catalog --type Product';
const invalidateExamples = `  weir cache invalidate --subgraph catalog
  weir cache invalidate --subgraph catalog --type Product --entity '{"id":"1"}'
  weir cache invalidate --subgraph catalog --tag product-1`;
function filtered(command) {
    return command
        .option('--subgraph <name>', 'of this subgraph')
        .option('--type <name>', 'with this type')
        .option('--tag <tag>', 'with this tag');
}
function searchOf({ subgraph, type, tag }) {
    const given = Object.entries({ subgraph, type, tag }).flatMap(([name, value]) => value === undefined ? [] : [[name, value]]);
    return new URLSearchParams(Object.fromEntries(given)).toString();
}
async function shown(what, search, options, surroundings) {
    const command = what === 'stats' ? 'cache stats' : 'cache inspect';
    const asked = await ask(`${options.url}/${what}${search === '' ? '' : `?${search}`}`, options, surroundings);
    if (!asked.ok)
        return unanswered(command, asked, options, surroundings);
    if (options.format === 'json')
        surroundings.out(done(command, asked.body));
    else {
        const { entriesText, statsText } = await import("../cache/kept-text.js");
        surroundings.out((what === 'stats' ? statsText : entriesText)(asked.body, surroundings.outPaint));
    }
    return exitCodes.done;
}
async function invalidate(options, surroundings) {
    const command = 'cache invalidate';
    const request = requestOf(options);
    if (typeof request === 'string') {
        surroundings.err(`error: ${request}\n  see  weir cache invalidate --help\n`);
        return exitCodes.usage;
    }
    const asked = await ask(options.url, options, surroundings, [request]);
    if (!asked.ok)
        return unanswered(command, asked, options, surroundings);
    surroundings.out(options.format === 'json' ? done(command, asked.body) : 'dropped in all gateways\n');
    return exitCodes.done;
}
const done = (command, data) => jsonDocument({ command, exitCode: exitCodes.done, data, errors: [] });
function unanswered(command, { problem, hint }, { format }, { out, err }) {
    const exitCode = exitCodes.surroundings;
    if (format === 'json')
        out(jsonDocument({
            command,
            exitCode,
            data: null,
            errors: [{ code: 'WEIR-N005', message: problem, hint }],
        }));
    else
        err(`error: ${problem}\n  ${hint}\n`);
    return exitCode;
}
/** One invalidation in Apollo's words, or what is wrong with the options. */
function requestOf({ subgraph, type, tag, entity }) {
    if (subgraph === undefined)
        return '--subgraph is needed';
    if (tag !== undefined)
        return { kind: 'cache_tag', subgraphs: [subgraph], cache_tag: tag };
    if (entity === undefined) {
        return type === undefined ? { kind: 'subgraph', subgraph } : { kind: 'type', subgraph, type };
    }
    if (type === undefined)
        return '--entity needs --type';
    try {
        return { kind: 'entity', subgraph, type, key: JSON.parse(entity) };
    }
    catch {
        return '--entity is not JSON';
    }
}
const longestMs = 10_000;
/** The answer's JSON, or why there is none. */
async function ask(url, { key = '' }, { stop }, body) {
    const wait = new AbortController();
    const timer = setTimeout(() => wait.abort(), longestMs);
    const leave = () => wait.abort();
    stop.addEventListener('abort', leave);
    try {
        const response = await fetch(url, {
            method: body === undefined ? 'GET' : 'POST',
            headers: { authorization: key, 'content-type': 'application/json' },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
            signal: wait.signal,
        });
        const text = await response.text();
        if (response.ok)
            return { ok: true, body: JSON.parse(text) };
        const hint = response.status === 401 ? 'give it by --key, or in WEIR_INVALIDATION_KEY' : `at  ${url}`;
        return { ok: false, problem: `${errorIn(text)} (${String(response.status)})`, hint };
    }
    catch {
        const problem = `${wait.signal.aborted ? 'no answer in 10 s' : 'not reached'}: ${url}`;
        const hint = 'response_cache.invalidation in gateway.yaml needs "shared_key" to listen';
        return { ok: false, problem, hint };
    }
    finally {
        clearTimeout(timer);
        stop.removeEventListener('abort', leave);
    }
}
function errorIn(text) {
    try {
        const read = JSON.parse(text);
        return typeof read.error === 'string' ? read.error : 'refused';
    }
    catch {
        return 'not an answer of a gateway';
    }
}
//# sourceMappingURL=cache.js.map