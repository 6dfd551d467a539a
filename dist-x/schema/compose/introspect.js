import { request } from 'undici';
import { accepted, refused } from "../problem/problem.js";
import { decoded, maxFileBytes } from "./read-text.js";
import { shownUrl } from "./url.js";
/**
 * Asks a running subgraph for its schema with `{ _service { sdl } }`; redirects are not followed.
 * Problems: WEIR-N001 not reachable, WEIR-N002 no schema in the answer, WEIR-N003 too slow, WEIR-N004 too large.
 */
export async function introspectSubgraph(target, signal) {
    const shown = shownUrl(target.url);
    try {
        const answer = await request(target.url, {
            method: 'POST',
            headers: { ...target.headers, 'content-type': 'application/json', accept: 'application/json' },
            body: JSON.stringify({ query: '{ _service { sdl } }' }),
            signal,
            headersTimeout: 60_000,
            bodyTimeout: 60_000,
        });
        const bytes = await boundedBody(answer.body);
        if (bytes === 'too large') {
            return refused(problem('WEIR-N004', `the schema of ${shown} is larger than ${maxFileBytes / 1024 / 1024} MB`));
        }
        if (answer.statusCode !== 200)
            return refused(notGiven(shown, `HTTP status ${answer.statusCode}`));
        return schemaText(decoded(bytes, `the answer of ${shown}`), shown);
    }
    catch (failure) {
        return refused(unreachable(shown, failure, signal));
    }
}
async function boundedBody(body) {
    const chunks = [];
    let size = 0;
    for await (const chunk of body) {
        size += chunk.byteLength;
        if (size > maxFileBytes)
            return 'too large'; // leaving the loop destroys the body and its connection
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}
function schemaText(body, shown) {
    if (!body.ok)
        return body;
    let answer;
    try {
        answer = JSON.parse(body.value);
    }
    catch {
        return refused(notGiven(shown, 'the answer is not JSON'));
    }
    const sdl = property(property(property(answer, 'data'), '_service'), 'sdl');
    if (typeof sdl === 'string' && sdl.trim() !== '')
        return accepted(sdl);
    const errors = property(answer, 'errors');
    const message = Array.isArray(errors) ? property(errors[0], 'message') : undefined;
    const because = typeof message === 'string' ? message.slice(0, 200) : 'no data._service.sdl in the answer';
    return refused(notGiven(shown, because));
}
function property(value, name) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
        return undefined;
    return value[name];
}
function unreachable(shown, failure, signal) {
    if (signal.aborted)
        return problem('WEIR-N003', `${shown} did not give its schema in time`);
    const code = failure instanceof Error && 'code' in failure ? String(failure.code) : 'unknown error';
    const because = code === 'ECONNREFUSED' ? 'connection refused' : code;
    return problem('WEIR-N001', `${shown} cannot be reached: ${because}`, 'start the subgraph, or use file: instead');
}
function notGiven(shown, because) {
    return problem('WEIR-N002', `${shown} gave no schema: ${because}`, 'let the subgraph answer { _service { sdl } }');
}
function problem(code, message, fix) {
    return { code, severity: 'error', message, places: [], ...(fix === undefined ? {} : { fix }) };
}
//# sourceMappingURL=introspect.js.map