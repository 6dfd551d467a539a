import type { ExitCode } from '../exit-codes.ts';
import { jsonDocument, type ReportFormat } from '../report-format.ts';
import type { Surroundings } from '../surroundings.ts';

/** Why a command did not do what it was asked for. */
export interface Refusal {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

/** Tells it, as the one JSON document where that is wanted; the exit code. */
export function refuse(
  command: string,
  { exitCode, code, message, hint }: Refusal,
  format: ReportFormat | undefined,
  { out, err, paint }: Surroundings,
): ExitCode {
  if (format === 'json')
    out(jsonDocument({ command, exitCode, data: null, errors: [{ code, message, hint }] }));
  else err(`${paint.red('error')}[${code}]: ${message}\n  ${hint}\n`);
  return exitCode;
}
