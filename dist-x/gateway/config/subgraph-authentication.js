import { z } from 'zod';
import { subgraphName } from "./values.js";
/** Shorter keys can be tried out. */
const leastKey = 32;
const hmac = z.strictObject({
    key: z
        .string()
        .max(1000)
        .refine((key) => key === '' || key.length >= leastKey, `must have ${String(leastKey)} characters or more`)
        .describe('What gateway and subgraph both know; nothing is signed where it is empty.'),
    key_id: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected letters, digits, dots, dashes and underscores')
        .default('gateway')
        .describe('What subgraphs call this key; a new key gets a new name.'),
});
const claimsExtension = z.strictObject({
    field_name: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'expected a name of letters, digits and underscores')
        .default('jwt'),
    include_claims: z.array(z.string().min(1).max(200)).min(1).max(50).readonly(),
});
const one = z.strictObject({
    hmac: hmac.optional().describe('Sign requests, so that a subgraph can tell its gateway from others.'),
    claims_extension: claimsExtension
        .optional()
        .describe('Which verified claims travel in "extensions" of the request body.'),
});
/** `authentication.subgraph`: how subgraphs learn who asks, and that it is the gateway who says so. */
export const subgraphAuthentication = z.strictObject({
    all: one.prefault({}),
    subgraphs: z.record(subgraphName, one).prefault({}).describe('By name; what is left out is as in "all".'),
});
//# sourceMappingURL=subgraph-authentication.js.map