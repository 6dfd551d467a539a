import { isEnumType, isInputObjectType, Kind, parse, Source, TypeInfo, validate, visit, visitWithTypeInfo, } from 'graphql';
import { accepted, refused } from "../problem/problem.js";
const holders = new Set(['operations', 'queries', 'mutations', 'documents', 'fragments', 'graphql', 'src']);
/** The client that a file belongs to: the nearest folder that is not named for what it holds. */
function clientOf(file) {
    const folders = file
        .split('/')
        .slice(0, -1)
        .filter((name) => name !== '' && name !== '.');
    return folders.findLast((name) => !holders.has(name)) ?? 'client';
}
/**
 * Operations of all files; fragments are shared among the files of one client.
 * Problem: WEIR-O001 for a file that is not GraphQL.
 */
export function knownOperations(files) {
    const problems = [];
    const clients = new Map();
    for (const { file, text } of files) {
        const parsed = definitionsOf(file, text);
        if (!parsed.ok)
            problems.push(...parsed.problems);
        const client = clientOf(file);
        const known = clients.get(client) ?? [];
        if (parsed.ok)
            known.push(...parsed.value.map((definition) => ({ file, definition })));
        clients.set(client, known);
    }
    if (problems.length > 0)
        return refused(...problems);
    const operations = [...clients].flatMap(([client, all]) => {
        const fragments = all.flatMap(({ definition }) => definition.kind === Kind.FRAGMENT_DEFINITION ? [definition] : []);
        return all.flatMap(({ file, definition }) => definition.kind === Kind.OPERATION_DEFINITION
            ? [knownOperation(client, file, definition, fragments)]
            : []);
    });
    return accepted(operations.sort((a, b) => (a.name < b.name ? -1 : 1)));
}
function definitionsOf(file, text) {
    try {
        return accepted(parse(new Source(text, file), { maxTokens: 100_000 }).definitions);
    }
    catch (failure) {
        const locations = failure instanceof Error && 'locations' in failure ? failure.locations : undefined;
        const [first] = (locations ?? []);
        const location = { file, line: first?.line ?? 1, column: first?.column ?? 1 };
        return refused({
            code: 'WEIR-O001',
            severity: 'error',
            message: failure instanceof Error ? failure.message : 'not a GraphQL document',
            places: [{ location }],
            fix: 'correct the operation file, or leave it out of --operations',
        });
    }
}
function knownOperation(client, file, operation, fragments) {
    const base = file
        .split('/')
        .at(-1)
        ?.replace(/\.(?:graphql|gql)$/, '') ?? file;
    const line = operation.loc?.startToken.line ?? 1;
    return {
        client,
        name: `${client}/${operation.name?.value ?? base}`,
        location: { file, line, column: operation.loc?.startToken.column ?? 1 },
        document: { kind: Kind.DOCUMENT, definitions: [operation, ...fragmentsUsed(operation, fragments)] },
    };
}
function fragmentsUsed(operation, fragments) {
    const byName = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
    const used = new Set();
    const waiting = [operation];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        visit(next, {
            FragmentSpread: ({ name }) => {
                const fragment = byName.get(name.value);
                if (fragment === undefined || used.has(fragment))
                    return;
                used.add(fragment);
                waiting.push(fragment);
            },
        });
    }
    return [...used];
}
/** What is wrong with an operation on a schema, at most five sentences. */
export function operationErrors(operation, schema) {
    return validate(schema, operation.document, undefined, { maxErrors: 5 }).map(({ message }) => message);
}
/** Coordinates and type names that an operation depends on, what its variables may hold included. */
export function coordinatesUsed(operation, schema) {
    const used = new Set();
    const info = new TypeInfo(schema);
    const output = (type) => {
        if (type === undefined)
            return;
        used.add(type.name);
        if (isEnumType(type))
            for (const value of type.getValues())
                used.add(`${type.name}.${value.name}`);
    };
    const visitor = visitWithTypeInfo(info, {
        Field: ({ name, arguments: args }) => {
            const parent = info.getParentType();
            if (parent === null || parent === undefined)
                return;
            const field = `${parent.name}.${name.value}`;
            used.add(parent.name).add(field);
            for (const argument of args ?? [])
                used.add(`${field}(${argument.name.value}:)`);
            output(schema.getType(bareName(info.getType())));
        },
        Argument: () => addInput(schema.getType(bareName(info.getInputType())), schema, used),
        ObjectField: () => addInput(schema.getType(bareName(info.getInputType())), schema, used),
        InlineFragment: ({ typeCondition }) => {
            if (typeCondition !== undefined)
                used.add(typeCondition.name.value);
        },
        FragmentDefinition: ({ typeCondition }) => {
            used.add(typeCondition.name.value);
        },
        VariableDefinition: ({ type }) => addInput(schema.getType(nameIn(type)), schema, used),
    });
    visit(operation.document, visitor);
    return used;
}
function nameIn(type) {
    return type.kind === Kind.NAMED_TYPE ? type.name.value : nameIn(type.type);
}
/** The name within `[Name!]!`. */
function bareName(type) {
    return (type?.toString() ?? '').replace(/[[\]!]/g, '');
}
function addInput(type, schema, used) {
    if (type === undefined || used.has(type.name))
        return;
    used.add(type.name);
    if (isEnumType(type))
        for (const value of type.getValues())
            used.add(`${type.name}.${value.name}`);
    if (!isInputObjectType(type))
        return;
    for (const field of Object.values(type.getFields())) {
        used.add(`${type.name}.${field.name}`);
        addInput(schema.getType(bareName(field.type)), schema, used);
    }
}
//# sourceMappingURL=known-operations.js.map