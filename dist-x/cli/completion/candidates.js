const valuesOfOptions = { '--subgraph': 'subgraphs', '--as': 'callers' };
const valuesOfCommands = { explain: 'codes' };
/** What needs no quotes in any shell; nothing else is offered, wherever it was read. */
const plainWord = /^[\w@%+=:,./-]+$/;
/**
 * What can stand in place of the last word, which may be empty or begun; nothing where any file may. `words` are those
 * after the program's name.
 */
export async function candidates(program, words, known) {
    const begun = words.at(-1) ?? '';
    const place = placeOf(program, words.slice(0, -1));
    const all = begun.startsWith('-') ? optionNames(place.command) : await valuesAt(place, program, known);
    return [...new Set(all)].filter((word) => word.startsWith(begun) && plainWord.test(word)).sort();
}
function placeOf(program, before) {
    let place = { command: program, option: undefined, given: 0 };
    for (const word of before)
        place = after(place, word);
    return place;
}
function after({ command, option, given }, word) {
    if (option !== undefined)
        return { command, option: undefined, given };
    if (word.startsWith('-')) {
        const named = command.options.find(({ long, short }) => long === word || short === word);
        const takes = named?.required === true || named?.optional === true;
        return { command, option: takes ? named : undefined, given };
    }
    const below = command.commands.find((one) => one.name() === word);
    return below === undefined || given > 0
        ? { command, option, given: given + 1 }
        : { command: below, option, given: 0 };
}
async function valuesAt({ command, option, given }, program, known) {
    if (option !== undefined) {
        const kind = valuesOfOptions[option.long ?? ''];
        return option.argChoices ?? (kind === undefined ? [] : known(kind));
    }
    if (given === 0 && command.name() === 'help')
        return [...commandNames(program), 'exit-codes'];
    const kind = valuesOfCommands[command.name()];
    if (given === 0 && kind !== undefined)
        return known(kind);
    const argument = command.registeredArguments[given];
    return [...(given === 0 ? commandNames(command) : []), ...(argument?.argChoices ?? [])];
}
const commandNames = (command) => command.commands.map((one) => one.name()).filter((name) => !name.startsWith('__'));
const optionNames = ({ options }) => [
    ...options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []),
    '--help',
];
//# sourceMappingURL=candidates.js.map