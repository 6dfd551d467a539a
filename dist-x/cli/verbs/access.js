import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { exitCodeOf, exitCodes } from "../exit-codes.js";
import { formatOption, jsonDocument, tellProblems } from "../report-format.js";
import { configOption } from "../verb.js";
import { readOperations } from "./check.js";
import { readAndCompose } from "./compose.js";
/** `weir access`: who may see what, by which rule. */
export const accessVerb = (program, run) => {
    program
        .command('access [query]')
        .helpGroup('Schemas:')
        .description('who may see what, field by field: of a query or its file, or of all')
        .addOption(configOption())
        .optionsGroup('Input:')
        .option('--as <caller>', 'a name in callers.yaml, or anonymous (default: anonymous)')
        .option('--callers <file>', 'named callers with their scopes, roles and policies', 'callers.yaml')
        .option('--table', 'every field: what it needs and how many operations ask for it')
        .option('--operations <glob...>', 'client operations for the table (default: */operations/*.graphql)')
        .optionsGroup('Output:')
        .addOption(formatOption(['text', 'json', 'markdown']))
        .addHelpText('after', help)
        .action((query, options, command) => run(command, (surroundings) => access(query, options, surroundings)));
};
const help = `
Examples:
  weir access --as support '{ me { email } }'
  weir access --as support bff-web/operations/account.graphql
  weir access --table > ACCESS.md
  weir access --table --format json

Exit codes: 0 all is allowed · 1 something is not · 2 wrong usage or file`;
async function access(query, options, surroundings) {
    if ((query === undefined) !== (options.table === true))
        return wrong('give either a query or --table', surroundings);
    const graph = await readGraph(options, surroundings);
    if (typeof graph === 'number')
        return graph;
    return query === undefined
        ? table(graph, options, surroundings)
        : report(query, graph, { options, surroundings });
}
async function readGraph({ config }, surroundings) {
    const { composition, sources } = await readAndCompose(config, surroundings);
    if (!composition.ok) {
        tellProblems(composition.problems, surroundings);
        return exitCodeOf(composition.problems);
    }
    const { clientSchema } = await import("../../schema/compose/compose.js");
    const { parse } = await import('graphql');
    const schema = clientSchema(composition.sdl, config);
    if (schema.ok)
        return { supergraph: parse(composition.sdl), schema: schema.value, sources };
    tellProblems(schema.problems, surroundings);
    return exitCodes.usage;
}
async function table(graph, options, surroundings) {
    const operations = await readOperations(options.operations);
    if (!operations.ok) {
        tellProblems(operations.problems, surroundings);
        return exitCodeOf(operations.problems);
    }
    const { accessTable } = await import("../../gateway/authorize/authorize.js");
    const { tableMarkdown, withPlaces } = await import("../access/access-text.js");
    const { ruleFinder } = await import("../access/rule-finder.js");
    const find = ruleFinder(graph.sources);
    const fields = accessTable(graph, operations.value.map(({ document }) => document));
    const exitCode = exitCodes.done;
    surroundings.out(options.format === 'json'
        ? jsonDocument({ command: 'access', exitCode, data: { fields: withPlaces(fields, find) }, errors: [] })
        : tableMarkdown(fields, find));
    return exitCode;
}
async function report(query, graph, { options, surroundings }) {
    const caller = await callerOf(options, surroundings);
    if (caller === undefined)
        return exitCodes.usage;
    const document = await validDocument(query, graph.schema, surroundings);
    if (document === undefined)
        return exitCodes.usage;
    const { accessReport } = await import("../../gateway/authorize/authorize.js");
    const { reportText, withPlaces } = await import("../access/access-text.js");
    const { ruleFinder } = await import("../access/rule-finder.js");
    const find = ruleFinder(graph.sources);
    const fields = accessReport(graph, document, caller);
    const exitCode = fields.every(({ isAllowed }) => isAllowed) ? exitCodes.done : exitCodes.failed;
    surroundings.out(options.format === 'json'
        ? jsonDocument({ command: 'access', exitCode, data: { fields: withPlaces(fields, find) }, errors: [] })
        : reportText(fields, find, surroundings.outPaint));
    return exitCode;
}
async function callerOf({ as = 'anonymous', callers }, surroundings) {
    const { readCallers } = await import("../../gateway/config/callers.js");
    const { nearestName, readTextFile } = await import("../../schema/compose/compose.js");
    const text = existsSync(callers) ? await readTextFile(resolve(callers)) : undefined;
    if (text !== undefined && !text.ok) {
        tellProblems(text.problems, surroundings);
        return undefined;
    }
    const read = readCallers(callers, text?.value ?? '');
    if (!read.ok) {
        surroundings.err(`${read.text}\n`);
        return undefined;
    }
    const found = read.callers.get(as);
    if (found !== undefined)
        return found;
    const names = [...read.callers.keys()];
    const near = nearestName(as, names);
    const hint = near === undefined ? `known: ${names.join(', ')}` : `did you mean  ${near} ?`;
    wrong(`no caller "${as}" in ${callers}\n  ${hint}`, surroundings);
    return undefined;
}
async function validDocument(query, schema, surroundings) {
    const { parse, Source, validate, GraphQLError } = await import('graphql');
    const { readTextFile } = await import("../../schema/compose/compose.js");
    const isFile = !query.includes('{');
    const read = isFile ? await readTextFile(resolve(query)) : undefined;
    if (read !== undefined && !read.ok) {
        tellProblems(read.problems, surroundings);
        return undefined;
    }
    try {
        const document = parse(new Source(read?.value ?? query, isFile ? query : 'query'), {
            maxTokens: 100_000,
        });
        const errors = validate(schema, document);
        if (errors.length === 0)
            return document;
        for (const error of errors.slice(0, 20))
            surroundings.err(`error: ${error.toString()}\n`);
    }
    catch (failure) {
        surroundings.err(`error: ${failure instanceof GraphQLError ? failure.toString() : String(failure)}\n`);
    }
    return undefined;
}
function wrong(message, { err }) {
    err(`error: ${message}\n`);
    return exitCodes.usage;
}
//# sourceMappingURL=access.js.map