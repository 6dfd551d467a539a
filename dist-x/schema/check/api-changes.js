import { createHash } from 'node:crypto';
import { diff } from '@graphql-inspector/core';
import { isEnumType } from 'graphql';
/** Every difference between two client schemas, in a stable order. */
export async function apiChanges(before, after) {
    const changes = await diff(before, after);
    return changes
        .filter(({ type }) => !String(type).startsWith('DIRECTIVE_USAGE_'))
        .map((change) => apiChange(change, before))
        .sort((a, b) => compareText(a.coordinate, b.coordinate) || compareText(a.change, b.change));
}
/** The identity of a change, for approvals: any other wording of it is another change. */
export function changeHash(change, coordinate, message) {
    return createHash('sha256').update(`${change}\n${coordinate}\n${message}`).digest('hex');
}
function apiChange(change, before) {
    const level = levelOf(change);
    const kind = kindOf(change, level);
    const coordinate = coordinateOf(change);
    const message = change.message + deprecationOf(change, coordinate, before);
    const instead = level === 'breaking' ? insteadOf[kind] : undefined;
    const hash = changeHash(kind, coordinate, message);
    return { level, change: kind, coordinate, message, hash, ...(instead === undefined ? {} : { instead }) };
}
function levelOf(change) {
    const level = change.criticality.level;
    switch (level) {
        case 'BREAKING':
            return 'breaking';
        case 'DANGEROUS':
            return 'dangerous';
        default:
            return 'safe';
    }
}
/** A new argument or input field that callers must give is another thing than one they may give. */
function kindOf(change, level) {
    const type = String(change.type);
    if (level !== 'breaking')
        return type;
    if (type === 'FIELD_ARGUMENT_ADDED')
        return 'ARGUMENT_REQUIRED';
    return type === 'INPUT_FIELD_ADDED' ? 'INPUT_FIELD_REQUIRED' : type;
}
function coordinateOf(change) {
    const path = change.path ?? 'schema';
    if (!String(change.type).startsWith('FIELD_ARGUMENT_'))
        return path;
    const [type, field, argument] = path.split('.');
    return argument === undefined ? path : `${type ?? ''}.${field ?? ''}(${argument}:)`;
}
/** Why a removed field or value had been deprecated, so that a reader sees whether it was announced. */
function deprecationOf(change, coordinate, before) {
    const [typeName = '', member = ''] = coordinate.split('.');
    const type = before.getType(typeName);
    if (type === undefined || !String(change.type).endsWith('_REMOVED'))
        return '';
    const found = isEnumType(type)
        ? type.getValue(member)
        : 'getFields' in type
            ? type.getFields()[member]
            : undefined;
    const reason = found?.deprecationReason;
    return reason === undefined || reason === null ? '' : ` (was deprecated: ${reason.slice(0, 200)})`;
}
const insteadOf = {
    FIELD_REMOVED: 'mark @deprecated now, remove after the last use',
    ENUM_VALUE_REMOVED: 'mark @deprecated now, remove after the last use',
    INPUT_FIELD_REMOVED: 'mark @deprecated now, remove after the last use',
    FIELD_ARGUMENT_REMOVED: 'mark @deprecated now, remove after the last use',
    TYPE_REMOVED: 'mark the fields that give it @deprecated, remove after the last use',
    ARGUMENT_REQUIRED: 'give it a default value',
    INPUT_FIELD_REQUIRED: 'make it optional, or give it a default value',
    FIELD_TYPE_CHANGED: 'add a field of the new type and mark this one @deprecated',
    FIELD_ARGUMENT_TYPE_CHANGED: 'add an argument of the new type and mark this one @deprecated',
    INPUT_FIELD_TYPE_CHANGED: 'add an input field of the new type and mark this one @deprecated',
    TYPE_KIND_CHANGED: 'add a type under another name',
    UNION_MEMBER_REMOVED: 'keep the member until no operation asks for it',
    OBJECT_TYPE_INTERFACE_REMOVED: 'keep the interface until no operation asks for it',
};
function compareText(a, b) {
    if (a === b)
        return 0;
    return a < b ? -1 : 1;
}
//# sourceMappingURL=api-changes.js.map