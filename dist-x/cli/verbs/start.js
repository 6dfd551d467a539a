/** `weir start`: the sample shop, all of it. */
export const startVerb = (program, run) => {
    program
        .command('start')
        .helpGroup('Sample system:')
        .description('run the sample shop: subgraphs, gateway, servers for web and mobile')
        .optionsGroup('Output:')
        .option('-v, --verbose', 'show what every server says')
        .addHelpText('after', help)
        .action((options, command) => run(command, async (surroundings) => {
        const { runSystem } = await import("../system/run.js");
        const { addressLines } = await import("../system/addresses.js");
        const { homeOf, sampleSecret } = await import("../system/home.js");
        const { sampleServices } = await import("../system/service.js");
        const { root, env, self, settings } = surroundings;
        const { portBase } = settings;
        const secret = await sampleSecret(homeOf(root, env));
        return runSystem({
            services: sampleServices({ root, env, self, portBase, secret }),
            addresses: addressLines(portBase),
            stageMs: 60_000,
            verbose: options.verbose === true,
        }, surroundings);
    }));
};
const help = `
Environment:
  WEIR_PORT_BASE  gateway on this port, the others counted from it (default 4000)
  WEIR_HOME       databases and keys are kept here (default .weir in the checkout)
  WEIR_SCALE      multiplies the sample data, which the first start makes (default 1)

Examples:
  weir start
  WEIR_PORT_BASE=5000 weir start

Exit codes: 0 stopped · 3 a port is taken · 130 interrupted before it ran`;
//# sourceMappingURL=start.js.map