import { errorCatalogue, type ErrorCode } from '../model/errors.ts';
import type { ClientError } from '../model/execution.ts';

/** What a client may see of a subgraph's errors: everything, the code alone, or parts by rule. */
export type ErrorVisibility =
  | boolean
  | {
      readonly redact_message: boolean;
      /** Keys of `extensions` that are shown besides `code`; all when left out. */
      readonly allow_extensions_keys?: readonly string[] | undefined;
      readonly deny_extensions_keys?: readonly string[] | undefined;
    };

export interface SubgraphErrorSettings {
  readonly all: ErrorVisibility;
  readonly subgraphs: Readonly<Record<string, ErrorVisibility>>;
}

const redacted = 'Subgraph errors redacted';
/** Said by the gateway about a subgraph: their general sentences give nothing away. */
const ownCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'SUBREQUEST_HTTP_ERROR',
  'GATEWAY_TIMEOUT',
  'REQUEST_CONCURRENCY_LIMITED',
  'SUBGRAPH_COST_ESTIMATED_TOO_EXPENSIVE',
]);
const largestExtensions = 4096;

/** An error as clients may see it; errors that carry no `service` are the gateway's own and pass. */
export function shownError(error: ClientError, settings: SubgraphErrorSettings): ClientError {
  const { service } = error.extensions;
  if (typeof service !== 'string') return error;
  const rule = Object.hasOwn(settings.subgraphs, service) ? settings.subgraphs[service] : undefined;
  const visibility = rule ?? settings.all;
  if (visibility === true) return bounded(error, error.message);
  const general = generalMessage(error.extensions.code);
  const code = shownCode(error.extensions.code);
  if (visibility === false) return { ...placeOf(error), message: general, extensions: { code } };
  const extensions = visibleExtensions(error.extensions, visibility);
  const shown = { ...placeOf(error), message: error.message, extensions: { ...extensions, code } };
  return bounded(shown, visibility.redact_message ? general : error.message);
}

function placeOf({ path }: ClientError): Pick<ClientError, 'path'> {
  return path === undefined ? {} : { path };
}

function generalMessage(code: string): string {
  return ownCodes.has(code) ? errorCatalogue[code as ErrorCode].meaning : redacted;
}

/** A subgraph may put anything there, a sentence with a host name too. */
function shownCode(code: string): string {
  return /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : 'DOWNSTREAM_SERVICE_ERROR';
}

function visibleExtensions(
  extensions: ClientError['extensions'],
  rule: Exclude<ErrorVisibility, boolean>,
): Readonly<Record<string, unknown>> {
  const allowed = Object.entries(extensions).filter(([key]) => {
    if (rule.deny_extensions_keys?.includes(key) === true) return false;
    return rule.allow_extensions_keys?.includes(key) ?? true;
  });
  return Object.fromEntries(allowed);
}

function bounded(error: ClientError, message: string): ClientError {
  const { code } = error.extensions;
  const extensions = jsonLength(error.extensions) > largestExtensions ? { code } : error.extensions;
  return { ...placeOf(error), message: message.slice(0, 1000), extensions };
}

function jsonLength(value: unknown): number {
  try {
    return JSON.stringify(value).length;
  } catch (error) {
    // Nested too deeply to be written.
    if (error instanceof RangeError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}
