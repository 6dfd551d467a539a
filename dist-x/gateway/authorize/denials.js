import { Kind, } from 'graphql';
/** Fragments can be nested so that their paths double with each level; more than this nobody reads. */
const maxDenials = 1_000;
const maxSteps = 100_000;
/** Each place where the client sees a refused field, by its path; nothing below a refused field is listed. */
export function denials(document, denied) {
    const fragments = fragmentsOf(document);
    const interesting = leadingTo(denied, fragments);
    const found = new Map();
    let steps = 0;
    const walk = (set, { path, when }) => {
        for (const selection of set.selections) {
            steps += 1;
            if (steps > maxSteps || found.size >= maxDenials)
                return;
            const conditions = conditionsOf(selection, when);
            if (conditions === 'never')
                continue;
            if (selection.kind === Kind.FIELD)
                walkField(selection, { path, when: conditions });
            else if (selection.kind === Kind.INLINE_FRAGMENT)
                walk(selection.selectionSet, { path, when: conditions });
            else {
                const fragment = fragments.get(selection.name.value);
                if (fragment === undefined || !interesting.has(fragment.name.value))
                    continue;
                walk(fragment.selectionSet, { path, when: conditions });
            }
        }
    };
    const walkField = (node, parent) => {
        const { when } = parent;
        const path = [...parent.path, node.alias?.value ?? node.name.value];
        const field = denied.get(node);
        if (field === undefined) {
            if (node.selectionSet !== undefined)
                walk(node.selectionSet, { path, when });
            return;
        }
        const key = JSON.stringify([field.coordinate, path, when]);
        const requirement = [...field.requirement].map(({ text }) => text).join(' and ');
        const undecided = field.isUndecided ? { undecided: true } : {};
        if (!found.has(key))
            found.set(key, { coordinate: field.coordinate, path, requirement, when, ...undecided });
    };
    for (const definition of document.definitions)
        if (definition.kind === Kind.OPERATION_DEFINITION)
            walk(definition.selectionSet, { path: [], when: [] });
    return [...found.values()];
}
/** The conditions of a selection added to those around it; `never` for one that a literal switches off. */
function conditionsOf({ directives = [] }, around) {
    const conditions = [...around];
    for (const { name, arguments: given } of directives) {
        if (name.value !== 'skip' && name.value !== 'include')
            continue;
        const is = name.value === 'include';
        const value = given?.find((argument) => argument.name.value === 'if')?.value;
        if (value?.kind === Kind.BOOLEAN && value.value !== is)
            return 'never';
        if (value?.kind === Kind.VARIABLE)
            conditions.push({ variable: value.name.value, is });
    }
    return conditions;
}
/** The denials of fields that are part of the operation with these variables, one for each path and coordinate. */
export function denialsFor(all, variables) {
    if (all.every(({ when }) => when.length === 0))
        return all;
    const held = all.filter(({ when }) => when.every(({ variable, is }) => variables[variable] === is));
    return [...new Map(held.map((one) => [JSON.stringify([one.coordinate, one.path]), one])).values()];
}
export const fragmentsOf = (document) => new Map(document.definitions.flatMap((definition) => definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition]] : []));
/** Names of the fragments from which a refused field can be reached. */
function leadingTo(denied, fragments) {
    const answers = new Map();
    const leads = (set) => set.selections.some((selection) => {
        if (selection.kind === Kind.FRAGMENT_SPREAD)
            return fragmentLeads(selection.name.value);
        if (selection.kind === Kind.FIELD && denied.has(selection))
            return true;
        return selection.selectionSet !== undefined && leads(selection.selectionSet);
    });
    const fragmentLeads = (name) => {
        const known = answers.get(name);
        if (known !== undefined)
            return known;
        answers.set(name, false);
        const fragment = fragments.get(name);
        const answer = fragment !== undefined && leads(fragment.selectionSet);
        answers.set(name, answer);
        return answer;
    };
    return new Set([...fragments.keys()].filter(fragmentLeads));
}
//# sourceMappingURL=denials.js.map