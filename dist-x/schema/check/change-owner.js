import { coordinatesUsed } from "./known-operations.js";
const levels = ['security', 'breaking', 'dangerous', 'safe'];
/** Says of each change who owns it, which operations it concerns and whether it is approved; worst first. */
export function ownedChanges(changes, context) {
    const uses = context.operations.map((operation) => ({
        name: operation.name,
        used: coordinatesUsed(operation, context.before),
    }));
    return changes
        .map((change) => ownedChange(change, uses, context))
        .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level));
}
function ownedChange(change, uses, context) {
    const usedBy = uses.filter(({ used }) => concerns(change, used)).map(({ name }) => name);
    const place = context.place(change.coordinate);
    const approval = context.approvals.get(change.hash);
    const unused = change.level === 'breaking' && uses.length > 0 && usedBy.length === 0;
    return {
        ...change,
        usedBy,
        ...(unused ? { level: 'dangerous', unusedBy: uses.length } : {}),
        ...(place === undefined ? {} : { location: place.location }),
        ...(place?.subgraph === undefined ? {} : { subgraph: place.subgraph }),
        ...(approval === undefined ? {} : { approval }),
    };
}
/** What is new cannot be used yet: then those are concerned who use what it was added to. */
function concerns({ change, coordinate }, used) {
    if (change === 'ARGUMENT_REQUIRED')
        return used.has(coordinate.replace(/\(.*$/, ''));
    const addsToType = change === 'INPUT_FIELD_REQUIRED' || change === 'ENUM_VALUE_ADDED';
    return used.has(addsToType ? coordinate.replace(/\..*$/, '') : coordinate);
}
//# sourceMappingURL=change-owner.js.map