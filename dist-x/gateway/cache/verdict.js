const skip = (why, partition) => ({ kind: 'skip', why, partition });
/** Nothing is kept unless subgraph, schema or configuration said so; of several words the strictest holds. */
export function verdict(one) {
    const { policy, settings, maxTtlMs } = one;
    if (policy.refusal !== undefined)
        return skip(policy.refusal);
    const ttlMs = Math.min(lifetimeMs(one), maxTtlMs);
    const partition = partitionFor(one);
    if (ttlMs <= 0)
        return skip('no time to live', partition);
    if (partition === undefined)
        return skip('private, and the caller cannot be told apart');
    const { staleWhileRevalidate, staleIfError, mustRevalidate } = policy;
    const longer = (seconds, otherwise) => mustRevalidate ? 0 : Math.min(seconds === undefined ? otherwise : seconds * 1000, maxTtlMs);
    return {
        ...{ kind: 'keep', partition, ttlMs },
        staleMs: longer(staleWhileRevalidate, settings.staleWhileRevalidateMs),
        errorMs: longer(staleIfError, settings.staleIfErrorMs),
    };
}
function lifetimeMs({ policy, document, settings }) {
    const byType = document.topTypes.flatMap((type) => Object.hasOwn(settings.types, type) ? [settings.types[type] ?? 0] : []);
    if (byType.length > 0)
        return Math.min(...byType);
    const { least, complete } = document.schemaHint;
    if (policy.lifetime !== undefined)
        return Math.min(policy.lifetime, least ?? Infinity) * 1000;
    return complete === undefined ? settings.ttlMs : complete * 1000;
}
/**
 * `public` has to be said; without it, what was asked with somebody's identity is that person's. `undefined`: nobody may be
 * given it.
 */
function partitionFor({ policy, document, variation, identityHeaders }) {
    const find = (audience) => variation.partitions.find((one) => one.audience === audience);
    const { isPrivate, complete } = document.schemaHint;
    if (policy.isPrivate || isPrivate)
        return find('own');
    const saidBySchema = policy.lifetime === undefined && complete !== undefined;
    const dependsOnIdentity = policy.vary.some((name) => identityHeaders.has(name));
    if ((policy.isPublic || saidBySchema) && !dependsOnIdentity)
        return find('public');
    return find('anonymous') ?? find('own');
}
//# sourceMappingURL=verdict.js.map