import { Option } from 'commander';
import type { JsonError } from '../schema/check/check.ts';
import type { Problem } from '../schema/problem/problem.ts';
import { problemText } from '../schema/problem/problem-text.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

const reportFormats = ['text', 'json', 'markdown', 'github', 'sarif'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** `--format`; inside a GitHub job it is `github` unless one is given. */
export function formatOption(formats: readonly ReportFormat[] = reportFormats): Option {
  const option = new Option('--format <format>', 'form of the report')
    .choices([...formats])
    .helpGroup('Output:');
  return option;
}

/** The format to use: as given, else what suits the surroundings. */
export function chosenFormat(given: ReportFormat | undefined, { settings }: Surroundings): ReportFormat {
  return given ?? (settings.github === undefined ? 'text' : 'github');
}

export interface JsonOutcome {
  readonly command: string;
  readonly exitCode: ExitCode;
  readonly data: unknown;
  readonly errors: readonly JsonError[];
}

/** The one JSON document of a command, also when it failed, so that there is always something to parse. */
export function jsonDocument({ command, exitCode, data, errors }: JsonOutcome): string {
  const document = { schema_version: 1, command, success: exitCode === 0, exit_code: exitCode, data, errors };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Writes problems to `err`, one block each. */
export function tellProblems(problems: readonly Problem[], { err, paint }: Surroundings): void {
  const most = 100;
  for (const problem of problems.slice(0, most)) err(`${problemText(problem, paint)}\n\n`);
  if (problems.length > most) err(`… and ${problems.length - most} more (--format json lists all)\n`);
}
