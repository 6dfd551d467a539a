import { setTimeout as sleep } from 'node:timers/promises';
import { AnswerParts } from "./answer-parts.js";
import { clientWish, noWish } from "./cache-control.js";
import { settingsOf } from "./cache-settings.js";
import { cachedCalls } from "./cached-calls.js";
import { wholeAccount } from "./counters.js";
import { flights } from "./flights.js";
import { changedTags } from "./mutations.js";
import { questions } from "./question.js";
import { refreshes } from "./refreshes.js";
import { schemaFacts } from "./schema-facts.js";
import { identities } from "./variation.js";
import { wholeAnswers, } from "./whole-answers.js";
export { cacheBase } from "./cache-base.js";
export { cacheRecorder } from "./recorder.js";
export { invalidationEndpoint } from "./invalidation-endpoint.js";
/** Opens the cache for one supergraph; entries stand in `base`, under keys of this supergraph's versions. */
export function createCache(parts) {
    const { settings, base, call, forwardedTo, random, pause = sleep } = parts;
    const facts = schemaFacts(parts.schema);
    base.serve(facts);
    const known = identities();
    const { counters } = base;
    const asking = questions({ settings, facts, identities: known, forwardedTo, counters });
    const kit = { settings, facts, storage: base.storage, counters, random, pause, flights: flights() };
    const refreshing = refreshes(kit, call);
    const names = [...facts.subgraphs];
    const whole = wholeAnswers({
        ...{
            storage: base.storage,
            account: counters.account(wholeAccount.subgraph, wholeAccount.type),
            identities: known,
            schemaId: parts.schemaId,
            isKept: settings.wholeResponses,
        },
        forwarded: (context) => names.flatMap((name) => forwardedTo(name, context)),
        identityHeaders: new Set(settings.identityHeaders),
        privateIds: [...new Set(names.map((name) => settingsOf(settings, name).privateId))],
        headers: headerSettings(parts),
    });
    const callKit = {
        ...kit,
        questions: asking,
        refreshes: refreshing,
        recorder: base.recorder,
        mutated: async (asked, answer) => {
            await base.drop(changedTags(facts, asking, asked, answer));
        },
    };
    const visiting = { settings, base, whole, callKit };
    return { visit: (question) => visit(visiting, question), close: () => refreshing.close() };
}
async function visit(visiting, question) {
    const { settings, base, whole, callKit } = visiting;
    const { clientHeaders } = question.context;
    const wish = settings.honorsClients ? clientWish(clientHeaders) : noWish;
    const isTraced = settings.debug && clientHeaders['apollo-cache-debugging'] === 'true';
    const isQuery = question.operation.kind === 'query';
    const place = isQuery && settings.wholeResponses ? whole.placeOf(question) : undefined;
    const isSought = place !== undefined && !wish.noCache;
    const found = isSought ? await whole.find(place, question.operation) : undefined;
    const parts = new AnswerParts();
    return {
        response: found === undefined ? undefined : servedWhole(found, isTraced, base.storage.now()),
        mode: `${String(isTraced)} ${String(wish.noCache)} ${String(wish.noStore)}`,
        calls: (inner) => cachedCalls(callKit, { wish, parts }, inner),
        finish: (response) => {
            const finished = isQuery ? kept(visiting, { place, question, parts, response }, wish) : response;
            if (!isTraced)
                return finished;
            return traced(finished, { fetches: parts.all.map(partTrace(base.storage.now())) }, wish);
        },
    };
}
/** The answer with its headers; kept where settings, client and store let it be. */
function kept({ base, whole }, { place, question, parts, response }, wish) {
    const isKept = !wish.noStore && base.storage.isUsable();
    const headers = whole.finished({ place: isKept ? place : undefined, question, parts, response });
    return headers === undefined ? response : { ...response, headers: { ...response.headers, ...headers } };
}
function headerSettings({ settings, clientHeaders }) {
    const identity = new Set(settings.identityHeaders);
    return {
        varyNames: clientHeaders.names.filter((name) => !identity.has(name)),
        identityNames: clientHeaders.names.filter((name) => identity.has(name)),
        hasPatterns: clientHeaders.hasPatterns,
        requiresIdentity: settings.requiresIdentity,
        tagHeader: settings.tagHeader,
    };
}
function servedWhole({ response, entry }, isTraced, now) {
    if (!isTraced)
        return response;
    return traced(response, { response: { outcome: 'hit', ...seconds(entry.at, entry.freshUntil, now) } }, noWish);
}
const seconds = (askedAt, freshUntil, now) => ({
    age: Math.round((now - askedAt) / 1000),
    ttl: Math.round((freshUntil - now) / 1000),
});
const partTrace = (now) => ({ subgraph, type, outcomes, why, ageMs, keeping }) => ({
    ...{ subgraph, type, ...outcomes },
    age: Math.round(ageMs / 1000),
    ...(keeping === undefined ? {} : { ttl: Math.round((keeping.freshUntil - now) / 1000) }),
    ...(keeping === undefined ? {} : { audience: keeping.audience }),
    ...(why === undefined ? {} : { why }),
});
function traced(response, cache, wish) {
    const asked = wish.noCache ? { client: wish.noStore ? 'no-store' : 'no-cache' } : {};
    return { ...response, extensions: { ...response.extensions, cache: { ...cache, ...asked } } };
}
//# sourceMappingURL=cache.js.map