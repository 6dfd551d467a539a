import { createHash, timingSafeEqual } from 'node:crypto';
import { scopesOfClient } from './roles.ts';
import { json, type Route, type RouteAnswer, type RouteRequest } from './server.ts';
import { accessTokenSeconds } from './token-lifetime.ts';
import type { IssueToken } from './tokens.ts';

interface TokenEndpoint {
  readonly secret: string;
  readonly issue: IssueToken;
  readonly now: () => Date;
}

/** `POST /oauth/token`: tokens for our own servers by client credentials, RFC 6749 section 4.4. */
export function tokenRoute({ secret, issue, now }: TokenEndpoint): Route {
  return {
    method: 'POST',
    answer: async (request) => {
      const form = formOf(request);
      if (form === undefined)
        return refusal(400, 'invalid_request', 'Send application/x-www-form-urlencoded.');
      const client = clientOf(request, form);
      const allowed = client === undefined ? undefined : scopesOfClient.get(client.id);
      if (client === undefined || allowed === undefined || !isEqual(client.secret, secret)) {
        return refusal(401, 'invalid_client', 'Client id or secret is wrong.', {
          'www-authenticate': 'Basic',
        });
      }
      if (form.get('grant_type') !== 'client_credentials') {
        return refusal(400, 'unsupported_grant_type', 'Only client_credentials is offered.');
      }
      const scopes = form.get('scope')?.split(' ').filter(Boolean) ?? allowed;
      if (!scopes.every((scope) => allowed.includes(scope))) {
        return refusal(400, 'invalid_scope', `This client may have: ${allowed.join(' ')}`);
      }
      const grants = { scopes, roles: ['service'], policies: [] };
      const token = await issue(`service:${client.id}`, grants, now());
      return json(
        200,
        {
          access_token: token.text,
          token_type: 'Bearer',
          expires_in: accessTokenSeconds,
          scope: scopes.join(' '),
        },
        notStored,
      );
    },
  };
}

const notStored = { 'cache-control': 'no-store', pragma: 'no-cache' };

function refusal(
  status: number,
  error: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): RouteAnswer {
  return json(status, { error, error_description: description }, { ...notStored, ...headers });
}

function formOf({ headers, body }: RouteRequest): URLSearchParams | undefined {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/x-www-form-urlencoded' ? new URLSearchParams(body) : undefined;
}

interface Client {
  readonly id: string;
  readonly secret: string;
}

/** Section 2.3.1: by HTTP Basic, or in the form. */
function clientOf({ headers }: RouteRequest, form: URLSearchParams): Client | undefined {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (basic !== undefined) return basicClient(basic);
  const id = form.get('client_id');
  const secret = form.get('client_secret');
  return id === null || secret === null ? undefined : { id, secret };
}

function basicClient(encoded: string): Client | undefined {
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon === -1) return undefined;
  try {
    return {
      id: decodeURIComponent(text.slice(0, colon)),
      secret: decodeURIComponent(text.slice(colon + 1)),
    };
  } catch {
    return undefined; // a percent sign that encodes nothing
  }
}

function isEqual(given: string, expected: string): boolean {
  // Hashes are of one length, which timingSafeEqual needs, and hide how long the secret is.
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
