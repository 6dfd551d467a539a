import type { CancelSignal } from '../model/cancellation.ts';
import { refusal, type Refusal } from '../model/refusal.ts';
import type { GraphQLAnswer, GraphQLRequest } from '../model/graphql-request.ts';
import { askedFirst } from './csrf.ts';
import type { EdgeHooks, EdgeSettings } from './edge-settings.ts';
import { documentInPath } from './document-path.ts';
import { headerText, type Exchange } from './exchange.ts';
import { holdsMoreThan } from './json-count.ts';
import type { InFlight } from './in-flight.ts';
import { bodyType, negotiated } from './media-type.ts';
import { requestBody } from './request-body.ts';
import { parsedJson, queryShape, requestShape, type RequestShape, type Shaped } from './request-shape.ts';

type Asked =
  | { readonly kind: 'one'; readonly shape: RequestShape }
  | { readonly kind: 'batch'; readonly shapes: readonly RequestShape[] };

export interface GraphQLRoute {
  readonly settings: EdgeSettings;
  readonly hooks: Pick<EdgeHooks, 'answer'>;
  readonly inFlight: InFlight;
}

/** GraphQL over HTTP: one exchange from headers to answer. https://graphql.github.io/graphql-over-http/draft/ */
export async function answerGraphQL(exchange: Exchange, route: GraphQLRoute): Promise<void> {
  if (route.inFlight.turnsAway(exchange)) return;
  const asked = await askedOf(exchange, route.settings);
  if (asked === 'gone') return;
  if (!asked.ok) {
    exchange.refuse(asked.refusal);
    return;
  }
  await route.inFlight.run(exchange, async (signal) => {
    const { value } = asked;
    const call = { signal, batchSize: value.kind === 'one' ? 1 : value.shapes.length };
    const answer = await answerAll(value, (shape) => route.hooks.answer(requestOf(exchange, shape, call)));
    await exchange.answer(answer);
  });
}

async function askedOf(exchange: Exchange, settings: EdgeSettings): Promise<Shaped<Asked> | 'gone'> {
  const { headers } = exchange.message;
  const accepted = negotiated(headerText(headers.accept));
  if (accepted === undefined) return { ok: false, refusal: notAcceptable };
  exchange.type = accepted.type;
  exchange.namedJson = accepted.namedJson;
  if (settings.csrf.enabled && !askedFirst(headers, settings.csrf.requiredHeaders)) {
    return { ok: false, refusal: csrfRefusal(settings.csrf.requiredHeaders) };
  }
  return exchange.message.method === 'GET' ? askedByGet(exchange, settings) : askedByPost(exchange, settings);
}

/** What the operations of one HTTP request have in common. */
interface Call {
  readonly signal: CancelSignal;
  readonly batchSize: number;
}

function requestOf(exchange: Exchange, shape: RequestShape, { signal, batchSize }: Call): GraphQLRequest {
  const method = exchange.message.method === 'GET' ? 'GET' : 'POST';
  const { query, documentId, operationName, variables, extensions } = shape;
  const { message, requestId } = exchange;
  const { headers, socket } = message;
  const address = socket.remoteAddress;
  // One literal without spreads, which cost a tiny request a twentieth.
  return {
    method,
    query,
    documentId,
    operationName,
    variables,
    extensions,
    headers,
    address,
    requestId,
    signal,
    batchSize,
  };
}

function askedByGet({ message }: Exchange, { json, graphqlPath }: EdgeSettings): Shaped<Asked> {
  const url = message.url ?? '';
  const search = url.includes('?') ? url.slice(url.indexOf('?')) : '';
  const shaped = queryShape(search, json, documentInPath(url, graphqlPath));
  return shaped.ok ? { ok: true, value: { kind: 'one', shape: shaped.value } } : shaped;
}

