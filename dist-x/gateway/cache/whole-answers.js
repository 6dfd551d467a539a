import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { freshness } from "./entry.js";
import { answerHeaders, tagHeader } from "./http-headers.js";
import { variation } from "./variation.js";
/** A shared store may hold anything. */
function isValue(value) {
    if (typeof value !== 'object' || value === null || !('data' in value) || !('tagged' in value))
        return false;
    return typeof value.data === 'string' && typeof value.tagged === 'object' && value.tagged !== null;
}
const mostOperations = 10_000;
export function wholeAnswers(kit) {
    const { storage, account } = kit;
    /** Operations whose last answer was not kept: not looked for elsewhere until one is. */
    const unkept = new LRUCache({ max: mostOperations });
    const inSecond = new WeakMap();
    const inMemory = ({ group, partitions }) => {
        for (const { name } of partitions) {
            const entry = storage.find(group, name);
            if (entry !== undefined && freshness(entry, storage.now()) !== 'gone')
                return entry;
        }
        return undefined;
    };
    const responseOf = (entry) => {
        const now = storage.now();
        const second = Math.floor((now - entry.at) / 1000);
        const made = inSecond.get(entry);
        // One object for a second: what answering makes of it is remembered with it.
        if (made?.second === second)
            return { response: made.response, entry };
        const response = responseFrom(entry, now, kit);
        if (response === undefined)
            return undefined;
        inSecond.set(entry, { second, response });
        return { response, entry };
    };
    return {
        placeOf: (question) => placeOf(kit, question),
        find: async (place, operation) => {
            if (!kit.isKept || !storage.isUsable())
                return undefined;
            let entry = inMemory(place);
            if (entry === undefined && storage.shared !== undefined && !unkept.has(operation.hash)) {
                const names = place.partitions.map(({ name }) => name);
                const loaded = await storage.load(place.group, names, account);
                entry = names.map((name) => loaded.get(name)).find((one) => one !== undefined);
            }
            const found = entry === undefined ? undefined : responseOf(entry);
            if (found === undefined)
                account.miss += 1;
            else
                account.hit += 1;
            return found;
        },
        finished: (finished) => {
            const headers = finish(kit, finished);
            const { hash: known } = finished.question.operation;
            if (headers === undefined)
                unkept.set(known, true);
            else
                unkept.delete(known);
            return headers;
        },
    };
}
function responseFrom(entry, now, kit) {
    if (!isValue(entry.value))
        return undefined;
    const { data, extensions, tagged, isGuarded } = entry.value;
    const { freshUntil, at: askedAt, audience } = entry;
    const headers = answerHeaders({ freshUntil, askedAt, audience, isGuarded }, now, kit.headers);
    if (headers === undefined)
        return undefined;
    return {
        status: 200,
        refusedByGraphQL: false,
        errors: [],
        data,
        extensions,
        headers: { ...headers, ...tagged },
    };
}
function placeOf(kit, { operation, shape, variables, context }) {
    const { identities, privateIds, identityHeaders } = kit;
    const { principal } = context;
    const access = identities.access(principal);
    const varies = variation({ forwarded: kit.forwarded(context), identityHeaders, own: undefined, access });
    const owns = privateIds.map((claim) => identities.own(principal, claim)?.name);
    const asked = JSON.stringify(['whole', kit.schemaId, operation.hash, shape, variables, varies.headers]);
    const partitions = [
        { audience: 'public', name: 'P' },
        { audience: 'public', name: `P:${access}` },
    ];
    if (varies.identityNames.size === 0)
        partitions.push({ audience: 'anonymous', name: `A:${access}` });
    if (owns.length > 0 && !owns.includes(undefined))
        partitions.push({ audience: 'own', name: owns.join() });
    return { group: hash('sha256', asked, 'base64url'), partitions, position: kit.storage.position() };
}
function finish(kit, { place, question, parts, response }) {
    const whole = parts.whole();
    if (whole === undefined || response.errors.length > 0 || response.status !== 200)
        return undefined;
    const now = kit.storage.now();
    const isGuarded = whole.isProtected || question.shape !== 'all';
    const { freshUntil, askedAt, audience } = whole;
    const headers = answerHeaders({ freshUntil, askedAt, audience, isGuarded }, now, kit.headers);
    if (headers === undefined)
        return undefined;
    const name = kit.headers.tagHeader;
    const tags = name !== undefined || place !== undefined ? parts.tags() : undefined;
    const tagged = name === undefined || tags === undefined ? {} : tagHeader(name, tags);
    if (place !== undefined && tags !== undefined) {
        const { data, extensions } = response;
        keep(kit, place, { whole, tags, value: { data, extensions, tagged, isGuarded } });
    }
    return { ...headers, ...tagged };
}
function keep({ storage, account }, place, { whole, tags, value }) {
    const { freshUntil, askedAt: at, audience } = whole;
    const partition = place.partitions.find((one) => {
        if (one.audience !== audience)
            return false;
        return audience !== 'public' || (one.name === 'P') === !value.isGuarded;
    });
    if (partition === undefined)
        return;
    const until = { freshUntil, staleUntil: freshUntil, errorUntil: freshUntil };
    const entry = { value, at, ...until, stamp: place.position, tags, audience, mayNeedEscape: true };
    const { tooLarge } = storage.put(place.group, [[partition.name, entry]], account); // a store never rejects
    account.tooLarge += tooLarge;
    account.kept += 1 - tooLarge;
}
//# sourceMappingURL=whole-answers.js.map