import { commandCodes } from "../codes.js";
import { exitCodes } from "../exit-codes.js";
/** `weir explain`: what a code means and what to do about it. */
export const explainVerb = (program, run) => {
    program
        .command('explain [code]')
        .helpGroup('Help:')
        .description('what an error code means; without one, the list of all')
        .addHelpText('after', help)
        .action((code, _options, command) => run(command, (surroundings) => explain(code, surroundings)));
};
const help = `
Examples:
  weir explain WEIR-C012
  weir explain FIELD_TYPE_MISMATCH
  weir explain UNAUTHORIZED_FIELD_OR_TYPE

Exit codes: 0 known · 2 no such code`;
async function explain(code, { out, err }) {
    const texts = await allCodes();
    if (code === undefined) {
        for (const [name, { text }] of texts)
            out(`${name.padEnd(30)} ${text[0] ?? ''}\n`);
        return exitCodes.done;
    }
    const wanted = code.toUpperCase();
    for (const [name, { alias, text }] of texts) {
        if (name !== wanted && alias !== wanted)
            continue;
        out(`${name}${alias === undefined ? '' : ` (${alias})`}\n${text.map((line) => `  ${line}\n`).join('')}`);
        return exitCodes.done;
    }
    const known = [...texts].flatMap(([name, { alias }]) => (alias === undefined ? [name] : [name, alias]));
    const { nearestName } = await import("../../schema/yaml/yaml.js");
    const near = nearestName(wanted, known);
    err(`error: no such code: ${code}\n${near === undefined ? '' : `  did you mean  ${near} ?\n`}  all codes: weir explain\n`);
    return exitCodes.usage;
}
/** Every code with its meaning, in order. */
export async function allCodes() {
    const { explainedCompositionCodes } = await import("../../schema/compose/compose.js");
    const { errorCatalogue } = await import("../../gateway/model/errors.js");
    const composition = explainedCompositionCodes().map(({ code, origin, meaning, fix }) => [
        code,
        { alias: origin, text: [meaning, `fix: ${fix}`] },
    ]);
    const command = Object.entries(commandCodes).map(([code, text]) => [
        code,
        { text: [text] },
    ]);
    const gateway = Object.entries(errorCatalogue).map(([code, { meaning, status }]) => [
        code,
        { text: [meaning, `HTTP status ${status} when it ends the whole request; stands in extensions.code`] },
    ]);
    return new Map([...composition, ...command, ...gateway].sort(([a], [b]) => (a < b ? -1 : 1)));
}
//# sourceMappingURL=explain.js.map