import { z } from 'zod';
import { duration, headerName, headerValue, listenAddress, pattern, subgraphName, urlPath, whole, } from "./values.js";
const selector = z.union([z.strictObject({ named: headerName }), z.strictObject({ matching: pattern })]);
const propagated = z.strictObject({
    named: headerName.optional(),
    matching: pattern.optional().describe('A regular expression for the name in lower case.'),
    rename: headerName.optional(),
});
function oneSelector(rule) {
    return (rule.named === undefined) !== (rule.matching === undefined);
}
function selected(rule) {
    return rule.named === undefined ? { matching: rule.matching ?? '' } : { named: rule.named };
}
const choice = 'write either "named" or "matching"';
const propagateRequest = z.strictObject({
    propagate: propagated
        .extend({ default: headerValue.optional().describe('Sent when the client did not send the header.') })
        .refine(oneSelector, choice),
});
const remove = z.strictObject({ remove: selector });
const insert = z.strictObject({
    insert: z
        .strictObject({
        name: headerName,
        value: headerValue.optional(),
        from_claim: z.string().min(1).max(200).optional(),
    })
        .refine((rule) => (rule.value === undefined) !== (rule.from_claim === undefined), 'write either "value" or "from_claim"'),
});
const requestRule = z.union([
    propagateRequest.transform(({ propagate }) => {
        const { rename, default: fallback } = propagate;
        return { kind: 'propagate', from: selected(propagate), rename, default: fallback };
    }),
    remove.transform((rule) => ({ kind: 'remove', from: rule.remove })),
    insert.transform(({ insert: { name, value, from_claim: fromClaim } }) => {
        return fromClaim === undefined
            ? { kind: 'insert', name, value: value ?? '' }
            : { kind: 'insert', name, fromClaim };
    }),
]);
const responseRule = z
    .strictObject({
    propagate: propagated
        .extend({
        merge: z
            .enum(['first', 'last', 'append'])
            .default('first')
            .describe('When several subgraphs send it.'),
    })
        .refine(oneSelector, choice),
})
    .transform(({ propagate }) => {
    return {
        kind: 'propagate',
        from: selected(propagate),
        rename: propagate.rename,
        merge: propagate.merge,
    };
});
const headerRules = z.strictObject({
    request: z.array(requestRule).max(100).readonly().prefault([]),
    response: z.array(responseRule).max(100).readonly().prefault([]),
});
export const headers = z.strictObject({
    all: headerRules.prefault({}),
    subgraphs: z.record(subgraphName, headerRules).prefault({}),
});
const call = {
    timeout: duration({ from: '10ms', to: '10m' }),
    deduplicate_query: z.boolean(),
    join_entity_calls: z.boolean(),
    compression: z.enum(['gzip', 'identity']),
    max_concurrent_requests: whole(1, 100_000),
};
export const trafficShaping = z.strictObject({
    router: z
        .strictObject({
        timeout: duration({ from: '10ms', to: '10m' })
            .prefault('30s')
            .describe('Longest time for one client request.'),
        concurrency_limit: whole(1, 1_000_000)
            .default(1000)
            .describe('Client requests answered at the same time.'),
        dedupe: z.boolean().default(true).describe('Equal queries in flight share one execution.'),
        overload: z
            .strictObject({
            enabled: z.boolean().default(true),
            max_event_loop_delay: duration({ from: '10ms', to: '10s' })
                .prefault('40ms')
                .describe('While it is later than this, fewer requests are let in.'),
        })
            .prefault({})
            .describe('Refuse early what cannot be answered in time.'),
    })
        .prefault({}),
    all: z
        .strictObject({
        timeout: call.timeout.prefault('5s').describe('Longest time for one call.'),
        deduplicate_query: call.deduplicate_query.default(true).describe('Equal calls in flight share one.'),
        join_entity_calls: call.join_entity_calls
            .default(true)
            .describe('Fetches of entities that a subgraph gets at the same time are one call, under aliases.'),
        compression: call.compression
            .default('gzip')
            .describe('Which encoding subgraphs are asked to answer in.'),
        max_concurrent_requests: call.max_concurrent_requests
            .default(200)
            .describe('Calls to one subgraph at a time.'),
    })
        .prefault({}),
    subgraphs: z
        .record(subgraphName, z.strictObject({
        timeout: call.timeout.optional(),
        deduplicate_query: call.deduplicate_query.optional(),
        join_entity_calls: call.join_entity_calls.optional(),
        compression: call.compression.optional(),
        max_concurrent_requests: call.max_concurrent_requests.optional(),
    }))
        .prefault({})
        .describe('By name; what is left out is as in "all".'),
});
export const errorVisibility = z.union([
    z.boolean(),
    z.strictObject({
        redact_message: z.boolean().default(true).describe('Replace messages by a general one.'),
        allow_extensions_keys: z.array(z.string().max(200)).max(100).readonly().optional(),
        deny_extensions_keys: z.array(z.string().max(200)).max(100).readonly().optional(),
    }),
]);
export const includeSubgraphErrors = z.strictObject({
    all: errorVisibility
        .default(false)
        .describe('Whether messages and extensions of subgraph errors reach clients.'),
    subgraphs: z.record(subgraphName, errorVisibility).default({}),
});
export const telemetry = z.strictObject({
    logging: z
        .strictObject({
        format: z
            .enum(['auto', 'json', 'pretty'])
            .default('auto')
            .describe('auto: pretty on a terminal, else JSON.'),
        level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    })
        .prefault({}),
    metrics: z
        .strictObject({
        prometheus: z
            .strictObject({
            enabled: z.boolean().default(false).describe('Numbers about the gateway, for Prometheus.'),
            path: urlPath.default('/metrics'),
            listen: listenAddress
                .optional()
                .describe('An address for it; without one, beside GraphQL, for callers on the same machine.'),
        })
            .prefault({}),
    })
        .prefault({}),
});
//# sourceMappingURL=traffic-section.js.map