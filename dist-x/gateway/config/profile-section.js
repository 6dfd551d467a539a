import { z } from 'zod';
import { defaultProfile } from "../model/client-profile.js";
import { versionRange } from "../model/version-range.js";
import { bucket, clientName, concurrency, points, rate } from "./budget-section.js";
import { errorVisibility } from "./traffic-section.js";
import { whole } from "./values.js";
const profileName = z
    .string()
    .regex(/^[a-zA-Z][\w-]{0,63}$/, 'expected a name of letters, digits, "_" or "-"');
const versions = z
    .array(z
    .string()
    .max(100)
    .refine((text) => versionRange(text) !== undefined, 'expected 2.1, 2.* or comparisons: ">=2.1 <3"'))
    .min(1)
    .max(100)
    .readonly();
const count = whole(1, 1_000_000).optional();
const profile = z.strictObject({
    client: clientName.optional().describe('As its credential says, else apollographql-client-name.'),
    versions: versions.optional().describe('2.1, 2.* or ">=2.1 <3"; all versions when left out.'),
    persisted_queries: z
        .enum(['off', 'log_unknown', 'safelist', 'ids'])
        .optional()
        .describe('off: anything may be asked.'),
    limits: z
        .strictObject({
        max_depth: count,
        max_height: count,
        max_aliases: count,
        max_root_fields: count,
        max_directives: count,
    })
        .optional(),
    demand_control: z.strictObject({ max: points }).optional().describe('What one operation may cost.'),
    rate_limit: z
        .strictObject({ rate: rate.optional(), cost: bucket.optional(), concurrency: concurrency.optional() })
        .optional(),
    response_cache: z.boolean().optional().describe('Whether answers are taken from the cache.'),
    include_subgraph_errors: errorVisibility.optional(),
});
/** `client_profiles`: what else holds for requests of a client program. */
export const clientProfiles = z.record(profileName, profile).superRefine((profiles, context) => {
    for (const [name, { client, versions: range }] of Object.entries(profiles)) {
        const refuse = (key, message) => context.addIssue({ code: 'custom', path: [name, key], message });
        if (name !== defaultProfile && client === undefined)
            refuse('client', 'name the client program that the profile is for');
        if (name === defaultProfile && (client ?? range) !== undefined)
            refuse(client === undefined ? 'versions' : 'client', 'the default profile is for all other programs');
    }
});
/** What profiles say of a feature that is off would do nothing. */
export function idleProfileKeys(config) {
    return Object.entries(config.client_profiles).flatMap(([name, own]) => ['persisted_queries', 'demand_control', 'response_cache'].flatMap((key) => {
        const isIdle = own[key] !== undefined && own[key] !== 'off' && own[key] !== false;
        if (!isIdle || config[key].enabled)
            return [];
        return [{ path: ['client_profiles', name, key], message: `does nothing without ${key}.enabled` }];
    }));
}
//# sourceMappingURL=profile-section.js.map