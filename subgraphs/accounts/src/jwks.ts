import { json, type Route } from './server.ts';
import type { SigningKeys } from './signing-keys.ts';

/** `GET /.well-known/jwks.json`: the public keys. A new key is shown an hour before it is used, so 5 minutes are safe. */
export function jwksRoute(keys: Pick<SigningKeys, 'published'>): Route {
  return {
    method: 'GET',
    answer: () => Promise.resolve(json(200, keys.published(), { 'cache-control': 'public, max-age=300' })),
  };
}
