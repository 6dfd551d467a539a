import { hash } from 'node:crypto';
import { ask } from "./asked.js";
import { unlessAborted } from "./flights.js";
import { placed } from "./subgraph-values.js";
/**
 * Gets what is not there: waits for calls under way, here or in another process, that will bring it, and asks the
 * subgraph for the rest in one call.
 */
export async function obtain(getting, indices) {
    const { kit, question } = getting;
    const place = meetingPlace(question);
    if (place === undefined)
        return unite([await asking(getting, indices)]);
    const keyOf = (index) => `${question.group}${place}\n${question.items[index]?.name ?? ''}`;
    const flying = new Map();
    for (const index of indices) {
        const flight = kit.flights.get(keyOf(index));
        if (flight !== undefined)
            flying.set(index, flight);
    }
    const own = indices.filter((index) => !flying.has(index));
    const mine = own.length === 0 ? undefined : leading(getting, own, own.map(keyOf));
    const joined = await joining(getting, flying);
    const rest = indices.filter((index) => flying.has(index) && !joined.has(index));
    const parts = [...(mine === undefined ? [] : [await mine]), { slots: joined, asked: undefined }];
    if (rest.length > 0)
        parts.push(await asking(getting, rest));
    return unite(parts);
}
/** Where callers meet who may be given the same answer; `undefined`: nobody else may be given this one. */
function meetingPlace({ learned, variation, wish }) {
    if (learned.last === 'skip' || wish.noCache)
        return undefined;
    const audience = learned.last === 'public' ? 'public' : undefined;
    const own = variation.partitions.filter((one) => one.audience !== 'public').at(-1);
    return audience === 'public' ? 'P' : own?.name;
}
async function joining({ kit, question: { context, variation } }, flying) {
    const slots = new Map();
    for (const [index, flight] of flying) {
        const landed = await unlessAborted(flight, context.signal);
        // What turned out to be somebody's own is not for those who waited with them.
        if (landed === undefined || variation.partitions.every(({ name }) => name !== landed.partition))
            continue;
        // Dropped while it was under way: who came after the drop must not be given it.
        if (!kit.storage.isValid(landed.entry))
            continue;
        slots.set(index, slotOf(landed.entry, 'coalesced'));
    }
    return slots;
}
export const slotOf = (entry, outcome) => ({
    value: entry.value,
    entry,
    outcome,
    mayNeedEscape: entry.mayNeedEscape,
});
/** Asks for all who come meanwhile. */
async function leading(getting, indices, keys) {
    const departure = getting.kit.flights.start(keys);
    let landed = [];
    try {
        const part = await besideOtherProcesses(getting, indices);
        landed = indices.map((index) => {
            const entry = part.slots.get(index)?.entry;
            const partition = part.asked?.partition?.name ?? partitionOf(getting.question, entry);
            return entry === undefined || partition === undefined ? undefined : { entry, partition };
        });
        return part;
    }
    finally {
        departure.land(landed);
    }
}
function partitionOf({ variation }, entry) {
    return variation.partitions.find(({ audience }) => audience === entry?.audience)?.name;
}
/** A lock holds others off for at most this long; who asks takes it for as long as the call may take. */
const lockMs = 2_000;
const firstPauseMs = 10;
const longestPauseMs = 80;
async function besideOtherProcesses(getting, indices) {
    const { kit, question } = getting;
    const { shared } = kit.storage;
    if (shared === undefined)
        return asking(getting, indices);
    const { group, items, variation, context } = question;
    const name = hash('sha256', JSON.stringify(['lock', variation.partitions.at(-1)?.name, indices.map((index) => items[index]?.name)]), 'base64url');
    const known = atHand(kit, question, indices);
    const until = kit.storage.now() + lockMs;
    let pauseMs = firstPauseMs;
    for (;;) {
        const lock = await shared.store.lock(group, name, lockMs);
        if (lock === 'unavailable')
            return asking(getting, indices);
        const release = () => shared.store.unlock(group, name);
        // Another process may have been done between our look and our lock.
        const found = await loaded(kit, question, indices, known);
        if (found.size === indices.length) {
            if (lock === 'ours')
                await release();
            return { slots: found, asked: undefined };
        }
        if (lock === 'ours')
            return asking(getting, indices, release);
        if (kit.storage.now() >= until || context.signal.aborted)
            return asking(getting, indices);
        await kit.pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
}
/** When what is in memory was asked for, by index: what others bring must be newer. */
function atHand(kit, question, indices) {
    return new Map(indices.map((index) => [
        index,
        Math.max(-Infinity, ...entriesOf(kit, question, index).map(({ at }) => at)),
    ]));
}
function entriesOf({ storage }, question, index) {
    return namesOf(question, index).flatMap((name) => storage.find(question.group, name) ?? []);
}
export function namesOf({ variation, items }, index) {
    return variation.partitions.map(({ name }) => `${name}\n${items[index]?.name ?? ''}`);
}
/** What the shared store has by now; only what is fresh, and newer than what is known. */
async function loaded(kit, question, indices, known) {
    const { storage } = kit;
    const names = indices.flatMap((index) => namesOf(question, index));
    const brought = await storage.load(question.group, names, question.learned.account);
    const found = new Map();
    for (const index of indices) {
        const entry = namesOf(question, index)
            .flatMap((name) => brought.get(name) ?? [])
            .find(({ at, freshUntil }) => freshUntil > storage.now() && at > (known.get(index) ?? -Infinity));
        if (entry !== undefined)
            found.set(index, slotOf(entry, 'coalesced'));
    }
    return found;
}
/** One call; what cannot be had is stood in for by what is too old, if that is there for all of it. */
async function asking({ kit, question, inner, fallbacks }, indices, release) {
    const asked = await ask(kit, question, indices, inner).catch(async (failure) => {
        await release?.();
        throw failure;
    });
    // Only then can others find what was written.
    if (release !== undefined)
        void asked.written.then(release); // a store never rejects
    const slots = new Map();
    const { values, answer, entries } = asked;
    if (values === undefined) {
        const saved = indices.map((index) => fallbacks.get(index));
        if (!saved.every((entry) => entry !== undefined))
            return { slots, asked };
        indices.forEach((index, at) => {
            const entry = saved[at];
            if (entry !== undefined)
                slots.set(index, slotOf(entry, 'stale-if-error'));
        });
        return { slots, asked: undefined };
    }
    const mayNeedEscape = answer.kind === 'answered' && answer.mayNeedEscape;
    indices.forEach((index, at) => {
        slots.set(index, { value: values[at], entry: entries[at], outcome: 'miss', mayNeedEscape });
    });
    const errors = answer.kind === 'answered' ? placed(answer.errors, indices) : [];
    const own = answer.kind === 'answered' ? { ...asked, answer: { ...answer, errors } } : asked;
    return { slots, asked: own };
}
function unite(parts) {
    const calls = parts.flatMap(({ asked }) => (asked === undefined ? [] : [asked]));
    return {
        slots: new Map(parts.flatMap(({ slots }) => [...slots])),
        errors: calls.flatMap(({ answer }) => (answer.kind === 'answered' ? answer.errors : [])),
        failure: calls.find(({ values }) => values === undefined),
        why: calls.find(({ why }) => why !== undefined)?.why,
        made: calls[0],
        sole: parts.filter(({ slots }) => slots.size > 0).length <= 1 ? calls[0] : undefined,
    };
}
//# sourceMappingURL=obtain.js.map