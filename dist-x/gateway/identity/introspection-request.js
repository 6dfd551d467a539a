import { request } from 'undici';
import { strictJsonObject } from "./strict-json.js";
const maxBytes = 64 * 1024;
/** Asks about one token, without following redirects. Rejects when there is no usable answer. */
export async function askAbout(token, { url, client }, { dispatcher, signal }) {
    const { statusCode, body } = await request(url, {
        method: 'POST',
        headers: {
            'content-type': 'application/x-www-form-urlencoded',
            accept: 'application/json',
            ...(client === undefined ? {} : { authorization: basic(client.id, client.secret) }),
        },
        body: new URLSearchParams({ token, token_type_hint: 'access_token' }).toString(),
        dispatcher,
        signal,
    });
    const chunks = [];
    let size = 0;
    // Leaving the loop early destroys the body and with it the connection.
    for await (const chunk of body) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBytes)
            throw new Error(`${url} answered with more than ${maxBytes} bytes`);
    }
    if (statusCode !== 200)
        throw new Error(`${url} answered with status ${statusCode}`);
    const answer = strictJsonObject(Buffer.concat(chunks).toString('utf8'));
    const { active, ...claims } = answer ?? {};
    if (typeof active !== 'boolean')
        throw new Error(`${url} did not say whether the token is active`);
    return active ? { kind: 'active', claims } : { kind: 'inactive' };
}
/** RFC 6749 2.3.1: both parts are encoded as in a form before they are joined. */
function basic(id, secret) {
    const encoded = [id, secret].map((part) => new URLSearchParams([['', part]]).toString().slice(1));
    return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}
//# sourceMappingURL=introspection-request.js.map