import { existsSync } from 'node:fs';
import { Option } from 'commander';
import { exitCodes } from "../exit-codes.js";
import { jsonDocument } from "../report-format.js";
/** `weir config`: what `gateway.yaml` may say, and whether it does. */
export const configVerb = (program, run) => {
    const config = program
        .command('config')
        .helpGroup('Help:')
        .description('gateway.yaml: its JSON Schema, its defaults, and whether yours is right');
    config
        .command('schema')
        .description('print the JSON Schema of gateway.yaml, for editors')
        .action((_options, command) => run(command, async ({ out }) => {
        const { configSchema } = await import("../../gateway/config/config.js");
        out(`${JSON.stringify(configSchema(), null, 2)}\n`);
        return exitCodes.done;
    }));
    config
        .command('defaults')
        .description('print gateway.yaml with every key at its default')
        .action((_options, command) => run(command, async ({ out }) => {
        const { configDefaults } = await import("../../gateway/config/config.js");
        out(configDefaults());
        return exitCodes.done;
    }));
    config
        .command('validate [file]')
        .description('check gateway.yaml without starting anything; all problems at once')
        .addOption(new Option('--format <format>', 'form of the report').choices(['text', 'json']).default('text'))
        .action((file, options, command) => run(command, (surroundings) => validate(file, options.format, surroundings)));
    config.addHelpText('after', help);
};
const help = `
Examples:
  weir config defaults > gateway.yaml
  weir config schema > gateway.schema.json
  weir config validate gateway.yaml

Exit codes: 0 valid · 2 not valid`;
async function validate(given, format, surroundings) {
    const { loadConfig } = await import("../../gateway/config/config.js");
    const file = given ?? 'gateway.yaml';
    const absent = given === undefined && !existsSync(file);
    const loaded = loadConfig(absent ? undefined : file, surroundings.env);
    const exitCode = loaded.ok ? exitCodes.done : exitCodes.usage;
    if (format === 'json') {
        const errors = loaded.ok
            ? []
            : loaded.problems.map(({ path, message, line, column }) => ({
                code: 'WEIR-F010',
                message: path === '' ? message : `${path}: ${message}`,
                location: { file, line, column },
            }));
        surroundings.out(jsonDocument({ command: 'config validate', exitCode, data: { file }, errors }));
        return exitCode;
    }
    if (loaded.ok) {
        surroundings.err(absent ? 'there is no gateway.yaml here; the defaults are used\n' : `${file} is valid\n`);
        return exitCode;
    }
    surroundings.err(`${loaded.text.trimEnd()}\n  schema for your editor: weir config schema > gateway.schema.json\n`);
    return exitCode;
}
//# sourceMappingURL=config.js.map