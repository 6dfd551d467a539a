import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { writeAudit, type AuditRecord } from './audit.ts';
import { cleanText } from './clean-text.ts';
import {
  metricsPage,
  pageType,
  serveMetrics,
  type MetricsAddress,
  type MetricsPage,
} from './metrics-page.ts';
import type { Observer, RequestRecord } from './observer.ts';
import { ownNumbers } from './own-numbers.ts';
import { processReadings } from './process-numbers.ts';
import { counted } from './request-numbers.ts';

export { counted, metricsPage, ownNumbers, pageType, processReadings, serveMetrics };
export type { AuditRecord, Logger, MetricsAddress, MetricsPage, Observer, RequestRecord };

export interface LogSettings {
  /** `auto`: readable lines on a terminal, JSON elsewhere. */
  readonly format: 'auto' | 'json' | 'pretty';
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Where log lines go: a file descriptor, or anything that can be written to. */
export type LogDestination =
  { readonly fd: 1 | 2; readonly isTerminal: boolean } | { write: (line: string) => void };

/** Says in every line who writes it. */
export type LogFields = Readonly<Record<string, string | number>>;

const mostCodes = 10;

/** The log: JSON lines, or readable ones on a terminal; `fields` stand in every line and say which of several processes writes. */
export function observe(settings: LogSettings, destination: LogDestination, fields?: LogFields): Observer {
  const stream = streamOf(settings, destination, fields !== undefined);
  const logger = pino(
    {
      level: settings.level,
      base: fields ?? null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretPaths, censor: '•••' },
    },
    stream,
  );
  return {
    logger,
    requestDone: requestWriter(logger, stream, fields),
    accessDenied: (record) => writeAudit(logger, record),
    flush: () => stream.flushSync?.(),
  };
}

/** A net under the rule that nobody logs these in the first place. */
const secretPaths = ['authorization', 'cookie', 'token', 'password', 'secret', 'headers'].flatMap((name) => [
  name,
  `*.${name}`,
]);

interface Stream {
  write(line: string): void;
  flushSync?: () => void;
}

function streamOf({ format }: LogSettings, destination: LogDestination, isShared: boolean): Stream {
  const terminal = 'fd' in destination && destination.isTerminal;
  if (format === 'pretty' || (format === 'auto' && terminal)) {
    const to = 'fd' in destination ? destination.fd : writableTo(destination);
    return pretty({
      destination: to,
      sync: true,
      colorize: terminal,
      singleLine: true,
      ignore: 'pid,hostname',
    });
  }
  // Buffered: a write for each line would cost more than the line.
  return 'fd' in destination
    ? pino.destination({
        fd: destination.fd,
        sync: false,
        periodicFlush: 200,
        ...(isShared ? sharedWrites : ownWrites),
      })
    : destination;
}

/** A pipe keeps together what comes in one write of at most 4096 bytes (PIPE_BUF); whole lines are what is written at once. */
const sharedWrites = { minLength: 3072, maxWrite: 4096 };
const ownWrites = { minLength: 15 * 1024, maxWrite: 16 * 1024 };

function writableTo(destination: Stream): Writable {
  return new Writable({
    write: (chunk: unknown, _encoding, done) => {
      destination.write(String(chunk));
      done();
    },
  });
}

/**
 * Request lines are put together here: the logger's own way, with its search for secrets that a record of fixed fields
 * cannot hold, costs twice as much.
 */
function requestWriter(logger: Logger, stream: Stream, fields?: LogFields): Observer['requestDone'] {
  const now = clock();
  const extra = fields === undefined ? '' : `,${JSON.stringify(fields).slice(1, -1)}`;
  return (record) => {
    if (record.cause !== undefined) {
      logger.error({ ...lineOf(record), cause: causeText(record.cause) }, 'request failed');
      return;
    }
    if (!logger.isLevelEnabled('info')) return;
    stream.write(`{"level":"info","time":"${now()}"${extra}${lineText(record)},"msg":"request"}\n`);
  };
}

/** As `JSON.stringify(lineOf(record))` has it, without the objects in between. */
function lineText(record: RequestRecord): string {
  const { client, errorCodes, warnings, toldDenied } = record;
  let text = text64('request_id', record.requestId);
  text += shortText('operation', record.operationName);
  text += shortText('kind', record.operationKind);
  text += shortText('hash', record.operationHash?.slice(0, 16));
  text += shortText('document', record.document);
  if (client !== undefined)
    text += shortText('client', client.name) + shortText('client_version', client.version);
  text += shortText('subject', record.subject);
  text += `,"status":${String(record.status)},"ms":${String(Math.round(record.durationMs * 10) / 10)}`;
  if (record.subgraphCalls !== undefined) text += `,"calls":${String(record.subgraphCalls)}`;
  text += numberText('cost', record.costEstimated) + numberText('cost_actual', record.costActual);
  return (
    text +
    listText('errors', codes(errorCodes)) +
    listText('warnings', codes(warnings)) +
    listText('denied', denials(toldDenied))
  );
}

const numberText = (key: string, value: number | undefined): string =>
  value === undefined ? '' : `,"${key}":${String(value)}`;

const text64 = (key: string, value: string): string => `,"${key}":${JSON.stringify(cleanText(value, 64))}`;

const shortText = (key: string, value: string | undefined): string =>
  value === undefined ? '' : `,"${key}":${JSON.stringify(cleanText(value, 100))}`;

const listText = (key: string, values: readonly string[] | undefined): string =>
  values === undefined ? '' : `,"${key}":${JSON.stringify(values)}`;

/** The time as in all log lines; many requests end within one millisecond. */
function clock(): () => string {
  let last = 0;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== last) {
      last = now;
      text = new Date(now).toISOString();
    }
    return text;
  };
}

function lineOf(record: RequestRecord): Readonly<Record<string, unknown>> {
  return {
    request_id: cleanText(record.requestId, 64),
    operation: short(record.operationName),
    kind: record.operationKind,
    hash: record.operationHash?.slice(0, 16),
    document: short(record.document),
    client: short(record.client?.name),
    client_version: short(record.client?.version),
    subject: short(record.subject),
    status: record.status,
    ms: Math.round(record.durationMs * 10) / 10,
    calls: record.subgraphCalls,
    cost: record.costEstimated,
    cost_actual: record.costActual,
    errors: codes(record.errorCodes),
    warnings: codes(record.warnings),
    denied: denials(record.toldDenied),
  };
}

function short(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cleanText(text, 100);
}

function codes(all: readonly string[] | undefined): readonly string[] | undefined {
  if (all === undefined || all.length === 0) return undefined;
  return [...new Set(all)].slice(0, mostCodes).map((code) => cleanText(code, 64));
}

function denials(all: readonly string[] | undefined): readonly string[] | undefined {
  if (all === undefined || all.length === 0) return undefined;
  return [...new Set(all)].slice(0, mostCodes).map((denial) => cleanText(denial, 200));
}

/** Message, stack and up to two causes behind it, as one line. */
function causeText(cause: unknown, causesLeft = 2): string {
  if (!(cause instanceof Error)) return cleanText(typeof cause === 'string' ? cause : typeof cause, 500);
  const behind =
    cause.cause === undefined || causesLeft === 0 ? '' : ` <- ${causeText(cause.cause, causesLeft - 1)}`;
  const stack = (cause.stack ?? cause.message).replaceAll(/\s*\n\s*/g, ' | ');
  return cleanText(stack, 800) + behind.slice(0, 600);
}
