import { z } from 'zod';
import { isNoRedis } from '../model/redis-address.ts';
import { demandControl, rateLimit } from './budget-section.ts';
import { responseCache } from './cache-section.ts';
import { authentication, authorization, limits } from './security-section.ts';
import { apq, persistedQueries } from './documents-section.ts';
import { clientProfiles, idleProfileKeys } from './profile-section.ts';
import {
  batching,
  cors,
  csrf,
  healthCheck,
  overrideLabels,
  overrideSubgraphUrl,
  plugins,
  sandbox,
  shutdown,
  supergraph,
  workers,
} from './server-section.ts';
import { headers, includeSubgraphErrors, telemetry, trafficShaping } from './traffic-section.ts';

/** The whole of gateway.yaml. Every key has a default; what no feature reads is refused. */
export const gatewayConfig = z
  .strictObject({
    supergraph: supergraph.prefault({}),
    sandbox: sandbox.prefault({}),
    health_check: healthCheck.prefault({}),
    override_subgraph_url: overrideSubgraphUrl,
    override_labels: overrideLabels,
    experimental_type_conditioned_fetching: z
      .boolean()
      .default(false)
      .describe('Entities behind an interface or union are fetched for those types alone that ask for them.'),
    cors: cors.prefault({}),
    csrf: csrf.prefault({}),
    headers: headers.prefault({}).describe('What travels between client and subgraphs. Nothing by default.'),
    authentication: authentication.prefault({}),
    authorization: authorization.prefault({}),
    limits: limits.prefault({}),
    demand_control: demandControl.prefault({}).describe('What operations may cost, by @cost and @listSize.'),
    rate_limit: rateLimit.prefault({}).describe('What callers may do in a time. No limit by default.'),
    apq: apq.prefault({}),
    persisted_queries: persistedQueries.prefault({}),
    client_profiles: clientProfiles
      .prefault({})
      .describe(
        'What else holds for client programs: { NAME: { client, versions, … } }; "default" for all others.',
      ),
    batching: batching.prefault({}),
    traffic_shaping: trafficShaping.prefault({}),
    response_cache: responseCache.prefault({}).describe('What is kept of answers, for whom and how long.'),
    include_subgraph_errors: includeSubgraphErrors.prefault({}),
    plugins,
    telemetry: telemetry.prefault({}),
    workers,
    shutdown: shutdown.prefault({}),
  })
  .superRefine((config, context) => {
    for (const issue of idleProfileKeys(config)) context.addIssue({ code: 'custom', ...issue });
    for (const [index, policy] of config.cors.policies.entries()) {
      if (!config.cors.allow_any_origin || !policy.allow_credentials) continue;
      const message = 'credentials cannot be allowed while allow_any_origin is on';
      context.addIssue({ code: 'custom', path: ['cors', 'policies', index, 'allow_credentials'], message });
    }
  })
  .superRefine((config, context) => {
    const { require_authentication: required } = config.authorization;
    const { jwt, api_keys: apiKeys } = config.authentication.router;
    if (required && jwt === undefined && apiKeys === undefined) {
      const message =
        'needs authentication.router.jwt or api_keys: without them every request would be refused';
      context.addIssue({ code: 'custom', path: ['authorization', 'require_authentication'], message });
    }
    const { enabled: isCaching, storage } = config.response_cache;
    if (isCaching && config.workers !== 1 && isNoRedis(storage.redis?.urls ?? [''])) {
      const message =
        'needs response_cache.storage.redis: several workers drop entries together only through it';
      context.addIssue({ code: 'custom', path: ['response_cache', 'enabled'], message });
    }
    if (config.health_check.path === config.supergraph.path) {
      context.addIssue({
        code: 'custom',
        path: ['health_check', 'path'],
        message: 'is the path of GraphQL too',
      });
    }
    const { enabled: isCounting, path } = config.telemetry.metrics.prometheus;
    const { path: graphqlPath } = config.supergraph;
    const { path: healthPath } = config.health_check;
    if (isCounting && [graphqlPath, `${healthPath}/live`, `${healthPath}/ready`, '/'].includes(path)) {
      const message = 'something else is answered at this path';
      context.addIssue({ code: 'custom', path: ['telemetry', 'metrics', 'prometheus', 'path'], message });
    }
  });

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/**
 * gateway.yaml as the gateway reads it: the file's own names, every default filled in, durations in milliseconds,
 * sizes in bytes, header names in lower case.
 */
export type GatewayConfig = DeepReadonly<z.output<typeof gatewayConfig>>;