async function askedByPost({ message }: Exchange, settings: EdgeSettings): Promise<Shaped<Asked> | 'gone'> {
  const type = bodyType(message.headers['content-type']);
  if (type !== 'json') return { ok: false, refusal: typeRefusals[type] };
  const body = await requestBody(message, settings.maxRequestBytes);
  if (body.kind === 'gone') return 'gone';
  if (body.kind === 'refused') return { ok: false, refusal: body.refusal };
  const tooMuch = keysRefusal(body.text, settings);
  if (tooMuch !== undefined) return { ok: false, refusal: tooMuch };
  const json = parsedJson(body.text);
  if (!json.ok) return json;
  const inPath = documentInPath(message.url ?? '', settings.graphqlPath);
  if (Array.isArray(json.value) && inPath === undefined) return batchOf(json.value, settings);
  const shaped = requestShape(json.value, settings.json, inPath);
  return shaped.ok ? { ok: true, value: { kind: 'one', shape: shaped.value } } : shaped;
}

/** Besides "query" and the like; before the body is parsed, which takes far longer than to count. */
const membersOfRequest = 10;

function keysRefusal(text: string, { json: { maxKeys }, batching }: EdgeSettings): Refusal | undefined {
  const requests = batching.enabled ? batching.maximumSize : 1;
  if (!holdsMoreThan(requests * (maxKeys + membersOfRequest), text)) return undefined;
  return refusal(
    'MAX_JSON_KEYS_LIMIT',
    `The request has more than ${String(maxKeys)} keys and items (at most ${String(maxKeys)} allowed, limits.json_max_keys).`,
  );
}

function batchOf(values: readonly unknown[], { batching, json }: EdgeSettings): Shaped<Asked> {
  if (!batching.enabled)
    return refused('BATCHING_NOT_ENABLED', 'Several operations in one request are not allowed.');
  if (values.length === 0) return refused('BAD_REQUEST', 'The batch is empty.');
  if (values.length > batching.maximumSize) {
    return refused(
      'BATCH_LIMIT_EXCEEDED',
      `${String(values.length)} operations came in one request (at most ${String(batching.maximumSize)} allowed, batching.maximum_size).`,
    );
  }
  const shapes: RequestShape[] = [];
  for (const value of values) {
    const shaped = requestShape(value, json);
    if (!shaped.ok) return shaped;
    shapes.push(shaped.value);
  }
  return { ok: true, value: { kind: 'batch', shapes } };
}

function answerAll(
  asked: Asked,
  answer: (shape: RequestShape) => Promise<GraphQLAnswer>,
): Promise<GraphQLAnswer> {
  return asked.kind === 'one' ? answer(asked.shape) : batchAnswer(asked.shapes.map(answer));
}

async function batchAnswer(answering: readonly Promise<GraphQLAnswer>[]): Promise<GraphQLAnswer> {
  const answers = await Promise.all(answering);
  // The strictest of them: what is not stored alone is not stored together.
  const headers = { 'cache-control': 'no-store' };
  const body = `[${answers.map((one) => one.body.toString()).join(',')}]`;
  return { status: 200, refusedByGraphQL: false, headers, body };
}

function refused(code: Refusal['code'], message: string): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: refusal(code, message) };
}

const notAcceptable = refusal(
  'NOT_ACCEPTABLE',
  'Answers are application/graphql-response+json or application/json; the accept header allows neither.',
);

const typeRefusals: Readonly<Record<'other type' | 'other charset' | 'none', Refusal>> = {
  none: refusal('UNSUPPORTED_MEDIA_TYPE', 'The request needs the content type application/json.'),
  'other type': refusal('UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json.'),
  'other charset': refusal('UNSUPPORTED_MEDIA_TYPE', 'The charset must be utf-8.'),
};

function csrfRefusal(requiredHeaders: readonly string[]): Refusal {
  return refusal(
    'CSRF_PREVENTED',
    `A page of another site could have sent this. Send the content type application/json or one of these headers, not empty: ${requiredHeaders.join(', ')}.`,
  );
}
