import { Writable } from 'node:stream';
import { pino } from 'pino';
import pretty from 'pino-pretty';
import { writeAudit } from "./audit.js";
import { cleanText } from "./clean-text.js";
import { metricsPage, pageType, serveMetrics, } from "./metrics-page.js";
import { ownNumbers } from "./own-numbers.js";
import { processReadings } from "./process-numbers.js";
import { counted } from "./request-numbers.js";
export { counted, metricsPage, ownNumbers, pageType, processReadings, serveMetrics };
const mostCodes = 10;
/** The log: JSON lines, or readable ones on a terminal; `fields` stand in every line and say which of several processes writes. */
export function observe(settings, destination, fields) {
    const stream = streamOf(settings, destination, fields !== undefined);
    const logger = pino({
        level: settings.level,
        base: fields ?? null,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        redact: { paths: secretPaths, censor: '•••' },
    }, stream);
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
function streamOf({ format }, destination, isShared) {
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
function writableTo(destination) {
    return new Writable({
        write: (chunk, _encoding, done) => {
            destination.write(String(chunk));
            done();
        },
    });
}
/**
 * Request lines are put together here: the logger's own way, with its search for secrets that a record of fixed fields
 * cannot hold, costs twice as much.
 */
function requestWriter(logger, stream, fields) {
    const now = clock();
    const extra = fields === undefined ? '' : `,${JSON.stringify(fields).slice(1, -1)}`;
    return (record) => {
        if (record.cause !== undefined) {
            logger.error({ ...lineOf(record), cause: causeText(record.cause) }, 'request failed');
            return;
        }
        if (!logger.isLevelEnabled('info'))
            return;
        stream.write(`{"level":"info","time":"${now()}"${extra}${lineText(record)},"msg":"request"}\n`);
    };
}
/** As `JSON.stringify(lineOf(record))` has it, without the objects in between. */
function lineText(record) {
    const { client, errorCodes, warnings, denied } = record;
    let text = text64('request_id', record.requestId);
    text += shortText('operation', record.operationName);
    text += shortText('kind', record.operationKind);
    text += shortText('hash', record.operationHash?.slice(0, 16));
    text += shortText('document', record.document);
    if (client !== undefined)
        text += shortText('client', client.name) + shortText('client_version', client.version);
    text += shortText('subject', record.subject);
    text += `,"status":${String(record.status)},"ms":${String(Math.round(record.durationMs * 10) / 10)}`;
    if (record.subgraphCalls !== undefined)
        text += `,"calls":${String(record.subgraphCalls)}`;
    text += numberText('cost', record.costEstimated) + numberText('cost_actual', record.costActual);
    return (text +
        listText('errors', codes(errorCodes)) +
        listText('warnings', codes(warnings)) +
        listText('denied', denials(denied)));
}
const numberText = (key, value) => value === undefined ? '' : `,"${key}":${String(value)}`;
const text64 = (key, value) => `,"${key}":${JSON.stringify(cleanText(value, 64))}`;
const shortText = (key, value) => value === undefined ? '' : `,"${key}":${JSON.stringify(cleanText(value, 100))}`;
const listText = (key, values) => values === undefined ? '' : `,"${key}":${JSON.stringify(values)}`;
/** The time as in all log lines; many requests end within one millisecond. */
function clock() {
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
function lineOf(record) {
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
        denied: denials(record.denied),
    };
}
function short(text) {
    return text === undefined ? undefined : cleanText(text, 100);
}
function codes(all) {
    if (all === undefined || all.length === 0)
        return undefined;
    return [...new Set(all)].slice(0, mostCodes).map((code) => cleanText(code, 64));
}
function denials(all) {
    if (all === undefined || all.length === 0)
        return undefined;
    return [...new Set(all)].slice(0, mostCodes).map((denial) => cleanText(denial, 200));
}
/** Message, stack and up to two causes behind it, as one line. */
function causeText(cause, causesLeft = 2) {
    if (!(cause instanceof Error))
        return cleanText(typeof cause === 'string' ? cause : typeof cause, 500);
    const behind = cause.cause === undefined || causesLeft === 0 ? '' : ` <- ${causeText(cause.cause, causesLeft - 1)}`;
    const stack = (cause.stack ?? cause.message).replaceAll(/\s*\n\s*/g, ' | ');
    return cleanText(stack, 800) + behind.slice(0, 600);
}
//# sourceMappingURL=observe.js.map