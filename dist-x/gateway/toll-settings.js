/** `undefined`: nobody asks what operations cost. */
export function costSettings({ demand_control: demand, rate_limit: rates, }) {
    const budgets = [rates, ...Object.values(rates.clients)].some(({ cost }) => cost !== undefined);
    if (!demand.enabled && !budgets)
        return undefined;
    return { listSize: demand.strategy.static_estimated.list_size };
}
/** `undefined`: nobody asks what calls of subgraphs cost. */
export function subgraphCostSettings(config) {
    const usual = costSettings(config);
    if (usual === undefined)
        return undefined;
    const { enabled, mode, strategy } = config.demand_control;
    const { subgraph: limits, actual_cost_mode: actualMode } = strategy.static_estimated;
    const limit = (own) => ({
        max: enabled ? (own.max ?? limits.all.max) : undefined,
        listSize: own.list_size ?? limits.all.list_size ?? usual.listSize,
    });
    const all = limit(limits.all);
    const subgraphs = new Map(Object.entries(limits.subgraphs).map(([name, own]) => [name, limit(own)]));
    const weighed = actualMode === 'by_subgraph';
    if (!weighed && [all, ...subgraphs.values()].every(({ max }) => max === undefined))
        return undefined;
    return { enforced: mode === 'enforce', weighed, all, subgraphs };
}
export function tollSettings({ demand_control: demand }) {
    const { static_estimated: estimated } = demand.strategy;
    return {
        mode: demand.enabled ? demand.mode : undefined,
        max: estimated.max,
        clientMax: new Map(Object.entries(demand.clients).map(([name, { max }]) => [name, max])),
        extensions: demand.extensions,
        headers: demand.headers,
    };
}
export function rateSettings({ rate_limit: rates }) {
    const limits = (rate) => ({
        requests: requestBucket(rate),
        cost: costBucket(rates.cost),
        concurrency: rates.concurrency,
    });
    const clients = Object.entries(rates.clients).map(([name, own]) => [
        name,
        {
            ...(own.rate === undefined ? {} : { requests: requestBucket(own.rate) }),
            ...(own.cost === undefined ? {} : { cost: costBucket(own.cost) }),
            ...(own.concurrency === undefined ? {} : { concurrency: own.concurrency }),
        },
    ]);
    return {
        principal: limits(rates.principal),
        anonymous: limits(rates.anonymous),
        clients: new Map(clients),
        byClient: rates.by === 'client',
        trustedProxies: rates.trusted_proxies,
        localShare: rates.redis?.local_share ?? 1,
    };
}
/** `undefined`: each process counts for itself. */
export function bucketStoreSettings({ rate_limit: rates }) {
    if (rates.storage !== 'redis' || rates.redis === undefined)
        return undefined;
    const { urls, namespace, timeout } = rates.redis;
    return { urls, namespace: `${namespace}:rate`, timeoutMs: timeout };
}
/** Whether any of it is on. */
export function hasTolls({ demand_control: demand, rate_limit: rates }) {
    const { principal, anonymous, cost, concurrency, clients } = rates;
    const limits = [principal, anonymous, cost, concurrency].some((limit) => limit !== undefined);
    return demand.enabled || limits || Object.keys(clients).length > 0;
}
function requestBucket(rate) {
    return rate && { capacity: rate.requests, refillPerSecond: (rate.requests * 1000) / rate.per };
}
function costBucket(cost) {
    return cost && { capacity: cost.capacity, refillPerSecond: cost.refill_per_second };
}
//# sourceMappingURL=toll-settings.js.map