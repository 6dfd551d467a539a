import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Readonly<Record<string, unknown>>;

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Issues tokens and publishes the keys that verify them. */
export interface Issuer {
  readonly url: string;
  readonly port: number;
  /** Times that the keys were asked for. */
  requests: number;
  isDown: boolean;
  /** A signed token; claims and header on top of good ones. */
  token(claims?: Json, header?: Json): string;
  /** Signs with a new key from now on, published at once; the old ones are withdrawn if wanted. */
  rotate(options?: { readonly withdrawOld: boolean }): void;
  close(): Promise<void>;
}

export const issuerName = 'https://issuer.example/';
export const audience = 'my-gateway';

export async function startIssuer(): Promise<Issuer> {
  let keys: readonly SigningKey[] = [newKey('k1')];
  const server = createServer((_request, response) => {
    state.requests += 1;
    if (state.isDown) {
      response.writeHead(503).end();
      return;
    }
    const published = keys.map(({ kid, publicKey }) => ({
      ...publicKey.export({ format: 'jwk' }),
      ...{ kid, alg: 'ES256', use: 'sig' },
    }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const state: Issuer = {
    url: `http://127.0.0.1:${String(port)}/jwks.json`,
    port,
    requests: 0,
    isDown: false,
    token: (claims = {}, header = {}) => signed(keys.at(-1), claims, header),
    rotate: ({ withdrawOld } = { withdrawOld: false }) => {
      keys = [...(withdrawOld ? [] : keys), newKey(`k${String(Math.random())}`)];
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return state;
}

const newKey = (kid: string): SigningKey => ({
  kid,
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }),
});

function signed(key: SigningKey | undefined, claims: Json, header: Json): string {
  if (key === undefined) throw new Error('there is always a key');
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: Json): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = [
    encode({ alg: 'ES256', typ: 'JWT', kid: key.kid, ...header }),
    encode({ iss: issuerName, aud: audience, sub: 'u-1', iat: now, exp: now + 300, ...claims }),
  ].join('.');
  const signature = sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}
