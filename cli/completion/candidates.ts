import type { Command, Option } from 'commander';

/** What only the files at hand, or another part of the program, know. */
export type KnownKind = 'subgraphs' | 'callers' | 'codes';
export type KnownValues = (kind: KnownKind) => Promise<readonly string[]>;

const valuesOfOptions: Readonly<Record<string, KnownKind>> = { '--subgraph': 'subgraphs', '--as': 'callers' };
const valuesOfCommands: Readonly<Record<string, KnownKind>> = { explain: 'codes' };

/** What needs no quotes in any shell; nothing else is offered, wherever it was read. */
const plainWord = /^[\w@%+=:,./-]+$/;

/**
 * What can stand in place of the last word, which may be empty or begun; nothing where any file may. `words` are those
 * after the program's name.
 */
export async function candidates(
  program: Command,
  words: readonly string[],
  known: KnownValues,
): Promise<readonly string[]> {
  const begun = words.at(-1) ?? '';
  const place = placeOf(program, words.slice(0, -1));
  const all = begun.startsWith('-') ? optionNames(place.command) : await valuesAt(place, program, known);
  return [...new Set(all)].filter((word) => word.startsWith(begun) && plainWord.test(word)).sort();
}

interface Place {
  readonly command: Command;
  /** Whose value comes next. */
  readonly option: Option | undefined;
  /** Arguments of the command so far. */
  readonly given: number;
}

function placeOf(program: Command, before: readonly string[]): Place {
  let place: Place = { command: program, option: undefined, given: 0 };
  for (const word of before) place = after(place, word);
  return place;
}

function after({ command, option, given }: Place, word: string): Place {
  if (option !== undefined) return { command, option: undefined, given };
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

async function valuesAt(
  { command, option, given }: Place,
  program: Command,
  known: KnownValues,
): Promise<readonly string[]> {
  if (option !== undefined) {
    const kind = valuesOfOptions[option.long ?? ''];
    return option.argChoices ?? (kind === undefined ? [] : known(kind));
  }
  if (given === 0 && command.name() === 'help') return [...commandNames(program), 'exit-codes'];
  const kind = valuesOfCommands[command.name()];
  if (given === 0 && kind !== undefined) return known(kind);
  const argument = command.registeredArguments[given];
  return [...(given === 0 ? commandNames(command) : []), ...(argument?.argChoices ?? [])];
}

const commandNames = (command: Command): readonly string[] =>
  command.commands.map((one) => one.name()).filter((name) => !name.startsWith('__'));

const optionNames = ({ options }: Command): readonly string[] => [
  ...options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []),
  '--help',
];
