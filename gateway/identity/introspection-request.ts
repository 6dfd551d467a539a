import { request, type Dispatcher } from 'undici';
import type { IntrospectionSettings } from './identity-settings.ts';
import { strictJsonObject } from './strict-json.ts';

/** What the issuer says of a token (RFC 7662 section 2.2). */
export type IntrospectionAnswer =
  | { readonly kind: 'active'; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly kind: 'inactive' };

export interface Asking {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
}

const maxBytes = 64 * 1024;

/** Asks about one token, without following redirects. Rejects when there is no usable answer. */
export async function askAbout(
  token: string,
  { url, client }: Pick<IntrospectionSettings, 'url' | 'client'>,
  { dispatcher, signal }: Asking,
): Promise<IntrospectionAnswer> {
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
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the body and with it the connection.
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > maxBytes) throw new Error(`${url} answered with more than ${maxBytes} bytes`);
  }
  if (statusCode !== 200) throw new Error(`${url} answered with status ${statusCode}`);
  const answer = strictJsonObject(Buffer.concat(chunks).toString('utf8'));
  const { active, ...claims } = answer ?? {};
  if (typeof active !== 'boolean') throw new Error(`${url} did not say whether the token is active`);
  return active ? { kind: 'active', claims } : { kind: 'inactive' };
}

/** RFC 6749 2.3.1: both parts are encoded as in a form before they are joined. */
function basic(id: string, secret: string): string {
  const encoded = [id, secret].map((part) => new URLSearchParams([['', part]]).toString().slice(1));
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}
