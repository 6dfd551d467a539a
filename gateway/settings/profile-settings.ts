import type { AdmissionSettings } from '../admission/admission.ts';
import type { GatewayConfig } from '../config/config.ts';
import type { TrustRule } from '../documents/documents.ts';
import type { SubgraphErrorSettings } from '../respond/respond.ts';
import type { ProfileRule } from '../way/client-profiles.ts';

/** What client profiles say, in each stage's own words and by the profile's name. */

type Profile = GatewayConfig['client_profiles'][string];

/** Profiles that say something of it. */
function said<T>(
  { client_profiles: profiles }: GatewayConfig,
  of: (profile: Profile) => T | undefined,
): ReadonlyMap<string, T> {
  const told = new Map<string, T>();
  for (const [name, profile] of Object.entries(profiles)) {
    const value = of(profile);
    if (value !== undefined) told.set(name, value);
  }
  return told;
}

/** Which client programs profiles are for. */
export function profileRules({ client_profiles: profiles }: GatewayConfig): readonly ProfileRule[] {
  return Object.entries(profiles).flatMap(([name, { client, versions }]) =>
    client === undefined ? [] : [{ name, client, versions }],
  );
}

export function profileLimits(
  config: GatewayConfig,
  usual: AdmissionSettings,
): ReadonlyMap<string, AdmissionSettings> {
  return said(config, ({ limits }) => {
    if (limits === undefined) return undefined;
    return {
      ...usual,
      maxDepth: limits.max_depth ?? usual.maxDepth,
      maxHeight: limits.max_height ?? usual.maxHeight,
      maxAliases: limits.max_aliases ?? usual.maxAliases,
      maxRootFields: limits.max_root_fields ?? usual.maxRootFields,
      maxDirectives: limits.max_directives ?? usual.maxDirectives,
    };
  });
}

const trustRules: Readonly<Record<NonNullable<Profile['persisted_queries']>, TrustRule>> = {
  off: { mode: 'open', logUnknown: false },
  log_unknown: { mode: 'open', logUnknown: true },
  safelist: { mode: 'safelist', logUnknown: false },
  ids: { mode: 'ids', logUnknown: false },
};

export function profileTrust(config: GatewayConfig): ReadonlyMap<string, TrustRule> {
  return said(config, ({ persisted_queries: mode }) => mode && trustRules[mode]);
}

export function profileMaxima(config: GatewayConfig): ReadonlyMap<string, number> {
  return said(config, ({ demand_control: demand }) => demand?.max);
}

export function profileRates(config: GatewayConfig): ReadonlyMap<string, NonNullable<Profile['rate_limit']>> {
  return said(config, ({ rate_limit: rates }) => rates);
}

/** Profiles whose requests the response cache does not answer. */
export function uncachedProfiles(config: GatewayConfig): ReadonlySet<string> {
  return new Set(said(config, ({ response_cache: caches }) => (caches === false ? false : undefined)).keys());
}

export function profileErrors(config: GatewayConfig): ReadonlyMap<string, SubgraphErrorSettings> {
  return said(config, ({ include_subgraph_errors: all }) =>
    all === undefined ? undefined : { all, subgraphs: {} },
  );
}
