import { highestPortBase, refusedPort } from "./system/sample-ports.js";
/** Reads the variables that concern the command line. */
export function readSettings(env) {
    const portBase = Number(env['WEIR_PORT_BASE'] ?? '4000');
    const wrong = wrongPortBase(portBase);
    if (wrong !== undefined)
        return { ok: false, ...wrong };
    return {
        ok: true,
        settings: {
            colour: colourOf(env),
            github: env['GITHUB_ACTIONS'] === 'true'
                ? { summaryFile: env['GITHUB_STEP_SUMMARY'], outputFile: env['GITHUB_OUTPUT'] }
                : undefined,
            portBase,
            user: env['GITHUB_ACTOR'] ?? env['USER'] ?? env['LOGNAME'] ?? 'unknown',
        },
    };
}
function wrongPortBase(portBase) {
    if (!Number.isSafeInteger(portBase) || portBase < 1 || portBase > highestPortBase) {
        const problem = `WEIR_PORT_BASE must be a whole number from 1 to ${highestPortBase}`;
        return { problem, fix: 'unset it for 4000' };
    }
    const refused = refusedPort(portBase);
    if (refused === undefined)
        return undefined;
    const { name, port, instead } = refused;
    const problem = `with WEIR_PORT_BASE=${portBase} ${name} would be on port ${port}, which browsers and fetch refuse to ask`;
    return { problem, fix: `WEIR_PORT_BASE=${instead} works` };
}
function colourOf(env) {
    if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '')
        return false;
    if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '')
        return env['FORCE_COLOR'] !== '0';
    return env['TERM'] === 'dumb' ? false : undefined;
}
//# sourceMappingURL=settings.js.map