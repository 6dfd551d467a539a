import type { ErrorCode } from './errors.ts';
import type { ClientError } from './execution.ts';

/** A request that ends before anything is executed; the first error's code decides the status. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly errors: readonly ClientError[];
}

/** A refusal with one error; the message is for the client. */
export function refusal(
  code: ErrorCode,
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
): Refusal {
  return { code, errors: [{ message, extensions: { ...extensions, code } }] };
}
