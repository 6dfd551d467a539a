import { bodyText } from "./body-text.js";
import { unusable } from "./failures.js";
import { isObject, subgraphErrors } from "./subgraph-errors.js";
/**
 * Checks that a response is a GraphQL response. A status other than 2xx is believed to carry one only when the
 * request was at fault (4xx) and the body reports errors: that is how servers answer invalid documents
 * (GraphQL over HTTP, 6.4). A body without data and without errors is a failure, never a silent null.
 */
export function answer(service, response, limits) {
    const { status, headers } = response;
    if (!carriesGraphQL(status))
        return unusable(service, status, 'a status that carries no GraphQL answer');
    const type = mediaType(single(headers['content-type']));
    if (!type.ok)
        return unusable(service, status, type.reason);
    const text = bodyText({
        chunks: response.chunks,
        size: response.size,
        encoding: single(headers['content-encoding']),
        limit: limits.maxResponseSize,
        unpacking: limits.unpacking,
    });
    const read = (body) => parsed(service, response, body, limits.maxErrors);
    return text instanceof Promise ? text.then(read) : read(text);
}
const carriesGraphQL = (status) => (status >= 200 && status < 300) || (status >= 400 && status < 500 && status !== 408 && status !== 429);
const single = (value) => typeof value === 'object' ? value.join(', ') : value;
/** JSON in UTF-8, by whatever name; a missing type is taken for JSON, as the body is checked anyway. */
function mediaType(raw) {
    if (raw === undefined || raw === 'application/json')
        return { ok: true };
    const [type = '', ...parameters] = raw.toLowerCase().split(';');
    if (!/^application\/([\w.-]+\+)?json$/.test(type.trim()))
        return { ok: false, reason: `the media type ${JSON.stringify(raw.slice(0, 100))}` };
    const charset = parameters.find((parameter) => parameter.trim().startsWith('charset='));
    if (charset !== undefined && !/=\s*"?(utf-?8|us-ascii)"?\s*$/.test(charset))
        return { ok: false, reason: `the character set ${JSON.stringify(charset.trim().slice(0, 100))}` };
    return { ok: true };
}
function parsed(service, response, body, maxErrors) {
    const { status, headers } = response;
    if (body.kind === 'unreadable')
        return unusable(service, status, body.reason, body.cause);
    const json = parse(body.text);
    if (!json.ok)
        return unusable(service, status, `${body.text.length} characters that are not JSON`);
    if (!isObject(json.value))
        return unusable(service, status, 'JSON that is not an object');
    const { data = null, errors: rawErrors, extensions } = json.value;
    const errors = subgraphErrors(rawErrors, maxErrors);
    if (data !== null && !isObject(data))
        return unusable(service, status, 'data that is not an object');
    if (errors.length === 0 && (data === null || status >= 300))
        return unusable(service, status, 'neither data nor errors');
    return {
        ...{ kind: 'answered', data, errors, owned: true, headers, mayNeedEscape: body.hasBackslash },
        ...(isObject(extensions) ? { extensions } : {}),
    };
}
function parse(text) {
    try {
        return { ok: true, value: JSON.parse(text) };
    }
    catch {
        // The parser's message quotes the body, which has no place in a log.
        return { ok: false };
    }
}
//# sourceMappingURL=answer.js.map