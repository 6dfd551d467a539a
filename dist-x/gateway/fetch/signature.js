import { createHash, createHmac, createSecretKey, randomBytes } from 'node:crypto';
const signatureHeader = 'weir-signature';
/** Signs requests to one subgraph by HMAC-SHA256; docs/contracts/identity.md has the exact bytes. */
export function signer(subgraph, { keyId, key }, tools = {}) {
    const { now = Date.now, nonce = nonces() } = tools;
    const secret = createSecretKey(Buffer.from(key, 'utf8'));
    const head = `weir-hmac-v1\n${keyId}\n${subgraph}\n`;
    return ({ path, body, forwarded }) => {
        const [time, once] = [String(now()), nonce()];
        const bodyHash = createHash('sha256').update(body).digest('hex');
        let text = `${head}${time}\n${once}\nPOST\n${path}\n${bodyHash}`;
        let names = '';
        for (let index = 0; index < forwarded.length; index += 2) {
            const name = forwarded[index] ?? '';
            names += index === 0 ? name : `,${name}`;
            // White space around a value does not survive the way (RFC 9110 5.5).
            text += `\n${name}:${(forwarded[index + 1] ?? '').replace(/^[\t ]+|[\t ]+$/g, '')}`;
        }
        // Header values travel as latin1, a byte a character.
        const hmac = createHmac('sha256', secret).update(text, 'latin1').digest('base64url');
        const value = `v1; key=${keyId}; time=${time}; nonce=${once}; headers=${names}; hmac=${hmac}`;
        return [signatureHeader, value];
    };
}
/** Words of which no two are equal, in this process or any other. */
function nonces() {
    const start = randomBytes(9).toString('base64url');
    let count = 0;
    return () => `${start}.${(count += 1).toString(36)}`;
}
//# sourceMappingURL=signature.js.map