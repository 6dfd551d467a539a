import { entitySelection, narrowedTo } from "./entity-selection.js";
import { inParallel } from "./plan-nodes.js";
import { mergedSelections, namesAt, readKeys, withoutPaths } from "./required-selections.js";
/**
 * Puts the aliased inputs of required fields, which the planner's representations forget, back into an entity fetch:
 * read under the alias, sent under the real name. Fields that need one input with different arguments cannot share a
 * representation; the fetch is then split into several that run side by side.
 */
export function withRequiredInputs(fetch, inputs) {
    if (fetch.entities === undefined || !inputs.hasAliases)
        return fetch;
    const selection = entitySelection(fetch.document);
    if (selection === undefined)
        throw new Error('The planner wrote an entity fetch of unknown form.');
    const needs = needsOf(selection, fetch.entities, (field) => inputs.of(fetch.subgraph, field.onType, field.node.name.value));
    const aliased = new Set(needs.flatMap((need) => aliasedPaths(need)));
    if (aliased.size === 0)
        return fetch;
    const groups = compatibleGroups(needs);
    const base = fetch.entities.requires.map((each) => ({
        ...each,
        selections: withoutPaths(each.selections, aliased),
    }));
    const parts = groups.map((group, number) => {
        const requires = group.reduce(withNeed, base);
        if (groups.length === 1)
            return withRequires(fetch, requires);
        const others = groups.flatMap((each) => (each === group ? [] : each));
        const kept = keptFields(selection, others, group, number);
        return withRequires(narrowedTo(fetch, selection, kept), ofAskedTypes(requires, kept));
    });
    return inParallel(parts) ?? fetch;
}
function needsOf(selection, entities, requiredBy) {
    const present = new Set(entities.requires.flatMap(({ selections }) => [...namesAt(selections)]));
    return selection.fields.flatMap((field) => {
        const all = requiredBy(field) ?? [];
        // What the subgraph already knows by itself (through @provides) is no input.
        const absent = new Set([...readKeys(all).keys()].filter((path) => !present.has(path)));
        const selections = withoutPaths(all, absent);
        return selections.length === 0 ? [] : [{ field, selections, keys: readKeys(selections) }];
    });
}
function aliasedPaths({ keys }) {
    return [...keys].filter(([path, key]) => !path.endsWith(`/${key}`)).map(([path]) => path);
}
/** Needs in as few groups as meet no contradiction: within one, a path of names is read under one key. */
function compatibleGroups(needs) {
    const groups = [];
    for (const need of needs) {
        const home = groups.find((group) => group.every((other) => agree(need, other)));
        if (home === undefined)
            groups.push([need]);
        else
            home.push(need);
    }
    return groups;
}
function agree(one, other) {
    return [...one.keys].every(([path, key]) => (other.keys.get(path) ?? key) === key);
}
/** The first group keeps all fields that no other group takes. */
function keptFields({ fields }, others, group, number) {
    if (number > 0)
        return group.map((need) => need.field);
    const taken = new Set(others.map((need) => need.field));
    return fields.filter((field) => !taken.has(field));
}
/** Representations of types of which nothing is asked any more are left out, when each asked type has its own. */
function ofAskedTypes(requires, kept) {
    const asked = new Set(kept.map((field) => field.onType));
    const own = requires.filter(({ onType }) => asked.has(onType));
    return own.length === asked.size ? own : requires;
}
function withRequires(fetch, requires) {
    return fetch.entities === undefined ? fetch : { ...fetch, entities: { ...fetch.entities, requires } };
}
/** Representations of the need's type (of every type when the planner spelled out its implementations) get its inputs. */
function withNeed(requires, need) {
    const exact = requires.some(({ onType }) => onType === need.field.onType);
    return requires.map((each) => exact && each.onType !== need.field.onType
        ? each
        : { ...each, selections: mergedSelections(each.selections, need.selections) });
}
//# sourceMappingURL=required-inputs.js.map