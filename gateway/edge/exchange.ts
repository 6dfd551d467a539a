import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { errorCatalogue, WeirError } from '../model/errors.ts';
import type { GraphQLAnswer } from '../model/graphql-request.ts';
import { errorsText } from '../model/graphql-response.ts';
import type { Refusal } from '../model/refusal.ts';
import type { AnswerType } from './media-type.ts';
import { encoded, mayBeEncoded } from './answer-encoding.ts';
import { entityTag, isAmong, mayBeKept } from './entity-tag.ts';
import type { EdgeRefusal } from './edge-settings.ts';

type HeaderMap = Readonly<Record<string, string | readonly string[]>>;

export interface RefusalDetails {
  readonly headers?: HeaderMap;
  /** For the log only. */
  readonly cause?: unknown;
  /** A short body that nobody has begun to read is skipped, and the connection stays: a new one costs more. */
  readonly skipsBody?: boolean;
}

export interface ExchangeSettings {
  readonly unreadTimeoutMs: number;
  readonly refused: (refusal: EdgeRefusal) => void;
  readonly isDraining: () => boolean;
}

/** One HTTP request and the one answer it gets; a second answer is ignored. */
export class Exchange {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** For answers, whatever they are; CORS adds to it. */
  headers: HeaderMap = {};
  type: AnswerType = 'application/json';
  /** Whether the client named `application/json` itself. */
  namedJson = false;
  readonly #settings: ExchangeSettings;
  readonly #started = performance.now();
  #answered = false;
  #skipsBody = false;

  constructor(
    message: IncomingMessage,
    response: ServerResponse,
    requestId: string,
    settings: ExchangeSettings,
  ) {
    this.message = message;
    this.response = response;
    this.requestId = requestId;
    this.#settings = settings;
  }

  /** Sends a GraphQL answer, compressed when the client allows it. */
  async answer(answer: GraphQLAnswer): Promise<void> {
    const status = answer.refusedByGraphQL && this.namedJson ? 200 : answer.status;
    if (mayBeKept(answer)) {
      await this.#answerKept(answer, status);
      return;
    }
    if (!mayBeEncoded(answer.body)) {
      this.#send(status, answer.headers, answer.body);
      return;
    }
    const { body, encoding } = await encoded(
      answer.body,
      headerText(this.message.headers['accept-encoding']),
    );
    const vary = varyWith(this.headers, answer.headers);
    this.#send(
      status,
      { ...answer.headers, vary, ...(encoding === undefined ? {} : { 'content-encoding': encoding }) },
      body,
    );
  }

  /** An answer that clients may keep: with what tells it apart, and without a body when it is the one they have. */
  async #answerKept(answer: GraphQLAnswer, status: number): Promise<void> {
    const { method, headers: asked } = this.message;
    const { body, encoding } = await encoded(answer.body, headerText(asked['accept-encoding']));
    const vary = `Accept, ${varyWith(this.headers, answer.headers)}`;
    const headers = {
      ...answer.headers,
      vary,
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    };
    if (method !== 'GET' || answer.untagged === true) {
      this.#send(status, headers, body);
      return;
    }
    const etag = entityTag(answer.body, `${this.type} ${encoding ?? ''}`);
    if (isAmong(etag, headerText(asked['if-none-match']))) this.#send(304, { ...headers, etag }, '');
    else this.#send(status, { ...headers, etag }, body);
  }

  /** Sends a coded refusal; a body that is still coming is drained a little, so that the client reads the answer. */
  refuse(refused: Refusal, { headers = {}, cause, skipsBody = false }: RefusalDetails = {}): void {
    if (this.#answered) return;
    this.#skipsBody = skipsBody;
    const { status } = errorCatalogue[refused.code];
    const { requestId } = this;
    this.#send(status, { 'cache-control': 'no-store', ...headers }, refusalText(refused, requestId));
    const durationMs = performance.now() - this.#started;
    this.#settings.refused({ requestId, code: refused.code, status, durationMs, cause });
  }

  /** Sends an answer that is not GraphQL. */
  send(status: number, headers: HeaderMap, body: string): void {
    this.#send(status, headers, body);
  }

  #send(status: number, headers: HeaderMap, body: string | Buffer): void {
    if (this.#answered || this.response.destroyed) return;
    this.#answered = true;
    const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    const unread =
      hasBody(this.message) && !this.message.readableEnded && !(this.#skipsBody && isShort(this.message));
    const closes = unread || this.#settings.isDraining();
    const head = this.#headWith(headers);
    // A 304 speaks of an answer that is elsewhere.
    if (status !== 304) head['content-length'] = length;
    if (closes) head.connection = 'close';
    this.response.writeHead(status, head);
    if (unread) {
      this.response.write(body);
      drainALittle(this.message, this.response);
      return;
    }
    // Together with the other answers of the event loop's turn: alone, each write waits for its reader to be woken.
    setImmediate(() => {
      // Most answers are ASCII, and latin1 is written several times faster than UTF-8.
      this.response.end(body, length === body.length ? 'latin1' : 'utf8');
      this.#limitUnread();
    });
  }

  /** Key by key: a literal of several spread objects takes several times as long, for every answer. */
  #headWith(headers: HeaderMap): OutgoingHttpHeaders {
    const head: Record<string, string | readonly string[] | number> = {};
    for (const name of Object.keys(this.headers)) head[name] = this.headers[name] ?? '';
    head['content-type'] = this.type === 'application/json' ? plainJson : `${this.type}; charset=utf-8`;
    for (const name of Object.keys(headers)) head[name] = headers[name] ?? '';
    head['x-request-id'] = this.requestId;
    head['x-content-type-options'] = 'nosniff';
    return head as OutgoingHttpHeaders;
  }

  /** A client that does not read its answer would hold memory and socket for ever. */
  #limitUnread(): void {
    const { socket } = this.response;
    if (!socket?.writableLength) return;
    let written = socket.bytesWritten;
    const timer = setInterval(() => {
      if (socket.bytesWritten === written) socket.destroy();
      written = socket.bytesWritten;
    }, this.#settings.unreadTimeoutMs);
    this.response.once('close', () => clearInterval(timer));
  }
}

