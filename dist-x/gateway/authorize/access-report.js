import { isCompositeType, isInterfaceType, isObjectType, Kind, TypeInfo, visit, visitWithTypeInfo, } from 'graphql';
import { accessRules } from "./access-rules.js";
/** Field by field, in the order of the document, who lets a caller through or stops it. Policies are those of the caller. */
export function accessReport({ supergraph, schema }, document, principal) {
    const rules = accessRules(supergraph, schema);
    const policy = (name) => principal.kind === 'known' && principal.policies.has(name);
    const found = [];
    eachField(schema, document, (type, field, path) => {
        const asked = distinct(rules.reasonsOf(type, field)).map(({ grant, on }) => {
            const verdict = grant.verdict({ principal, policy });
            return { rule: grant.text, on, isMet: verdict === '1' };
        });
        const isAllowed = asked.every(({ isMet }) => isMet);
        found.push({ path, coordinate: `${type}.${field}`, isAllowed, rules: asked });
    });
    return found;
}
/** Every field of the client schema, by type and name. */
export function accessTable({ supergraph, schema }, operations) {
    const rules = accessRules(supergraph, schema);
    const uses = usesOf(schema, operations);
    return fieldsOf(schema).map(([type, field]) => needsOf(rules, uses, { type, field }));
}
function needsOf(rules, uses, { type, field }) {
    const coordinate = `${type}.${field}`;
    const asked = distinct(rules.reasonsOf(type, field)).map(({ grant, on }) => ({ rule: grant.text, on }));
    return { coordinate, rules: asked, operations: uses.get(coordinate) ?? 0 };
}
function fieldsOf(schema) {
    return Object.values(schema.getTypeMap())
        .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'))
        .sort((one, other) => (one.name < other.name ? -1 : 1))
        .flatMap((type) => 'getFields' in type ? Object.keys(type.getFields()).map((field) => [type.name, field]) : []);
}
/** How many operations ask for each field; one asked for on an interface is asked for on its implementations too. */
function usesOf(schema, operations) {
    const uses = new Map();
    for (const document of operations) {
        const used = new Set();
        eachField(schema, document, (type, field) => {
            used.add(`${type}.${field}`);
            const face = schema.getType(type);
            if (isInterfaceType(face))
                for (const { name } of schema.getPossibleTypes(face))
                    used.add(`${name}.${field}`);
        });
        for (const coordinate of used)
            uses.set(coordinate, (uses.get(coordinate) ?? 0) + 1);
    }
    return uses;
}
function eachField(schema, document, tell) {
    const typeInfo = new TypeInfo(schema);
    const path = [];
    visit(document, visitWithTypeInfo(typeInfo, {
        [Kind.FRAGMENT_DEFINITION]: {
            enter: ({ name }) => void path.push(`...${name.value}`),
            leave: () => void path.pop(),
        },
        [Kind.FIELD]: {
            enter: ({ name, alias }) => {
                const parent = typeInfo.getParentType();
                path.push(alias?.value ?? name.value);
                if (isCompositeType(parent) && !name.value.startsWith('__'))
                    tell(parent.name, name.value, [...path]);
            },
            leave: () => void path.pop(),
        },
    }));
}
const distinct = (reasons) => [
    ...new Map(reasons.map((reason) => [`${reason.grant.text} ${reason.on}`, reason])).values(),
];
//# sourceMappingURL=access-report.js.map