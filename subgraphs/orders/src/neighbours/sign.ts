import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Wire } from './wire.ts';

/** What neighbours call our key, and the key. */
export interface OwnKey {
  readonly id: string;
  readonly key: string;
}

interface ToSign {
  /** What the supergraph calls the service that is asked. */
  readonly to: string;
  readonly path: string;
  readonly body: string;
  /** Names in lower case. */
  readonly identity: Readonly<Record<string, string>>;
}

/** Reads `id:key`; neighbours that believe signed requests only have to know it. */
export function ownKey(text: string | undefined): OwnKey | undefined {
  const [, id, key] = /^([\w.-]{1,64}):([\x21-\x7e]{32,})$/.exec(text ?? '') ?? [];
  return id === undefined || key === undefined ? undefined : { id, key };
}

/** The header that proves a request of ours, as docs/contracts/identity.md has it. */
function signatureOf({ id, key }: OwnKey, { to, path, body, identity }: ToSign): string {
  const [time, nonce] = [String(Date.now()), randomBytes(12).toString('base64url')];
  const bodyHash = createHash('sha256').update(body).digest('hex');
  const values = Object.entries(identity).map(([name, value]) => `${name}:${value}`);
  const text = ['weir-hmac-v1', id, to, time, nonce, 'POST', path, bodyHash, ...values].join('\n');
  const hmac = createHmac('sha256', key).update(text, 'latin1').digest('base64url');
  return `v1; key=${id}; time=${time}; nonce=${nonce}; headers=${Object.keys(identity).join(',')}; hmac=${hmac}`;
}

/** The wire to one neighbour, with every request signed; the wire itself where there is no key. */
export function signedWire(wire: Wire, to: string, key: OwnKey | undefined): Wire {
  if (key === undefined) return wire;
  return {
    post: ({ url, headers, body }) => {
      const { pathname, search } = new URL(url);
      const { authorization } = headers;
      const identity = authorization === undefined ? {} : { authorization };
      const signature = signatureOf(key, { to, path: pathname + search, body, identity });
      return wire.post({ url, headers: { ...headers, 'weir-signature': signature }, body });
    },
    close: () => wire.close(),
  };
}
