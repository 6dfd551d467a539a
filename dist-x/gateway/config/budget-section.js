import { isIP } from 'node:net';
import { z } from 'zod';
import { duration, redisUrls, subgraphName, whole } from "./values.js";
export const points = whole(0, 1_000_000_000);
export const clientName = z.string().regex(/^[\w.@/+ -]{1,64}$/, 'expected the name of a client program');
const shown = ['always', 'on_request', 'never'];
const subgraphCost = { max: points.optional(), list_size: whole(0, 1_000_000).optional() };
/** `demand_control`: what operations may cost. */
export const demandControl = z.strictObject({
    enabled: z.boolean().default(false),
    mode: z
        .enum(['measure', 'enforce'])
        .default('measure')
        .describe('measure: log operations that cost too much; enforce: refuse them.'),
    strategy: z
        .strictObject({
        static_estimated: z
            .strictObject({
            list_size: whole(0, 1_000_000)
                .default(10)
                .describe('Items of a list of which @listSize says nothing.'),
            max: points.default(1000).describe('For one operation.'),
            actual_cost_mode: z
                .enum(['by_response_shape', 'by_subgraph'])
                .default('by_response_shape')
                .describe('What is weighed: the answer as a whole, or what each subgraph call gave.'),
            subgraph: z
                .strictObject({
                all: z
                    .strictObject(subgraphCost)
                    .prefault({})
                    .describe('For each subgraph, in one operation: { max, list_size }. No limit by default.'),
                subgraphs: z
                    .record(subgraphName, z.strictObject(subgraphCost))
                    .prefault({})
                    .describe('By name; what is left out is as in "all".'),
            })
                .prefault({})
                .describe('What one operation may ask of one subgraph; calls beyond are not made.'),
        })
            .prefault({}),
    })
        .prefault({}),
    extensions: z
        .enum(['auto', ...shown])
        .default('auto')
        .describe('extensions.cost: auto: always where there is a budget, else for "x-cost-report: extensions".'),
    headers: z
        .enum(shown)
        .default('on_request')
        .describe('x-cost-estimated, x-cost-actual, x-cost-max; on_request: for "x-cost-report: headers".'),
});
const requests = {
    requests: whole(1, 1_000_000_000).describe('How many at once, and in each time "per".'),
    per: duration({ from: '1s', to: '1d' }),
};
export const rate = z.strictObject({ requests: requests.requests, per: requests.per.prefault('1s') });
export const bucket = z.strictObject({
    capacity: whole(1, 1_000_000_000).describe('Points when nothing was spent for a while.'),
    refill_per_second: z.number().min(0).max(1_000_000_000).describe('Points that come back each second.'),
});
export const concurrency = whole(1, 1_000_000);
const proxy = z.string().max(100).refine(isNetwork, 'expected an address or a network such as 10.0.0.0/8');
function isNetwork(text) {
    const [address = '', bits, ...more] = text.split('/');
    const family = isIP(address);
    if (family === 0 || more.length > 0)
        return false;
    return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
/** `rate_limit`: what callers may do in a time. */
export const rateLimit = z
    .strictObject({
    storage: z
        .enum(['memory', 'redis'])
        .default('memory')
        .describe('memory: each process for itself; redis: all gateways together.'),
    redis: z
        .strictObject({
        urls: redisUrls,
        namespace: z
            .string()
            .regex(/^[\w.-]{1,100}$/, 'expected letters, digits, "_", "-" or "."')
            .default('weir')
            .describe('Put before every key.'),
        timeout: duration({ from: '1ms', to: '1s' }).prefault('50ms').describe('For one question.'),
        local_share: z
            .number()
            .min(0.001)
            .max(1)
            .default(0.25)
            .describe('Part of each limit that one process grants while Redis is away.'),
    })
        .optional()
        .describe('{ urls, namespace, timeout, local_share }'),
    by: z
        .enum(['caller', 'client'])
        .default('caller')
        .describe('caller: each user, API key or address by itself; client: all users of a client program together.'),
    principal: rate.optional().describe('For each user or API key: { requests: 100, per: 10s }.'),
    anonymous: rate.optional().describe('For each address without a verified identity: { requests, per }.'),
    cost: bucket.optional().describe('Points of cost for each of both: { capacity, refill_per_second }.'),
    concurrency: concurrency
        .optional()
        .describe('Requests at the same time for each of both, in one process.'),
    trusted_proxies: z
        .array(proxy)
        .max(1000)
        .readonly()
        .prefault([])
        .describe('Only from these is a forwarded address (x-forwarded-for) believed.'),
})
    .refine(({ storage, redis }) => storage === 'memory' || redis !== undefined, {
    path: ['redis'],
    message: 'storage: redis needs its urls',
});
//# sourceMappingURL=budget-section.js.map