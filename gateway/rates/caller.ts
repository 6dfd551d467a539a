import { clientName } from '../model/client-name.ts';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import type { Principal } from '../model/principal.ts';
import { addressFinder } from './client-address.ts';
import type { CallerLimits, RateSettings } from './rate-settings.ts';

/** Whose buckets a request empties. */
export interface RatedCaller {
  readonly key: string;
  readonly limits: CallerLimits;
}

export type RatedRequest = Pick<GraphQLRequest, 'headers' | 'address'>;

/**
 * Tells callers apart: by verified identity, else by address; or, where clients have buckets of their own, by the
 * program they use.
 */
export function callers(
  settings: RateSettings,
): (request: RatedRequest, principal: Principal) => RatedCaller {
  const addressOf = addressFinder(settings.trustedProxies);
  const personOf = (request: RatedRequest, principal: Principal): string =>
    principal.kind === 'known'
      ? `user ${principal.issuer} ${principal.subject}`
      : `address ${addressOf(request.address, request.headers)}`;
  const nameOf = (request: RatedRequest, principal: Principal): string | undefined => {
    if (!settings.byClient && settings.clients.size === 0) return undefined;
    const verified = principal.kind === 'known' ? principal.client : undefined;
    return verified ?? clientName(request.headers).name;
  };
  return (request, principal) => {
    const client = nameOf(request, principal);
    const usual = principal.kind === 'known' ? settings.principal : settings.anonymous;
    const own = client === undefined ? undefined : settings.clients.get(client);
    const limits = own === undefined ? usual : { ...usual, ...own };
    const known = own === undefined || client === undefined ? '' : ` client ${client}`;
    if (settings.byClient && client !== undefined) return { key: `client ${client}`, limits };
    return { key: `${personOf(request, principal)}${known}`, limits };
  };
}
