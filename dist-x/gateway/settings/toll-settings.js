import { profileMaxima, profileRates } from "./profile-settings.js";
/** `undefined`: nobody asks what operations cost. */
export function costSettings(config) {
    const { demand_control: demand, rate_limit: rates } = config;
    const budgets = [rates, ...profileRates(config).values()].some(({ cost }) => cost !== undefined);
    if (!demand.enabled && !budgets)
        return undefined;
    return { listSize: demand.strategy.static_estimated.list_size };
}
/** What gateway.yaml writes of a subgraph; without a name, of all others. */
export function subgraphLimits({ demand_control: demand, }) {
    const { subgraph: limits, list_size: usual } = demand.strategy.static_estimated;
    return (name) => {
        const isNamed = name !== undefined && Object.hasOwn(limits.subgraphs, name);
        const own = isNamed ? (limits.subgraphs[name] ?? {}) : {};
        return {
            max: own.max ?? limits.all.max,
            listSize: own.list_size ?? limits.all.list_size ?? usual,
        };
    };
}
/** `undefined`: nobody asks what calls of subgraphs cost. */
export function subgraphCostSettings(config) {
    if (costSettings(config) === undefined)
        return undefined;
    const { enabled, mode, strategy } = config.demand_control;
    const { subgraph: limits, actual_cost_mode: actualMode } = strategy.static_estimated;
    const written = subgraphLimits(config);
    const limit = (name) => enabled ? written(name) : { ...written(name), max: undefined };
    const all = limit(undefined);
    const subgraphs = new Map(Object.keys(limits.subgraphs).map((name) => [name, limit(name)]));
    const weighed = actualMode === 'by_subgraph';
    if (!weighed && [all, ...subgraphs.values()].every(({ max }) => max === undefined))
        return undefined;
    return { enforced: mode === 'enforce', weighed, all, subgraphs };
}
export function tollSettings(config) {
    const { demand_control: demand } = config;
    const { static_estimated: estimated } = demand.strategy;
    return {
        mode: demand.enabled ? demand.mode : undefined,
        max: estimated.max,
        profileMax: profileMaxima(config),
        extensions: demand.extensions,
        headers: demand.headers,
    };
}
export function rateSettings(config) {
    const { rate_limit: rates, workers } = config;
    const limits = (rate) => ({
        requests: requestBucket(rate),
        cost: costBucket(rates.cost),
        concurrency: rates.concurrency,
    });
    const profiles = [...profileRates(config)].map(([name, own]) => [
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
        profiles: new Map(profiles),
        byClient: rates.by === 'client',
        trustedProxies: rates.trusted_proxies,
        localShare: rates.storage === 'redis' ? (rates.redis?.local_share ?? 1) : localPart(workers),
    };
}
/** Of several processes each has its part while the one that counts for all does not answer. */
function localPart(workers) {
    return typeof workers === 'number' ? 1 / workers : 1;
}
/** `undefined`: each process counts for itself. */
export function bucketStoreSettings({ rate_limit: rates }) {
    if (rates.storage !== 'redis' || rates.redis === undefined)
        return undefined;
    const { urls, namespace, timeout } = rates.redis;
    return { urls, namespace: `${namespace}:rate`, timeoutMs: timeout };
}
/** Whether any of it is on. */
export function hasTolls(config) {
    const { demand_control: demand, rate_limit: rates } = config;
    const { principal, anonymous, cost, concurrency } = rates;
    const limits = [principal, anonymous, cost, concurrency].some((limit) => limit !== undefined);
    return demand.enabled || limits || profileRates(config).size > 0;
}
function requestBucket(rate) {
    return rate && { capacity: rate.requests, refillPerSecond: (rate.requests * 1000) / rate.per };
}
function costBucket(cost) {
    return cost && { capacity: cost.capacity, refillPerSecond: cost.refill_per_second };
}
//# sourceMappingURL=toll-settings.js.map