import { Option, type Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs the work of a verb and keeps its exit code; one that throws ends with a report of the fault. */
export type Run = (
  command: Command,
  work: (surroundings: Surroundings) => Promise<ExitCode>,
) => Promise<void>;

/** Adds one verb to the program. */
export type Verb = (program: Command, run: Run) => void;

/** `--config`, as the verbs that read `supergraph.yaml` have it. */
export function configOption(description = 'the supergraph.yaml to read'): Option {
  return new Option('--config <file>', description).default('supergraph.yaml').helpGroup('Input:');
}
