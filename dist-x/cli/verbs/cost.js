import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { getOperationAST, getVariableValues, GraphQLError, parse, validate, } from 'graphql';
import { exitCodeOf, exitCodes } from "../exit-codes.js";
import { formatOption, jsonDocument, tellProblems } from "../report-format.js";
import { configOption } from "../verb.js";
/** `weir cost`: what an operation may cost, field by field. */
export const costVerb = (program, run) => {
    program
        .command('cost <query>')
        .helpGroup('Schemas:')
        .description('what an operation may cost, by field and by subgraph, and what to cut')
        .addOption(configOption())
        .option('--supergraph <file>', 'a composed supergraph, instead of a supergraph.yaml')
        .option('--gateway <file>', 'the gateway.yaml with demand_control (default: the one here, if there is one)')
        .option('--variables <json>', 'values of the variables', variablesIn)
        .option('--operation <name>', 'the one that is meant, where there are several')
        .option('--max <points>', 'fail above this, instead of what gateway.yaml allows', pointsIn)
        .addOption(formatOption(['text', 'json']))
        .addHelpText('after', help)
        .action((query, options, command) => run(command, (surroundings) => cost(query, options, surroundings)));
};
const help = `
Examples:
  weir cost '{ products(first: 50) { nodes { name reviews { nodes { body } } } } }'
  weir cost page.graphql --variables '{"first": 20}' --max 500
  cat page.graphql | weir cost - --supergraph supergraph.graphql

The query is text, the name of a file, or - for standard input.

Exit codes: 0 within what is allowed · 1 dearer · 2 wrong usage or operation`;
function variablesIn(text) {
    try {
        const value = JSON.parse(text);
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
            return value;
    }
    catch {
        // Said below, with what is expected.
    }
    throw new InvalidArgumentError('expected a JSON object');
}
function pointsIn(text) {
    if (/^\d{1,12}$/.test(text))
        return Number(text);
    throw new InvalidArgumentError('expected a whole number');
}
async function cost(query, options, surroundings) {
    const sdl = await supergraphText(options, surroundings);
    if (typeof sdl !== 'string')
        return sdl;
    const { loadConfig } = await import("../../gateway/config/config.js");
    const own = existsSync('gateway.yaml') ? 'gateway.yaml' : undefined;
    const loaded = loadConfig(options.gateway ?? own, surroundings.env);
    if (!loaded.ok) {
        surroundings.err(loaded.text);
        return exitCodes.usage;
    }
    const { static_estimated: estimated } = loaded.config.demand_control.strategy;
    const { clientSchema } = await import("../../schema/compose/compose.js");
    const schema = clientSchema(sdl, options.supergraph ?? options.config);
    if (!schema.ok) {
        tellProblems(schema.problems, surroundings);
        return exitCodes.usage;
    }
    const text = await queryText(query, surroundings);
    const asked = operationOf(text, schema.value, options);
    if (typeof asked === 'string')
        return wrong(asked, surroundings);
    const { createCosts } = await import("../../gateway/cost/cost.js");
    const costs = createCosts(parse(sdl), schema.value, { listSize: estimated.list_size });
    const weighed = costs.of(asked.operation);
    const { unsliced } = weighed.estimate(asked.variables);
    const { subgraphCosts } = await import("../cost/subgraph-costs.js");
    const report = {
        ...{ share: weighed.shares(asked.variables), unsliced, max: options.max ?? estimated.max },
        subgraphs: await subgraphCosts(sdl, loaded.config, asked),
    };
    return tell(report, options.format, surroundings);
}
async function tell(report, format, { out, outPaint }) {
    const { share, max, unsliced, subgraphs } = report;
    const { costText, isOver } = await import("../cost/cost-report.js");
    const isPlanned = typeof subgraphs !== 'string';
    const isFine = share.cost <= max && unsliced.length === 0 && isPlanned && !subgraphs.some(isOver);
    const exitCode = isFine ? exitCodes.done : exitCodes.failed;
    if (format === 'json') {
        const data = {
            ...{ cost: share.cost, max, unsliced, shares: share.parts },
            subgraphs: isPlanned ? subgraphs : null,
        };
        const errors = isPlanned ? [] : [{ code: 'QUERY_PLANNING_FAILED', message: subgraphs }];
        out(jsonDocument({ command: 'cost', exitCode, data, errors }));
        return exitCode;
    }
    out(costText(report, outPaint));
    return exitCode;
}
/** The supergraph, or the exit code of what kept it away. */
async function supergraphText({ supergraph, config }, surroundings) {
    const { readTextFile } = await import("../../schema/compose/compose.js");
    const { readAndCompose } = await import("./compose.js");
    if (supergraph !== undefined) {
        const read = await readTextFile(resolve(supergraph));
        if (read.ok)
            return read.value;
        tellProblems(read.problems, surroundings);
        return exitCodeOf(read.problems);
    }
    const { composition } = await readAndCompose(config, surroundings);
    if (composition.ok)
        return composition.sdl;
    tellProblems(composition.problems, surroundings);
    return exitCodeOf(composition.problems);
}
async function queryText(query, surroundings) {
    if (query === '-')
        return surroundings.input();
    return /[{\s]/.test(query) || !existsSync(query) ? query : readFile(query, 'utf8');
}
/** The operation with its values, or what is wrong with it. */
function operationOf(text, schema, options) {
    try {
        const document = parse(text, { noLocation: true });
        const [problem] = validate(schema, document);
        if (problem !== undefined)
            return problem.message;
        const chosen = getOperationAST(document, options.operation);
        if (!chosen)
            return 'the document does not hold one operation; name it: --operation NAME';
        const { errors, coerced } = getVariableValues(schema, chosen.variableDefinitions ?? [], options.variables ?? {});
        if (coerced === undefined)
            return errors[0]?.message ?? 'the variables are wrong';
        const fragments = document.definitions.filter((one) => one !== chosen && 'typeCondition' in one);
        const operation = {
            ...{ hash: '', text, name: chosen.name?.value, kind: chosen.operation },
            document: { ...document, definitions: [chosen, ...fragments] },
        };
        return { operation, variables: coerced };
    }
    catch (failure) {
        if (failure instanceof GraphQLError)
            return failure.message;
        throw failure;
    }
}
function wrong(problem, { err }) {
    err(`error: ${problem}\n`);
    return exitCodes.usage;
}
//# sourceMappingURL=cost.js.map