import { refusal } from "../model/refusal.js";
import { askedFirst } from "./csrf.js";
import { documentInPath } from "./document-path.js";
import { headerText } from "./exchange.js";
import { holdsMoreThan } from "./json-count.js";
import { bodyType, negotiated } from "./media-type.js";
import { requestBody } from "./request-body.js";
import { parsedJson, queryShape, requestShape } from "./request-shape.js";
/** GraphQL over HTTP: one exchange from headers to answer. https://graphql.github.io/graphql-over-http/draft/ */
export async function answerGraphQL(exchange, route) {
    if (route.inFlight.turnsAway(exchange))
        return;
    const asked = await askedOf(exchange, route.settings);
    if (asked === 'gone')
        return;
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
async function askedOf(exchange, settings) {
    const { headers } = exchange.message;
    const accepted = negotiated(headerText(headers.accept));
    if (accepted === undefined)
        return { ok: false, refusal: notAcceptable };
    exchange.type = accepted.type;
    exchange.namedJson = accepted.namedJson;
    if (settings.csrf.enabled && !askedFirst(headers, settings.csrf.requiredHeaders)) {
        return { ok: false, refusal: csrfRefusal(settings.csrf.requiredHeaders) };
    }
    return exchange.message.method === 'GET' ? askedByGet(exchange, settings) : askedByPost(exchange, settings);
}
function requestOf(exchange, shape, { signal, batchSize }) {
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
function askedByGet({ message }, { json, graphqlPath }) {
    const url = message.url ?? '';
    const search = url.includes('?') ? url.slice(url.indexOf('?')) : '';
    const shaped = queryShape(search, json, documentInPath(url, graphqlPath));
    return shaped.ok ? { ok: true, value: { kind: 'one', shape: shaped.value } } : shaped;
}
async function askedByPost({ message }, settings) {
    const type = bodyType(message.headers['content-type']);
    if (type !== 'json')
        return { ok: false, refusal: typeRefusals[type] };
    const body = await requestBody(message, settings.maxRequestBytes);
    if (body.kind === 'gone')
        return 'gone';
    if (body.kind === 'refused')
        return { ok: false, refusal: body.refusal };
    const tooMuch = keysRefusal(body.text, settings);
    if (tooMuch !== undefined)
        return { ok: false, refusal: tooMuch };
    const json = parsedJson(body.text);
    if (!json.ok)
        return json;
    const inPath = documentInPath(message.url ?? '', settings.graphqlPath);
    if (Array.isArray(json.value) && inPath === undefined)
        return batchOf(json.value, settings);
    const shaped = requestShape(json.value, settings.json, inPath);
    return shaped.ok ? { ok: true, value: { kind: 'one', shape: shaped.value } } : shaped;
}
/** Besides "query" and the like; before the body is parsed, which takes far longer than to count. */
const membersOfRequest = 10;
function keysRefusal(text, { json: { maxKeys }, batching }) {
    const requests = batching.enabled ? batching.maximumSize : 1;
    if (!holdsMoreThan(requests * (maxKeys + membersOfRequest), text))
        return undefined;
    return refusal('MAX_JSON_KEYS_LIMIT', `The request has more than ${String(maxKeys)} keys and items (at most ${String(maxKeys)} allowed, limits.json_max_keys).`);
}
function batchOf(values, { batching, json }) {
    if (!batching.enabled)
        return refused('BATCHING_NOT_ENABLED', 'Several operations in one request are not allowed.');
    if (values.length === 0)
        return refused('BAD_REQUEST', 'The batch is empty.');
    if (values.length > batching.maximumSize) {
        return refused('BATCH_LIMIT_EXCEEDED', `${String(values.length)} operations came in one request (at most ${String(batching.maximumSize)} allowed, batching.maximum_size).`);
    }
    const shapes = [];
    for (const value of values) {
        const shaped = requestShape(value, json);
        if (!shaped.ok)
            return shaped;
        shapes.push(shaped.value);
    }
    return { ok: true, value: { kind: 'batch', shapes } };
}
function answerAll(asked, answer) {
    return asked.kind === 'one' ? answer(asked.shape) : batchAnswer(asked.shapes.map(answer));
}
async function batchAnswer(answering) {
    const answers = await Promise.all(answering);
    // The strictest of them: what is not stored alone is not stored together.
    const headers = { 'cache-control': 'no-store' };
    const body = `[${answers.map((one) => one.body.toString()).join(',')}]`;
    return { status: 200, refusedByGraphQL: false, headers, body };
}
function refused(code, message) {
    return { ok: false, refusal: refusal(code, message) };
}
const notAcceptable = refusal('NOT_ACCEPTABLE', 'Answers are application/graphql-response+json or application/json; the accept header allows neither.');
const typeRefusals = {
    none: refusal('UNSUPPORTED_MEDIA_TYPE', 'The request needs the content type application/json.'),
    'other type': refusal('UNSUPPORTED_MEDIA_TYPE', 'The content type must be application/json.'),
    'other charset': refusal('UNSUPPORTED_MEDIA_TYPE', 'The charset must be utf-8.'),
};
function csrfRefusal(requiredHeaders) {
    return refusal('CSRF_PREVENTED', `A page of another site could have sent this. Send the content type application/json or one of these headers, not empty: ${requiredHeaders.join(', ')}.`);
}
//# sourceMappingURL=graphql-route.js.map