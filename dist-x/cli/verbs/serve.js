import { InvalidArgumentError, Option } from 'commander';
import { exitCodeOf, exitCodes } from "../exit-codes.js";
import { reasonOf } from "../files.js";
import { holderOf } from "../system/ports.js";
import { untilAborted } from "../system/until-aborted.js";
/** `weir serve`: a gateway alone, on any supergraph. */
export const serveVerb = (program, run) => {
    program
        .command('serve')
        .helpGroup('Gateway:')
        .description('serve a supergraph: GraphQL on /graphql, the sandbox on /')
        .optionsGroup('Input:')
        .option('--supergraph <file>', 'a composed supergraph')
        .addOption(new Option('--config-supergraph <file>', 'a supergraph.yaml, composed here and after each change').conflicts('supergraph'))
        .option('--config <file>', 'a gateway.yaml; without one every key has its default')
        .optionsGroup('Behaviour:')
        .addOption(new Option('--port <number>', 'listen here; 0 finds a free port').argParser(portNumber))
        .option('--host <address>', 'listen on this address')
        .option('--wait', 'answer 503 while there is no supergraph that can be served, instead of ending')
        .addOption(new Option('--sample', 'show the people and servers of the sample shop in the sandbox').hideHelp())
        .addHelpText('after', help)
        .action((options, command) => run(command, (surroundings) => serve(options, command, surroundings)));
};
const help = `
Examples:
  weir serve --supergraph supergraph.graphql --port 4000
  weir serve --config-supergraph supergraph.yaml --config gateway.yaml
  weir serve --supergraph supergraph.graphql --port 0 --host 0.0.0.0

SIGTERM and Ctrl-C let running requests finish. A changed schema or configuration is taken over
while serving; a bad one is reported and the good one stays.

Exit codes: 0 stopped · 1 the supergraph cannot be served · 2 wrong usage or configuration · 3 port taken`;
function portNumber(text) {
    const port = Number(text);
    if (/^\d{1,5}$/.test(text) && port <= 65_535)
        return port;
    throw new InvalidArgumentError('expected a whole number from 0 to 65535');
}
async function serve(options, command, surroundings) {
    const supergraph = sourceOf(options, surroundings);
    if (supergraph === undefined) {
        return command.error('error: nothing to serve: give --supergraph FILE or --config-supergraph FILE');
    }
    const { loadConfig } = await import("../../gateway/config/config.js");
    const loaded = loadConfig(options.config, surroundings.env);
    if (!loaded.ok) {
        surroundings.err(loaded.text);
        return exitCodes.usage;
    }
    try {
        const { config } = loaded;
        const { env } = surroundings;
        const file = options.config === undefined ? {} : { configFile: { path: options.config, env } };
        const { stop: signal } = surroundings;
        return await serving({ supergraph, config, signal, ...file, ...whereOf(options) }, options, surroundings);
    }
    catch (failure) {
        return refuse(failure, options.port, surroundings);
    }
}
/** Serves until asked to end; without a supergraph that can be served only where waiting for one was asked for. */
async function serving(servingOptions, options, surroundings) {
    const { startServing } = await import("../../gateway/serving.js");
    const seen = { refused: undefined, taken: false };
    const gateway = await startServing({
        ...servingOptions,
        version: surroundings.version,
        ...(options.sample === true ? { sandbox: await sampleFacts(surroundings) } : {}),
        onReload: (event) => {
            if (event.kind === 'taken')
                seen.taken = true;
            else
                seen.refused = event.text;
        },
    });
    if (gateway === undefined)
        return exitCodes.done;
    try {
        if (seen.refused !== undefined && !seen.taken && options.wait !== true) {
            surroundings.err(`${seen.refused}\n`);
            return exitCodeOf(codesIn(seen.refused));
        }
        const waiting = seen.taken ? '' : ' (waiting for a supergraph)';
        surroundings.out(`serving ${gateway.url}${waiting}\n`);
        await untilAborted(surroundings.stop);
        return exitCodes.done;
    }
    finally {
        await gateway.stop();
    }
}
async function sampleFacts({ settings }) {
    const { sampleSandbox } = await import("../system/sample-sandbox.js");
    return sampleSandbox(settings.portBase);
}
function codesIn(text) {
    return [...text.matchAll(/^error\[([A-Z0-9_-]+)\]/gm)].map(([, code = '']) => ({ code }));
}
function whereOf({ host, port }) {
    return { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
}
function sourceOf({ supergraph, configSupergraph }, { env }) {
    if (configSupergraph !== undefined)
        return { kind: 'compose', path: configSupergraph, env };
    return supergraph === undefined ? undefined : { kind: 'file', path: supergraph };
}
async function refuse(failure, port, { err }) {
    const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
    if (code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL') {
        const holder = port === undefined ? undefined : await holderOf(port);
        const by = holder === undefined ? '' : ` by ${holder}`;
        const what = code === 'EADDRINUSE' ? `is taken${by}` : `cannot be used (${code})`;
        err(`error[WEIR-P001]: port ${String(port ?? '')} ${what}\n  fix: stop that process, or let a free port be found: --port 0\n`);
        return exitCodes.surroundings;
    }
    err(`error: ${reasonOf(failure)}\n`);
    return exitCodes.failed;
}
//# sourceMappingURL=serve.js.map