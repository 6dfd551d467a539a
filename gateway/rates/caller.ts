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
 * Tells callers apart: by verified identity, else by address; or by the client program they use, where its users share
 * buckets. A profile with limits of its own has buckets of its own.
 */
export function callers(
  settings: RateSettings,
): (request: RatedRequest, principal: Principal, profile: string) => RatedCaller {
  const { byClient, profiles } = settings;
  const addressOf = addressFinder(settings.trustedProxies);
  const personOf = (request: RatedRequest, principal: Principal): string =>
    principal.kind === 'known'
      ? `user ${principal.issuer} ${principal.subject}`
      : `address ${addressOf(request.address, request.headers)}`;
  const programOf = (request: RatedRequest, principal: Principal): string | undefined => {
    if (!byClient) return undefined;
    const verified = principal.kind === 'known' ? principal.client : undefined;
    return verified ?? clientName(request.headers).name;
  };
  return (request, principal, profile) => {
    const usual = principal.kind === 'known' ? settings.principal : settings.anonymous;
    const own = profiles.get(profile);
    const limits = own === undefined ? usual : { ...usual, ...own };
    const program = programOf(request, principal);
    const who = program === undefined ? personOf(request, principal) : `client ${program}`;
    return { key: own === undefined ? who : `${who} profile ${profile}`, limits };
  };
}
