import { Kind, parse, valueFromASTUntyped } from 'graphql';
import { changeHash } from "./api-changes.js";
const nothing = { authenticated: false, scopes: [], policies: [] };
/** Every place where the new supergraph asks for less than the old one did. */
export function lostProtection(before, after) {
    const [old, now] = [protectionOf(before), protectionOf(after)];
    const changes = [];
    for (const [coordinate, wanted] of old.own) {
        if (!exists(now, coordinate) || stillAsked(coordinate, wanted, now))
            continue;
        const left = now.own.get(coordinate) ?? nothing;
        const change = isNothing(left) ? 'AUTHORIZATION_REMOVED' : 'AUTHORIZATION_LOOSENED';
        const message = `${coordinate} asked for ${inWords(wanted)} and now asks for ${inWords(left)}`;
        changes.push({
            level: 'security',
            change,
            coordinate,
            message,
            hash: changeHash(change, coordinate, message),
            instead: 'keep the directive, or have the change approved',
        });
    }
    return changes;
}
function exists(now, coordinate) {
    const [type = '', field] = coordinate.split('.');
    const fields = now.fields.get(type);
    return fields !== undefined && (field === undefined || fields.includes(field));
}
/** A requirement may also move from a field to its type, or from a type to each of its fields. */
function stillAsked(coordinate, wanted, now) {
    const [type = '', field] = coordinate.split('.');
    const ofType = now.own.get(type) ?? nothing;
    if (implies(ofType, wanted))
        return true;
    const fields = field === undefined ? (now.fields.get(type) ?? []) : [field];
    if (fields.length === 0)
        return false;
    return fields.every((name) => implies(both(ofType, now.own.get(`${type}.${name}`) ?? nothing), wanted));
}
function both(a, b) {
    return {
        authenticated: a.authenticated || b.authenticated,
        scopes: [...a.scopes, ...b.scopes],
        policies: [...a.policies, ...b.policies],
    };
}
function implies(strong, weak) {
    // Scopes come from a verified token, so asking for one asks for a known caller too.
    const known = strong.authenticated || strong.scopes.some((one) => !one.some((names) => names.length === 0));
    if (weak.authenticated && !known)
        return false;
    return covers(strong.scopes, weak.scopes) && covers(strong.policies, weak.policies);
}
function covers(strong, weak) {
    return weak.every((wanted) => strong.some((given) => asksAtLeast(given, wanted)));
}
/** Whoever satisfies `given` satisfies `wanted`: each way in holds all names of some wanted way in. */
function asksAtLeast(given, wanted) {
    return given.every((names) => wanted.some((needed) => needed.every((name) => names.includes(name))));
}
function protectionOf(sdl) {
    const document = parse(sdl, { noLocation: true });
    const names = directiveNames(document);
    const own = new Map();
    const fields = new Map();
    const note = (coordinate, directives) => {
        const found = requirementOf(directives ?? [], names);
        if (!isNothing(found))
            own.set(coordinate, both(own.get(coordinate) ?? nothing, found));
    };
    for (const definition of document.definitions) {
        if (!('name' in definition) || definition.kind === Kind.DIRECTIVE_DEFINITION)
            continue;
        const type = definition.name.value;
        const members = 'fields' in definition ? (definition.fields ?? []) : [];
        note(type, definition.directives);
        for (const member of members)
            note(`${type}.${member.name.value}`, member.directives);
        fields.set(type, [...(fields.get(type) ?? []), ...members.map(({ name }) => name.value)]);
    }
    return { own, fields };
}
/** A supergraph may link the directives under other names. */
function directiveNames(document) {
    const names = { authenticated: 'authenticated', requiresScopes: 'requiresScopes', policy: 'policy' };
    for (const definition of document.definitions) {
        if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION)
            continue;
        for (const directive of definition.directives ?? []) {
            const url = argument(directive, 'url');
            const as = argument(directive, 'as');
            const feature = typeof url === 'string' ? /\/(authenticated|requiresScopes|policy)\/v/.exec(url)?.[1] : undefined;
            if (feature !== undefined && typeof as === 'string')
                names[feature] = as;
        }
    }
    return names;
}
function requirementOf(directives, names) {
    const of = (name) => directives.filter((one) => one.name.value === name);
    return {
        authenticated: of(names.authenticated).length > 0,
        scopes: of(names.requiresScopes).map((directive) => alternatives(argument(directive, 'scopes'))),
        policies: of(names.policy).map((directive) => alternatives(argument(directive, 'policies'))),
    };
}
function argument(directive, name) {
    const node = directive.arguments?.find((one) => one.name.value === name);
    return node === undefined ? undefined : valueFromASTUntyped(node.value);
}
function alternatives(value) {
    const outer = Array.isArray(value) ? value : [value];
    return outer.map((inner) => Array.isArray(inner) ? inner.map(String) : [String(inner)]);
}
function isNothing({ authenticated, scopes, policies }) {
    return !authenticated && scopes.length === 0 && policies.length === 0;
}
function inWords(requirement) {
    const list = (all) => all.map((names) => names.join(' and ')).join(', or ');
    const words = [
        ...(requirement.authenticated ? ['a known caller'] : []),
        ...requirement.scopes.map((all) => `scope ${list(all)}`),
        ...requirement.policies.map((all) => `policy ${list(all)}`),
    ];
    return words.length === 0 ? 'nothing' : words.join(' and ');
}
//# sourceMappingURL=protection.js.map