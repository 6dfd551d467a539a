import { configOption } from "../verb.js";
/** `weir dev`: the sample shop while its schemas and code are being changed. */
export const devVerb = (program, run) => {
    program
        .command('dev')
        .helpGroup('Sample system:')
        .description('the same while you change it: recomposes and restarts what changed')
        .addOption(configOption())
        .optionsGroup('Output:')
        .option('-v, --verbose', 'show what every server says')
        .addHelpText('after', help)
        .action((options, command) => run(command, async (surroundings) => {
        const { runDevelopment } = await import("../development/development.js");
        return runDevelopment({ config: options.config, verbose: options.verbose === true }, surroundings);
    }));
};
const help = `
A schema that does not compose is reported once; the last good supergraph goes on serving.

Examples:
  weir dev
  WEIR_PORT_BASE=5000 weir dev --verbose

Exit codes: 0 stopped · 3 a port is taken · 130 interrupted before it ran`;
//# sourceMappingURL=dev.js.map