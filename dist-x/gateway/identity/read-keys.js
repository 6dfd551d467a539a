import { readFile, stat } from 'node:fs/promises';
import { Agent, request } from 'undici';
/** A key set of a hundred keys takes a fifth of this. */
const maxBytes = 512 * 1024;
/** Reads key sets from files and over HTTP, without following redirects, of bounded size. */
export function keyReader() {
    const agent = new Agent({ connections: 2, headersTimeout: 30_000, bodyTimeout: 30_000 });
    return {
        read: (from, signal) => ('file' in from ? fromFile(from.file, signal) : fromUrl(from.url, agent, signal)),
        close: () => agent.destroy(),
    };
}
async function fromFile(path, signal) {
    const { size } = await stat(path);
    if (size > maxBytes)
        throw new Error(`The key set ${path} is larger than ${maxBytes} bytes`);
    return readFile(path, { encoding: 'utf8', signal });
}
async function fromUrl(url, dispatcher, signal) {
    const headers = { accept: 'application/jwk-set+json, application/json' };
    const { statusCode, body } = await request(url, { dispatcher, signal, headers });
    const chunks = [];
    let size = 0;
    // Leaving the loop early destroys the body and with it the connection.
    for await (const chunk of body) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBytes)
            throw new Error(`The key set at ${url} is larger than ${maxBytes} bytes`);
    }
    if (statusCode !== 200)
        throw new Error(`The key set at ${url} was answered with status ${statusCode}`);
    return Buffer.concat(chunks).toString('utf8');
}
//# sourceMappingURL=read-keys.js.map