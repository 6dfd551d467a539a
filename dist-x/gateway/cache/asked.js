import { answerPolicy } from "./cache-control.js";
import { answerTags, entryTags, schemaTags } from "./entry-tags.js";
import { valuesOf } from "./subgraph-values.js";
import { verdict } from "./verdict.js";
/** Expiry is spread over this part of the time to live, so that what came together does not go together. */
const jitter = 0.1;
/** Asks the subgraph for these items of a question, and keeps what may be kept. */
export async function ask(kit, question, indices, inner) {
    const { call, parts, context, items } = question;
    const { storage } = kit;
    const isAll = indices.length === items.length;
    const isEntities = parts.representations !== undefined;
    // Before the call: what is dropped while it is under way is dropped for its answer too.
    const asked = { at: storage.now(), stamp: storage.position() };
    const texts = isAll ? [] : indices.map((index) => items[index]?.text ?? '');
    const answer = await inner(isAll ? call : { ...call, body: parts.bodyFor(texts), entityCount: indices.length }, context);
    const ms = storage.now() - asked.at;
    const values = valuesOf(answer, isEntities, indices.length);
    const decided = decision(kit, question, answer, values);
    if (decided.kind === 'skip' || values === undefined || answer.kind === 'failed') {
        const why = decided.kind === 'skip' ? decided.why : 'no answer';
        const forWhom = decided.partition;
        return { answer, values, entries: [], partition: undefined, why, forWhom, ms, written: done };
    }
    const entries = values.map((value, at) => entryFor({ kit, question, answer, decided, asked }, value, { place: at, index: indices[at] ?? at }));
    const { partition: forWhom } = decided;
    return { answer, values, forWhom, ms, ...kept(kit, question, { entries, indices, decided }) };
}
const done = Promise.resolve();
function decision({ settings }, { learned, variation, wish }, answer, values) {
    const skip = (why) => ({ kind: 'skip', why, partition: undefined });
    if (answer.kind === 'failed')
        return skip('the call failed');
    if (answer.errors.length > 0)
        return skip('the answer has errors');
    if (values === undefined)
        return skip('not what was asked for');
    if (wish.noStore)
        return skip('the client said no-store');
    const decided = verdict({
        policy: answerPolicy(answer.headers),
        ...{ document: learned.facts, settings: learned.settings, variation },
        ...{ identityHeaders: new Set(settings.identityHeaders), maxTtlMs: settings.maxTtlMs },
    });
    learned.last = decided.kind === 'skip' ? 'skip' : decided.partition.audience;
    return decided;
}
/** `undefined`: this one is not kept. */
function entryFor({ kit, question, answer, decided, asked }, value, { place, index }) {
    const { settings } = question.learned;
    const isMissing = value === null;
    const ttlMs = isMissing ? Math.min(decided.ttlMs, settings.negativeTtlMs) : decided.ttlMs;
    if (ttlMs <= 0)
        return undefined;
    const freshUntil = asked.at + Math.max(1, Math.round(ttlMs * (1 - jitter * kit.random())));
    return {
        value,
        ...asked,
        freshUntil,
        staleUntil: freshUntil + (isMissing ? 0 : decided.staleMs),
        errorUntil: freshUntil + (isMissing ? 0 : decided.errorMs),
        tags: tagsOf(kit, question, { answer, value, place, index }),
        audience: decided.partition.audience,
        mayNeedEscape: answer.mayNeedEscape,
    };
}
function tagsOf({ facts }, question, { answer, value, place, index }) {
    const { parts, learned, items } = question;
    const tagged = { facts, document: learned.facts };
    const { subgraph } = learned.facts;
    const isEntity = parts.representations !== undefined;
    const identity = isEntity ? JSON.parse(items[index]?.text ?? '{}') : undefined;
    const variables = isEntity ? {} : JSON.parse(`{${parts.variables()}}`);
    const byEntity = answer.extensions?.['apolloEntityCacheTags'];
    const sent = isEntity
        ? Array.isArray(byEntity)
            ? byEntity[place]
            : undefined
        : answer.extensions?.['apolloCacheTags'];
    return [
        ...entryTags(tagged, value, identity),
        ...schemaTags(tagged, identity, variables),
        ...answerTags(subgraph, sent),
    ];
}
function kept({ storage }, { group, items, learned }, { entries, indices, decided }) {
    const { partition } = decided;
    const named = entries.flatMap((entry, at) => {
        const name = `${partition.name}\n${items[indices[at] ?? -1]?.name ?? ''}`;
        return entry === undefined ? [] : [[name, entry]];
    });
    const { account } = learned;
    const { tooLarge, written } = storage.put(group, named, account);
    account.kept += named.length - tooLarge;
    account.tooLarge += tooLarge;
    return { entries, partition, why: tooLarge > 0 ? 'too large' : undefined, written };
}
//# sourceMappingURL=asked.js.map