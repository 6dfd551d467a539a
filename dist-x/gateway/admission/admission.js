import { defaultProfile } from "../model/client-profile.js";
import { refusal } from "../model/refusal.js";
import { measureOperation, mostCounted } from "./measures.js";
import { placeOver } from "./place.js";
/** Fields, written out: what stages behind this one cannot be asked to look at, whatever `warn_only` says. */
const mostFieldsAtAll = 100_000;
/**
 * Limits on what an operation asks for, from its text alone: before validation and planning, in time that grows with
 * the length of the text and not with what its fragments expand to. `profiles`: other limits for client programs, by the
 * name of their profile.
 */
export function admission(settings, profiles) {
    const usual = limitsOf(settings);
    const byProfile = new Map([...(profiles ?? [])].map(([name, own]) => [name, limitsOf(own)]));
    const known = new WeakMap();
    return (operation, profile = defaultProfile) => {
        const limits = byProfile.get(profile) ?? usual;
        const measured = known.get(operation) ?? measureOperation(operation.document);
        // Where programs have limits of their own it is asked for every request.
        if (byProfile.size > 0)
            known.set(operation, measured);
        const { measures } = measured;
        const over = limits.filter((limit) => measures[limit.measure] > limit.most);
        const first = over[0];
        if (first === undefined)
            return { ok: true, measures, warnings: [] };
        if (settings.warnOnly && measures.height <= mostFieldsAtAll)
            return { ok: true, measures, warnings: over.map(({ code }) => code) };
        return { ok: false, refusal: tooMuch(first, measured) };
    };
}
function limitsOf(settings) {
    const all = [
        {
            ...{ code: 'MAX_DEPTH_LIMIT', measure: 'depth', most: settings.maxDepth, key: 'max_depth' },
            sentence: 'nests fields too deeply',
        },
        {
            ...{ code: 'MAX_HEIGHT_LIMIT', measure: 'height', most: settings.maxHeight, key: 'max_height' },
            sentence: 'selects too many fields',
        },
        {
            ...{ code: 'MAX_ROOT_FIELDS_LIMIT', measure: 'rootFields', most: settings.maxRootFields },
            ...{ key: 'max_root_fields', sentence: 'selects too many root fields' },
        },
        {
            ...{ code: 'MAX_ALIASES_LIMIT', measure: 'aliases', most: settings.maxAliases, key: 'max_aliases' },
            sentence: 'has too many aliases',
        },
        {
            ...{ code: 'MAX_DIRECTIVES_LIMIT', measure: 'directives', most: settings.maxDirectives },
            ...{ key: 'max_directives', sentence: 'has too many directives at one place' },
        },
        {
            ...{ code: 'MAX_INTROSPECTION_DEPTH_LIMIT', measure: 'introspection' },
            ...{ most: settings.maxIntrospectionLists, key: 'introspection_max_depth' },
            sentence: 'nests lists of introspection too deeply',
        },
    ];
    return all.flatMap(({ most, ...limit }) => (most === undefined ? [] : [{ ...limit, most }]));
}
/** Names the limit, what the operation comes to, and where. */
function tooMuch({ code, measure, most, key, sentence }, operation) {
    const value = operation.measures[measure];
    const place = measure === 'introspection' ? undefined : placeOver(operation, measure, most);
    const counted = value >= mostCounted ? `at least ${String(value)}` : String(value);
    const where = place === undefined ? '' : `, at "${place}"`;
    return refusal(code, `The operation ${sentence}: ${counted}${where} (at most ${String(most)} allowed, limits.${key}).`, { limit: key, value, maximum: most, ...(place === undefined ? {} : { place }) });
}
//# sourceMappingURL=admission.js.map