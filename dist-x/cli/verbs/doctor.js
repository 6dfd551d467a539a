import { exitCodes } from "../exit-codes.js";
import { formatOption, jsonDocument } from "../report-format.js";
/** `weir doctor`: is everything here that weir needs? */
export const doctorVerb = (program, run) => {
    program
        .command('doctor')
        .helpGroup('Help:')
        .description('look at installation, ports and configuration; each finding with a fix')
        .addOption(formatOption(['text', 'json']))
        .addHelpText('after', '\nExample:\n  weir doctor\n\nExit codes: 0 all well · 2 configuration · 3 installation or surroundings')
        .action((options, command) => run(command, (surroundings) => doctor(options.format, surroundings)));
};
async function doctor(format, surroundings) {
    const { examine } = await import("../doctor/examination.js");
    const findings = await examine(surroundings);
    const exitCode = exitCodeFor(findings);
    if (format === 'json') {
        const errors = findings
            .filter(({ state }) => state === 'bad')
            .map(({ what, fix, area }) => ({
            code: area === 'configuration' ? 'WEIR-F010' : 'WEIR-D001',
            message: what,
            ...(fix === undefined ? {} : { hint: fix }),
        }));
        surroundings.out(jsonDocument({ command: 'doctor', exitCode, data: { findings }, errors }));
        return exitCode;
    }
    const { outPaint: paint, out } = surroundings;
    const marks = { good: paint.green('✔'), bad: paint.red('✖'), note: paint.yellow('!') };
    for (const { state, what, fix } of findings) {
        out(`${marks[state]} ${what}\n${fix === undefined ? '' : `    ${fix}\n`}`);
    }
    const bad = findings.filter(({ state }) => state === 'bad').length;
    out(bad === 0 ? 'all that is needed is here\n' : `${bad} to be mended\n`);
    return exitCode;
}
function exitCodeFor(findings) {
    const bad = findings.filter(({ state }) => state === 'bad');
    if (bad.length === 0)
        return exitCodes.done;
    return bad.every(({ area }) => area === 'configuration') ? exitCodes.usage : exitCodes.surroundings;
}
//# sourceMappingURL=doctor.js.map