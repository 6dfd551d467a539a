import { freshness } from "./entry.js";
import { namesOf, obtain, slotOf } from "./obtain.js";
import { composed, held } from "./subgraph-values.js";
/** Calls of one client request, answered from what is kept where that may be. */
export function cachedCalls(kit, answering, inner) {
    return async (call, context) => {
        const { parts: body } = call;
        if (call.operationKind !== 'query' || body === undefined) {
            const answer = await inner(call, context);
            if (call.operationKind === 'mutation')
                await kit.mutated(call, answer);
            bypassed(kit, answering, call, { type: call.operationKind, why: call.operationKind });
            return answer;
        }
        const learned = kit.questions.learned(call.subgraph, body.document);
        const why = whyNot(kit, answering.wish, learned.settings.enabled);
        if (why !== undefined) {
            bypassed(kit, answering, call, { type: learned.facts.topTypes[0] ?? '', why });
            return inner(call, context);
        }
        const question = kit.questions.of({ call, parts: body, context, wish: answering.wish }, learned);
        return answered(kit, question, answering, inner);
    };
}
function whyNot({ storage }, wish, isEnabled) {
    if (!isEnabled)
        return 'off for this subgraph';
    if (wish.noStore)
        return 'the client said no-store';
    return storage.isUsable() ? undefined : 'the shared store cannot be used';
}
function bypassed({ counters }, { parts }, { subgraph, entityCount }, { type, why }) {
    const count = Math.max(1, entityCount);
    counters.account(subgraph, type).bypass += count;
    parts.add({ subgraph, type, outcomes: { bypass: count }, why, ageMs: 0, keeping: undefined });
}
async function answered(kit, question, answering, inner) {
    const { items, wish, group, learned } = question;
    const slots = new Array(items.length).fill(undefined);
    const fallbacks = new Map();
    let missing = items.map((_, index) => index);
    if (!wish.noCache)
        missing = lookUp(kit, question, { missing, slots, fallbacks }, inMemory(kit, question));
    if (missing.length > 0 && kit.storage.shared !== undefined && learned.last !== 'skip' && !wish.noCache) {
        const loaded = await kit.storage.load(group, likelyNames(question, missing), learned.account);
        missing = lookUp(kit, question, { missing, slots, fallbacks }, among(loaded, question));
    }
    if (missing.length === 0)
        return fromSlots(kit, question, answering, { slots, obtained: undefined });
    const obtained = await obtain({ kit, question, inner, fallbacks }, missing);
    for (const [index, slot] of obtained.slots)
        slots[index] = slot;
    if (obtained.failure !== undefined)
        return failed(question, { answering, obtained, missing }, inner);
    return fromSlots(kit, question, answering, { slots, obtained });
}
/** Where the shared store may have them: if the last answer to this was everybody's, this one will be. */
function likelyNames(question, missing) {
    const everybodys = question.learned.last === 'public' ? 1 : undefined;
    return missing.flatMap((index) => namesOf(question, index).slice(0, everybodys));
}
/** Fills slots with what is found; gives back the items still missing. Asks anew, aside, for what is getting old. */
function lookUp(kit, question, { missing: wanted, slots, fallbacks }, find) {
    const now = kit.storage.now();
    const missing = [];
    const old = [];
    for (const index of wanted) {
        const entry = best(question, index, find, now);
        const state = entry === undefined ? 'gone' : freshness(entry, now);
        if (entry !== undefined && isServed(state)) {
            slots[index] = slotOf(entry, state === 'stale' ? 'stale' : 'hit');
            if (isWorthAsking(state, kit.random))
                old.push(index);
            continue;
        }
        missing.push(index);
        if (entry !== undefined)
            fallbacks.set(index, entry);
    }
    if (old.length > 0)
        kit.refreshes.start(question, old);
    return missing;
}
const isServed = (state) => state !== 'gone' && state !== 'error-only';
const isWorthAsking = (state, random) => state === 'stale' || (state === 'ageing' && random() < earlyRefresh);
/** Part of the requests for an ageing entry that ask anew: seldom for what is seldom asked for. */
const earlyRefresh = 0.02;
function inMemory({ storage }, { group, variation }) {
    const places = variation.partitions.map(({ name }) => `${group}${name}\n`);
    return (partition, name, now) => storage.find(places[partition] ?? '', name, now);
}
const among = (loaded, { variation }) => (partition, name) => loaded.get(`${variation.partitions[partition]?.name ?? ''}\n${name}`);
/** The best there is for this caller: what is fresh in any partition before what is not. */
function best({ variation, items }, index, find, now) {
    const name = items[index]?.name ?? '';
    let found;
    for (let partition = 0; partition < variation.partitions.length; partition += 1) {
        const entry = find(partition, name, now);
        if (entry === undefined)
            continue;
        if (entry.freshUntil > now)
            return entry;
        if (found === undefined || entry.freshUntil > found.freshUntil)
            found = entry;
    }
    return found;
}
function fromSlots(kit, question, { parts }, { slots, obtained }) {
    const { learned, parts: body } = question;
    const { subgraph, topTypes } = learned.facts;
    const type = topTypes[0] ?? '';
    const now = kit.storage.now();
    const { outcomes, oldest, mayNeedEscape } = summed(slots, now);
    for (const [outcome, count] of Object.entries(outcomes))
        learned.account[outcome] += count;
    const errors = obtained?.errors ?? [];
    if (errors.length === 0)
        kit.recorder?.add(question, { slots, obtained, now });
    const keeping = errors.length > 0 ? undefined : keepingOf(question, slots, now);
    parts.add({ subgraph, type, outcomes, why: obtained?.why, ageMs: now - oldest, keeping });
    const sole = soleAnswer(obtained, slots.length);
    if (sole !== undefined)
        return sole;
    const values = slots.map((slot) => slot?.value ?? null);
    return composed(values, body.representations !== undefined, { errors, mayNeedEscape });
}
/** The answer as it came, with its headers for rules that pass some on, when it is all there is. */
function soleAnswer(obtained, count) {
    if (obtained?.sole?.answer.kind !== 'answered' || obtained.slots.size !== count)
        return undefined;
    const { answer, partition } = obtained.sole;
    return partition === undefined ? answer : held(answer);
}
function summed(slots, now) {
    const outcomes = {};
    let oldest = now;
    let mayNeedEscape = false;
    for (const slot of slots) {
        if (slot === undefined)
            continue;
        outcomes[slot.outcome] = (outcomes[slot.outcome] ?? 0) + 1;
        if (slot.entry !== undefined)
            oldest = Math.min(oldest, slot.entry.at);
        mayNeedEscape ||= slot.mayNeedEscape;
    }
    return { outcomes, oldest, mayNeedEscape };
}
function keepingOf({ learned, variation }, slots, now) {
    const made = [];
    let [freshUntil, askedAt, audience] = [Infinity, Infinity, 'public'];
    for (const slot of slots) {
        const entry = slot?.entry;
        if (entry === undefined || entry.freshUntil <= now)
            return undefined;
        freshUntil = Math.min(freshUntil, entry.freshUntil);
        askedAt = Math.min(askedAt, entry.at);
        if (entry.audience === 'own' || (entry.audience === 'anonymous' && audience === 'public'))
            audience = entry.audience;
        made.push(entry);
    }
    const { isProtected } = learned.facts;
    return { freshUntil, askedAt, audience, isProtected, vary: variation.headerNames, made };
}
/** Without the cache the whole call would have failed, and so it does: half an answer has no error of its own. */
async function failed(question, { answering, obtained, missing }, inner) {
    const { call, context, learned, items } = question;
    const { subgraph, topTypes } = learned.facts;
    const type = topTypes[0] ?? '';
    const why = obtained.why ?? 'the call failed';
    learned.account.miss += missing.length;
    answering.parts.add({
        subgraph,
        type,
        outcomes: { miss: missing.length },
        why,
        ageMs: 0,
        keeping: undefined,
    });
    const answer = obtained.failure?.answer;
    if (answer?.kind === 'failed')
        return answer;
    if (answer !== undefined && missing.length === items.length && obtained.sole !== undefined)
        return answer;
    // Errors for a part of the entities, or nonsense: asked again for all, so that the answer speaks of all.
    return inner(call, context);
}
//# sourceMappingURL=cached-calls.js.map