import { refusal } from "../model/refusal.js";
import { notPrepared, } from "./document-settings.js";
import { keyOf } from "./operation-cache.js";
import { notFound } from "./persisted-texts.js";
import { preparedOperation } from "./prepared-operation.js";
/** The operation of a request when it was prepared before and may be asked. */
export function known({ request, schema, asker }, parts) {
    const { texts, rules, cacheOf, settings } = parts;
    const persisted = Object.hasOwn(request.extensions, 'persistedQuery');
    // The hash of a text that comes along has to be checked, which `prepare` does.
    if (persisted && request.query !== undefined)
        return undefined;
    const found = texts.textOf(request);
    if (found.kind !== 'text')
        return undefined;
    const prepared = cacheOf(schema).get(keyOf(found.text, nameIn(request, found, rules)));
    if (prepared === undefined || methodRefusal(request, prepared.operation) !== undefined)
        return undefined;
    parts.counts.hits += 1;
    if (rules === undefined && settings.admitsByProfile !== true)
        return prepared;
    const judged = judgedBy(parts, prepared, { headers: request.headers, ...asker, byId: found.document });
    return judged.ok ? judged : undefined;
}
/** Parses, admits and validates what is not known yet. */
export async function prepare({ request, schema, asker }, parts) {
    const { texts, rules } = parts;
    let found = texts.textOf(request);
    if (found.kind === 'hash')
        found = sharedText(await texts.shared(found.hash), found.hash);
    if (found.kind !== 'text')
        return notPrepared(found.refusal);
    const { text, document, remember } = found;
    const unread = document === undefined ? rules?.refusesTexts(asker) : undefined;
    if (unread !== undefined)
        return notPrepared(unread);
    const claim = { headers: request.headers, ...asker, byId: document };
    const prepared = await preparedOnce({ text, name: nameIn(request, found, rules) }, { schema, settings: parts.settings, admit: (operation) => vetted(operation, claim, parts) }, parts);
    if (!prepared.ok)
        return prepared;
    const judged = judgedBy(parts, prepared, claim);
    if (!judged.ok)
        return judged;
    if (remember !== undefined)
        texts.remember(remember, text);
    const wrongMethod = methodRefusal(request, prepared.operation);
    return wrongMethod === undefined ? judged : notPrepared(wrongMethod);
}
async function preparedOnce(named, preparation, { turn, cacheOf, counts }) {
    const cache = cacheOf(preparation.schema);
    const key = keyOf(named.text, named.name);
    const known = cache.get(key);
    if (known !== undefined)
        return known;
    counts.misses += 1;
    if (!(await turn.take()))
        return tooBusy;
    const prepared = cache.get(key) ?? preparedOperation(named, preparation);
    if (prepared.ok)
        cache.set(key, prepared);
    return prepared;
}
function sharedText(text, hash) {
    if (text === undefined)
        return notFound;
    return { kind: 'text', text, remember: hash, document: undefined };
}
function nameIn({ operationName }, { document }, rules) {
    return operationName ?? (document && rules?.soleName(document));
}
/** Another client may have had it prepared, by limits and documents of its own. */
function judgedBy({ settings, rules }, prepared, claim) {
    const { operation } = prepared;
    const admitted = settings.admitsByProfile === true ? settings.admit(operation, claim.profile) : prepared;
    if (!admitted.ok)
        return admitted;
    const own = admitted === prepared ? prepared : { ...prepared, warnings: admitted.warnings };
    if (rules === undefined)
        return own;
    const judgement = rules.judge(operation, claim);
    if (!judgement.ok)
        return judgement;
    const { document, unlisted } = judgement;
    if (document === undefined && !unlisted)
        return own;
    const warnings = unlisted ? [...own.warnings, 'QUERY_NOT_IN_SAFELIST'] : own.warnings;
    return { ...own, document, warnings };
}
/** What may not be asked is refused before the costly part of validation. */
function vetted(operation, claim, { settings, rules }) {
    const admitted = settings.admit(operation, claim.profile);
    if (!admitted.ok || rules === undefined)
        return admitted;
    const judgement = rules.judge(operation, claim);
    return judgement.ok ? admitted : judgement;
}
const tooBusy = notPrepared(refusal('REQUEST_CONCURRENCY_LIMITED', 'Too many new operations at once. Try again shortly.'));
function methodRefusal(request, { kind }) {
    if (kind === 'subscription')
        return refusal('BAD_REQUEST', 'Subscriptions are not answered over plain HTTP.');
    if (request.method !== 'GET' || kind === 'query')
        return undefined;
    return refusal('METHOD_NOT_ALLOWED', 'GET requests may only ask queries; send mutations by POST.');
}
//# sourceMappingURL=asked-operation.js.map