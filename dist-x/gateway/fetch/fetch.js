import { Epoch } from "../model/epoch.js";
import { answer } from "./answer.js";
import { claimsExtension } from "./claims-extension.js";
import { exchange } from "./exchange.js";
import { unanswered, unknownSubgraph } from "./failures.js";
import { ineffectiveRules, requestHeaders } from "./request-headers.js";
import { responseHeaders } from "./response-headers.js";
import { shareIdentical } from "./share-identical.js";
import { signer } from "./signature.js";
import { slots } from "./slots.js";
import { roundRobin, upstream } from "./upstream.js";
export { fetchSettings, } from "./fetch-settings.js";
export { defaultIdentityHeaders, defaultSubgraphSettings } from "./fetch-settings.js";
const defaultGrace = 5_000;
/** What large answers of one subgraph may take together while they are read, in bytes, though one may always be read. */
const largeAnswersTotal = 64 * 1024 * 1024;
/** For each subgraph; as many as Node has threads for it. */
const unpackedAtOnce = 4;
/**
 * Opens the way to the subgraphs. Throws a `TypeError` for a URL that is none or has no supported scheme.
 * Calls never throw and never follow a redirect; each ends within its subgraph's `timeout`.
 * @param epoch moves on whenever a call of a mutation has ended.
 */
export function createFetch(settings, subgraphs, epoch = new Epoch()) {
    const routes = new Map([...subgraphs].map(([name, urls]) => [name, route(settings, name, urls)]));
    const direct = (call, context) => {
        const found = routes.get(call.subgraph);
        return found === undefined ? Promise.resolve(unknownSubgraph(call.subgraph)) : ask(found, call, context);
    };
    const forwardedFor = (name, context) => routes.get(name)?.forwarded(context).text ?? '';
    const sharing = shareIdentical(direct, forwardedFor, epoch);
    return {
        call: (call, context) => {
            if (call.operationKind === 'mutation')
                return direct(call, context).finally(() => epoch.moveOn());
            const shares = routes.get(call.subgraph)?.settings.deduplicateQuery === true;
            return (shares ? sharing.call : direct)(call, context);
        },
        forwarded: forwardedText([...routes.values()]),
        forwardedTo: (name, context) => routes.get(name)?.forwarded(context).list ?? [],
        responseHeaders: responseHeaders(settings.headers),
        close: (graceMs = defaultGrace) => close([...routes.values()], graceMs),
        stats: () => ({
            ...sharing.stats(),
            subgraphs: Object.fromEntries([...routes].map(([name, one]) => [name, load(one)])),
        }),
    };
}
/** Subgraphs with the same rules get the same headers, so one of them speaks for all. */
function forwardedText(routes) {
    const distinct = [...new Map(routes.map((one) => [one.rulesText, one])).values()];
    return (context) => distinct
        .map(({ forwarded, claims }) => {
        const { text } = forwarded(context);
        return claims === undefined ? text : `${text}\n${claims.text(context.principal)}`;
    })
        .join('\n\n');
}
/** One sentence for each request rule of the settings that can never have an effect. */
export function ineffectiveHeaderRules({ headers, identityHeaders }) {
    const own = Object.entries(headers.subgraphs).map(([name, rules]) => [`headers.subgraphs.${name}`, rules]);
    const places = [['headers.all', headers.all], ...own];
    return places.flatMap(([place, { request }]) => ineffectiveRules(request, identityHeaders).map((sentence) => `${place}.request: ${sentence}`));
}
async function ask(found, call, context) {
    const forwarded = found.forwarded(context).list;
    const { claims, sign } = found;
    const body = claims === undefined ? call.body : claims.withClaims(call.body, context.principal);
    const outcome = await exchange(found.line, {
        body,
        ...(sign === undefined ? {} : { sign: (path) => sign({ path, body, forwarded }) }),
        headers: found.ownHeaders,
        moreHeaders: forwarded,
        signal: context.signal,
    });
    if (outcome.kind !== 'response')
        return unanswered(call.subgraph, outcome);
    return answer(call.subgraph, outcome, found.limits);
}
function route(settings, name, urls) {
    const own = { ...settings.all, ...settings.subgraphs[name] };
    const [first, ...rest] = typeof urls === 'string' ? [urls] : urls;
    if (first === undefined)
        throw new TypeError(`The subgraph "${name}" has no URL`);
    const upstreams = [
        upstream(first, own),
        ...rest.map((url) => upstream(url, own)),
    ];
    const rules = [...settings.headers.all.request, ...(settings.headers.subgraphs[name]?.request ?? [])];
    return {
        upstreams,
        settings: own,
        limits: {
            maxResponseSize: own.maxResponseSize,
            maxErrors: own.maxErrors,
            unpacking: slots(unpackedAtOnce, Infinity),
        },
        forwarded: requestHeaders(rules, settings.identityHeaders),
        rulesText: JSON.stringify([rules, own.claims]),
        ownHeaders: ownHeaders(own.compression),
        claims: own.claims === undefined ? undefined : claimsExtension(own.claims),
        sign: own.signature === undefined ? undefined : signer(name, own.signature),
        line: {
            slots: slots(own.maxConcurrentRequests, own.maxQueuedRequests),
            large: slots(Math.max(1, Math.floor(largeAnswersTotal / own.maxResponseSize)), Infinity),
            next: roundRobin(upstreams),
            addresses: upstreams.length,
            timeout: own.timeout,
            maxResponseSize: own.maxResponseSize,
            restAfterRefusal: own.restAfterRefusal,
        },
    };
}
const ownHeaders = (compression) => [
    'content-type',
    'application/json',
    'accept',
    'application/json, application/graphql-response+json;q=0.9',
    'accept-encoding',
    compression,
];
const load = ({ line, upstreams }) => ({
    ...line.slots.stats(),
    connected: upstreams.reduce((sum, { pool }) => sum + pool.connected(), 0),
});
async function close(routes, graceMs) {
    let timer;
    const grace = new Promise((resolve) => {
        timer = setTimeout(resolve, graceMs);
    });
    await Promise.race([Promise.all(routes.map(({ line }) => line.slots.idle())), grace]);
    clearTimeout(timer);
    await Promise.all(routes.flatMap(({ upstreams }) => upstreams.map(({ pool }) => pool.destroy())));
}
//# sourceMappingURL=fetch.js.map