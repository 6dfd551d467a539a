import { baseType, federationMetadata, isCompositeType, MapWithCachedArrays, SelectionSet, } from '@apollo/federation-internals';
/**
 * Mends faults in how Apollo's planner handles a `@requires` whose input has a `@requires` of its own. Wishing to
 * save a call, it moves fetches into the one before them:
 *
 * - one that also waits for another fetch's results, which it then does not get. What decides that is a method of a
 *   class the planner keeps to itself (`FetchGroup.canMergeChildIn`), so it is reached through the first instance.
 * - one for fields that the earlier subgraph declares `@external`, so knows by name but cannot answer.
 *
 * Both end in a subgraph being asked for a field without the inputs that it requires, and in wrong data without an error.
 * A third one ends planning with a failed assertion: fetches with equal inputs are joined although one waits for the other.
 * Changes the planner's classes for the whole thread, once.
 */
export function mendRequires() {
    if (Object.hasOwn(SelectionSet.prototype, mended))
        return;
    Object.defineProperty(SelectionSet.prototype, mended, { value: true });
    mendRebasing();
    mendMerging();
}
const mended = Symbol.for('weir.requires-are-mended');
function mendRebasing() {
    const original = Reflect.get(SelectionSet.prototype, 'canRebaseOn');
    SelectionSet.prototype.canRebaseOn = function (type) {
        return original.call(this, type) && !asksForExternals(this, type);
    };
}
/** Whether a selection names a field that the subgraph of the type declares external. */
function asksForExternals(set, type) {
    const metadata = federationMetadata(type.schema());
    return set.selections().some((selection) => {
        if (selection.kind !== 'FieldSelection') {
            const condition = selection.element.typeCondition?.name;
            const inner = condition === undefined ? type : type.schema().type(condition);
            return isComposite(inner) && asksForExternals(selection.selectionSet, inner);
        }
        const field = type.kind === 'UnionType' ? undefined : type.field(selection.element.name);
        if (field === undefined)
            return false;
        if (metadata?.isFieldExternal(field) === true)
            return true;
        const inner = field.type && baseType(field.type);
        return (isComposite(inner) &&
            selection.selectionSet !== undefined &&
            asksForExternals(selection.selectionSet, inner));
    });
}
function isComposite(type) {
    return type !== undefined && isCompositeType(type);
}
function mendMerging() {
    const original = Reflect.get(MapWithCachedArrays.prototype, 'set');
    MapWithCachedArrays.prototype.set = function (key, value) {
        const group = fetchGroupClass(value);
        if (group !== undefined) {
            MapWithCachedArrays.prototype.set = original;
            onlyWithOneParent(group);
            withoutCycles(group);
        }
        return original.call(this, key, value);
    };
}
const methods = ['canMergeChildIn', 'mergeInWithAllDependencies', 'isDescendantOf', 'parents'];
function fetchGroupClass(value) {
    if (typeof value !== 'object' || value === null)
        return undefined;
    const group = Object.getPrototypeOf(value);
    const isGroup = methods.every((name) => typeof group?.[name] === 'function');
    return isGroup ? group : undefined;
}
function onlyWithOneParent(group) {
    const original = Reflect.get(group, 'canMergeChildIn');
    group.canMergeChildIn = function (child) {
        return original.call(this, child) && child.parents().length === 1;
    };
}
function withoutCycles(group) {
    const original = Reflect.get(group, 'mergeInWithAllDependencies');
    group.mergeInWithAllDependencies = function (other) {
        if (!this.isDescendantOf(other))
            original.call(this, other);
    };
}
//# sourceMappingURL=mended-requires.js.map