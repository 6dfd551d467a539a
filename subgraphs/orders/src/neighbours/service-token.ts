import { fieldsOf } from './graphql-call.ts';
import { NeighbourUnavailable, type Wire } from './wire.ts';

const renewBeforeMs = 60_000;

export interface TokenSource {
  readonly wire: Wire;
  /** The origin of the accounts service. */
  readonly accountsUrl: string;
  readonly client: string;
  readonly secret: string;
  readonly now: () => number;
}

/** This service's own token, fetched when first needed and kept until a minute before it expires. */
export interface ServiceToken {
  /** The `Authorization` header; rejects with NeighbourUnavailable when no token can be had. */
  authorization(): Promise<string>;
  /** Forget the token: somebody did not believe it. */
  drop(): void;
}

interface Held {
  readonly token: string;
  readonly until: number;
}

/** Tokens by client credentials (RFC 6749 section 4.4). Callers that need one at the same moment share a request. */
export function serviceToken(source: TokenSource): ServiceToken {
  let held: Held | undefined;
  let asking: Promise<Held> | undefined;
  const ask = async (): Promise<Held> => {
    try {
      held = await fetchToken(source);
      return held;
    } finally {
      asking = undefined;
    }
  };
  return {
    authorization: async () => {
      if (held === undefined || source.now() >= held.until) held = await (asking ??= ask());
      return `Bearer ${held.token}`;
    },
    drop: () => {
      held = undefined;
    },
  };
}

async function fetchToken({ wire, accountsUrl, client, secret, now }: TokenSource): Promise<Held> {
  const credentials = Buffer.from(`${encodeURIComponent(client)}:${encodeURIComponent(secret)}`).toString(
    'base64',
  );
  const { status, body } = await wire.post({
    url: new URL('/oauth/token', accountsUrl).href,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      authorization: `Basic ${credentials}`,
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token: token, expires_in: seconds } = fieldsOf(body) ?? {};
  if (status !== 200 || typeof token !== 'string' || typeof seconds !== 'number') {
    throw new NeighbourUnavailable(`accounts gave no token for the client ${client} (status ${status})`);
  }
  return { token, until: now() + seconds * 1_000 - renewBeforeMs };
}