/** Most of what is refused under load is refused for the same reason. */
const errorsOf = new WeakMap<Refusal, string>();

function refusalText(refused: Refusal, requestId: string): string {
  const errors = errorsOf.get(refused) ?? errorsText(refused.errors);
  errorsOf.set(refused, errors);
  return `{"errors":${errors},"extensions":{"trace_id":${JSON.stringify(requestId)}}}`;
}

const plainJson = 'application/json; charset=utf-8';

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

const mostSkippedBytes = 64 * 1024;

/** Node drops what of it nobody has read. */
function isShort({ headers, readableDidRead }: IncomingMessage): boolean {
  return !readableDidRead && Number(headers['content-length'] ?? Infinity) <= mostSkippedBytes;
}

const mostDrainedBytes = 1024 * 1024;
const longestDrainMs = 500;

/** Closing while a client still writes resets the connection, and the client never sees its answer. */
function drainALittle(message: IncomingMessage, response: ServerResponse): void {
  let drained = 0;
  const finish = (): void => {
    clearTimeout(timer);
    message.off('data', onData).off('end', finish).off('close', finish);
    response.end();
  };
  const timer = setTimeout(finish, longestDrainMs);
  const onData = (chunk: Buffer): void => {
    drained += chunk.length;
    if (drained > mostDrainedBytes) finish();
  };
  message.on('data', onData).on('end', finish).on('close', finish);
  message.on('error', () => undefined);
  message.resume();
}

function varyWith(own: HeaderMap, answer: HeaderMap): string {
  if (own['vary'] === undefined && answer['vary'] === undefined) return 'Accept-Encoding';
  const names = [own['vary'], answer['vary'], 'Accept-Encoding'].flat().filter((name) => name !== undefined);
  return names.join(', ');
}

export function headerText(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.join(', ');
}

/** What a request is ended with when its deadline passes, its client leaves, or the server stops. */
export function endedBecause(why: 'deadline' | 'client left' | 'stopping'): WeirError {
  if (why === 'deadline') return new WeirError('GATEWAY_TIMEOUT', 'The request took too long.');
  if (why === 'stopping') return new WeirError('SHUTTING_DOWN', 'The server is stopping.');
  return new WeirError('REQUEST_TIMEOUT', 'The client left before its answer was ready.');
}
