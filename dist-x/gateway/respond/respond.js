import { errorCatalogue, WeirError } from "../model/errors.js";
import { responseText } from "../model/graphql-response.js";
import { refusal } from "../model/refusal.js";
import { shownError } from "./subgraph-errors.js";
const mostErrors = 100;
/** Errors of one answer together; more would be a way to make a small request cost a large answer. */
const mostErrorText = 48 * 1024;
const neverStored = Object.freeze({ 'cache-control': 'no-store' });
/** What a 401 must come with (RFC 9110 11.6.1, RFC 6750 3). */
const challenges = {
    UNAUTHENTICATED: { ...neverStored, 'www-authenticate': 'Bearer' },
    MISSING_JWT: { ...neverStored, 'www-authenticate': 'Bearer' },
    INVALID_JWT: { ...neverStored, 'www-authenticate': 'Bearer error="invalid_token"' },
    INVALID_API_KEY: { ...neverStored, 'www-authenticate': 'ApiKey' },
};
const refusedByGraphQL = new Set([
    'GRAPHQL_PARSE_FAILED',
    'GRAPHQL_VALIDATION_FAILED',
    'BAD_USER_INPUT',
]);
/** Turns what happened into the answer clients see: errors masked and bounded, denials told, nothing cached. */
export function respond(settings) {
    const refused = ({ code, errors }, requestId) => ({
        status: errorCatalogue[code].status,
        refusedByGraphQL: refusedByGraphQL.has(code),
        headers: challenges[code] ?? neverStored,
        errors: bounded(errors),
        data: undefined,
        extensions: { trace_id: requestId },
    });
    const bodyOf = longBodiesOnce();
    return {
        executed: (outcome) => executed(outcome, settings),
        refused,
        failed: (error, requestId) => {
            if (!(error instanceof WeirError))
                return refused(internal, requestId);
            return refused(refusal(error.code, error.message, error.extensions), requestId);
        },
        answer: (response) => ({
            status: response.status,
            refusedByGraphQL: response.refusedByGraphQL,
            headers: response.headers,
            ...(response.untagged === true ? { untagged: true } : undefined),
            body: bodyOf(response),
        }),
    };
}
/** From here on a body is kept as bytes; below, text and HTTP head go out as one string. */
const longBody = 8 * 1024;
/** One response may be the answer of many requests: a long body is made once, and kept for as long as its response. */
function longBodiesOnce() {
    const made = new WeakMap();
    return (response) => {
        const known = made.get(response);
        if (known !== undefined)
            return known;
        const text = responseText(response);
        if (text.length < longBody)
            return text;
        const body = bytesOf(text);
        made.set(response, body);
        return body;
    };
}
const encoder = new TextEncoder();
/** `Buffer.from` walks through a text twice, and most answers are ASCII: as many bytes as characters. */
function bytesOf(text) {
    const bytes = Buffer.allocUnsafe(text.length);
    const { read, written } = encoder.encodeInto(text, bytes);
    return read === text.length ? bytes.subarray(0, written) : Buffer.from(text);
}
const internal = refusal('INTERNAL_SERVER_ERROR', 'Internal server error');
function executed({ result, denials, requestId, headers }, settings) {
    const shown = bounded(result.errors).map((error) => shownError(error, settings.includeSubgraphErrors));
    const denied = settings.unauthorized === 'disabled' ? [] : bounded(deniedErrors(denials));
    const errors = bounded(settings.unauthorized === 'errors' ? [...shown, ...denied] : shown);
    return {
        status: 200,
        refusedByGraphQL: false,
        headers: headers === undefined ? neverStored : { ...headers, ...neverStored },
        errors,
        data: result.data,
        extensions: extensionsOf({
            ...(result.valueCompletion.length > 0 ? { valueCompletion: bounded(result.valueCompletion) } : {}),
            ...(settings.unauthorized === 'extensions' && denied.length > 0 ? { authorizationErrors: denied } : {}),
            ...(errors.length > 0 ? { trace_id: requestId } : {}),
        }),
    };
}
function extensionsOf(extensions) {
    return Object.keys(extensions).length === 0 ? undefined : extensions;
}
/** One error a path: two types may have a field there that the caller may not see. */
function deniedErrors(denials) {
    if (denials.length < 2)
        return denials.map(deniedError);
    return [...new Map(denials.map((denial) => [denial.path.join('.'), denial])).values()].map(deniedError);
}
function deniedError({ path, undecided }) {
    if (undecided === true)
        return {
            message: 'Whether you may see this cannot be decided now',
            path,
            extensions: { code: 'POLICY_UNAVAILABLE' },
        };
    return { message: 'Unauthorized field or type', path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } };
}
/** The first errors, within bounds on their number and on their text; one more says how many are left out. */
function bounded(errors) {
    let text = 0;
    const kept = [];
    for (const error of errors) {
        text += error.message.length + (error.path?.join('').length ?? 0) + 100;
        if (kept.length >= mostErrors || text > mostErrorText)
            break;
        kept.push(error);
    }
    const left = errors.length - kept.length;
    if (left === 0)
        return errors;
    const code = errors[kept.length]?.extensions.code ?? 'INTERNAL_SERVER_ERROR';
    return [...kept, { message: `${String(left)} more errors are not shown.`, extensions: { code } }];
}
//# sourceMappingURL=respond.js.map