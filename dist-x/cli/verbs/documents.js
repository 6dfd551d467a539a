import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { accepted, refused } from "../../schema/problem/problem.js";
import { exitCodeOf, exitCodes } from "../exit-codes.js";
import { filesLike } from "../file-pattern.js";
import { writeWhole } from "../files.js";
import { manifestSources } from "../documents/manifest-sources.js";
import { formatOption, jsonDocument, tellProblems } from "../report-format.js";
import { configOption } from "../verb.js";
import { readAndCompose } from "./compose.js";
/** `weir documents`: the operations that clients ship, from their source to a manifest. */
export const documentsVerb = (program, run) => {
    const documents = program
        .command('documents')
        .helpGroup('Schemas:')
        .description('manifests of the operations that clients ship: make, check and list them')
        .addHelpText('after', help);
    documents
        .command('extract <patterns...>')
        .description('make a manifest from .graphql files and gql`` tags in programs')
        .option('--client <name>', 'whose they are (default: the name in the nearest package.json)')
        .option('-o, --output <file>', 'write the manifest here instead of to standard output')
        .option('--check', 'write nothing; fail when the output file is out of date')
        .action((patterns, options, command) => run(command, (surroundings) => extract(patterns, options, surroundings)));
    documents
        .command('check [manifests...]')
        .description('do the documents fit the supergraph?')
        .addOption(configOption())
        .option('--supergraph <file>', 'a composed supergraph, instead of a supergraph.yaml')
        .option(...gatewayOption)
        .action((manifests, options, command) => run(command, (surroundings) => check(manifests, options, surroundings)));
    documents
        .command('list [manifests...]')
        .description('what is in manifests, and whose it is')
        .option(...gatewayOption)
        .addOption(formatOption(['text', 'json']))
        .action((manifests, options, command) => run(command, (surroundings) => list(manifests, options, surroundings)));
};
const gatewayOption = [
    '--gateway <file>',
    'the gateway.yaml whose manifests are meant when none is named (default: the one here)',
];
const help = `
Examples:
  weir documents extract 'web/src/**/*.{ts,tsx}' --output web-documents.json
  weir documents check web-documents.json --supergraph supergraph.graphql
  weir documents list                # what gateway.yaml names

A folder of .graphql files stands for a manifest.

Exit codes: 0 done · 1 a document does not fit, or the manifest is out of date · 2 wrong usage or file`;
const mostFiles = 10_000;
async function extract(patterns, options, surroundings) {
    const { shippedOperations, manifestText } = await import("../../schema/documents/documents.js");
    const files = await clientFiles(patterns, options.client);
    const shipped = files.ok ? shippedOperations(files.value) : files;
    if (!shipped.ok)
        return failed(shipped.problems, surroundings);
    const text = manifestText(shipped.value);
    const { output } = options;
    if (output === undefined) {
        surroundings.out(text);
        return exitCodes.done;
    }
    if (options.check === true)
        return checkCurrent(output, text, surroundings);
    const problem = await writeWhole(output, text);
    if (problem !== undefined)
        return failed([problem], surroundings);
    surroundings.err(`${output}: ${shipped.value.length} documents\n`);
    return exitCodes.done;
}
async function checkCurrent(file, text, { err }) {
    const now = await readFile(file, 'utf8').catch(() => '');
    if (now === text)
        return exitCodes.done;
    err(`${file} is out of date\n  fix: run the same without --check\n`);
    return exitCodes.failed;
}
async function clientFiles(patterns, client) {
    const { readTextFile } = await import("../../schema/compose/compose.js");
    const lists = await Promise.all(patterns.map((pattern) => filesLike(pattern, process.cwd())));
    const empty = patterns.filter((_, index) => lists[index]?.length === 0);
    if (empty.length > 0)
        return refused(...empty.map(noMatch));
    const names = [...new Set(lists.flat())].filter((name) => /\.(?:graphql|gql|[cm]?[jt]sx?)$/.test(name));
    if (names.length > mostFiles)
        return refused(tooMany(names.length));
    const problems = [];
    const files = [];
    const known = new Map();
    for (const file of names) {
        const text = await readTextFile(resolve(file));
        if (text.ok)
            files.push({ file, text: text.value, client: client ?? (await clientOf(file, known)) });
        // A program without a word in it ships nothing.
        else if (!text.problems.every(({ code }) => code === 'WEIR-F006'))
            problems.push(...text.problems);
    }
    return problems.length > 0 ? refused(...problems) : accepted(files);
}
/** By the name of its package, without the scope. */
async function clientOf(file, known) {
    for (let folder = dirname(resolve(file));; folder = dirname(folder)) {
        if (!known.has(folder))
            known.set(folder, await packageName(folder));
        const name = known.get(folder);
        if (name !== undefined)
            return name;
        if (folder === dirname(folder))
            return undefined;
    }
}
async function packageName(folder) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
    try {
        const { name } = JSON.parse(text);
        return typeof name === 'string' ? basename(name) : undefined;
    }
    catch {
        return undefined;
    }
}
async function check(manifests, options, surroundings) {
    const { brokenDocuments, readDocuments } = await import("../../schema/documents/documents.js");
    const sources = await manifestSources({ manifests, gateway: options.gateway }, surroundings);
    if (typeof sources === 'number')
        return sources;
    const documents = await readDocuments(sources);
    const supergraph = await supergraphText(options, surroundings);
    if (!documents.ok)
        return failed(documents.problems, surroundings);
    if (!supergraph.ok)
        return failed(supergraph.problems, surroundings);
    const { clientSchema } = await import("../../schema/compose/compose.js");
    const schema = clientSchema(supergraph.value, options.supergraph ?? options.config);
    if (!schema.ok)
        return failed(schema.problems, surroundings);
    const broken = brokenDocuments(documents.value, schema.value);
    tellProblems(broken, surroundings);
    const count = documents.value.length;
    if (broken.length > 0) {
        surroundings.err(`FAILED: ${broken.length} problems in ${count} documents\n`);
        return exitCodes.failed;
    }
    surroundings.err(`PASSED: all ${count} documents fit\n`);
    return exitCodes.done;
}
async function supergraphText({ supergraph, config }, surroundings) {
    if (supergraph !== undefined) {
        const { readTextFile } = await import("../../schema/compose/compose.js");
        return readTextFile(resolve(supergraph));
    }
    const { composition } = await readAndCompose(config, surroundings);
    return composition.ok ? accepted(composition.sdl) : composition;
}
async function list(manifests, { gateway, format }, surroundings) {
    const { readDocuments } = await import("../../schema/documents/documents.js");
    const sources = await manifestSources({ manifests, gateway }, surroundings);
    if (typeof sources === 'number')
        return sources;
    const documents = await readDocuments(sources);
    if (!documents.ok)
        return failed(documents.problems, surroundings);
    if (format === 'json') {
        const data = documents.value.map(({ ids, name, client, versions, location }) => ({
            ...{ ids, name, client, versions, location },
        }));
        surroundings.out(jsonDocument({ command: 'documents list', exitCode: exitCodes.done, data, errors: [] }));
        return exitCodes.done;
    }
    for (const document of documents.value)
        surroundings.out(`${lineOf(document)}\n`);
    surroundings.err(`${documents.value.length} documents\n`);
    return exitCodes.done;
}
function lineOf({ ids, name, client, versions, location }) {
    const whose = `${client ?? 'every client'}${versions === undefined ? '' : ` ${versions.join(', ')}`}`;
    const id = (ids.at(-1) ?? '').slice(0, 16);
    return `${whose.padEnd(20)} ${(name ?? '-').padEnd(28)} ${id.padEnd(16)} ${location.file}:${location.line}`;
}
function failed(problems, surroundings) {
    tellProblems(problems, surroundings);
    return exitCodeOf(problems);
}
function noMatch(pattern) {
    return {
        code: 'WEIR-O002',
        severity: 'error',
        message: `no file matches ${pattern}`,
        places: [],
        fix: "quote the pattern, as in 'src/**/*.{ts,tsx}'",
    };
}
function tooMany(count) {
    return { code: 'WEIR-O007', severity: 'error', message: `${count} files are too many`, places: [] };
}
//# sourceMappingURL=documents.js.map