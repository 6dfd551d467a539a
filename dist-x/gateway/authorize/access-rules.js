import { isInterfaceType } from 'graphql';
import { gathersRules } from "../../schema/compose/gathered-rules.js";
import { directiveNames } from "./access-directives.js";
import { annotatedTypes } from "./annotated-types.js";
import { fieldsOf } from "./field-sets.js";
import { grants, noRequirement } from "./grants.js";
import { interfaceRules } from "./interface-rules.js";
/**
 * Rules of the whole supergraph. A field needs what it says itself, what its type and the type it returns say, and
 * what the fields it is computed from need. A field selected on an interface needs what every implementation's does.
 * An interface's own rule holds for all its implementations.
 */
export function accessRules(supergraph, apiSchema) {
    const known = grants();
    const types = annotatedTypes(supergraph, directiveNames(supergraph), known);
    const exist = [...types.values()].some((type) => type.rule.size > 0 || [...type.fields.values()].some((field) => field.rule.size > 0));
    if (!exist)
        return {
            exist,
            requirementOf: () => noRequirement,
            requirementOfType: () => noRequirement,
            reasonsOf: () => [],
            grants: [],
            inDoubt: [],
        };
    const ofInterfaces = interfaceRules(types, gathersRules(supergraph));
    const rules = new Rules({ types, schema: apiSchema, never: known.never, ofInterfaces });
    return {
        exist,
        requirementOf: (type, field) => rules.requirementOf({ type, field }),
        reasonsOf: (type, field) => rules.reasonsOf({ type, field }),
        requirementOfType: (type) => rules.requirementOfType(type),
        grants: known.all(),
        inDoubt: ofInterfaces.inDoubt,
    };
}
class Rules {
    #types;
    #schema;
    #never;
    #ofInterfaces;
    #known = new Map();
    constructor({ types, schema, never, ofInterfaces }) {
        this.#types = types;
        this.#schema = schema;
        this.#never = never;
        this.#ofInterfaces = ofInterfaces;
    }
    requirementOf(start) {
        const key = `${start.type}.${start.field}`;
        const known = this.#known.get(key);
        if (known !== undefined)
            return known;
        const requirement = new Set(this.reasonsOf(start).map(({ grant }) => grant));
        this.#known.set(key, requirement);
        return requirement;
    }
    requirementOfType(name) {
        const type = this.#types.get(name);
        return type === undefined ? noRequirement : new Set(this.#typeGrants(type).map(({ grant }) => grant));
    }
    /** Everything reachable, so that fields which need one another do no harm. */
    reasonsOf(start) {
        const needed = [];
        const seen = new Set();
        const open = [start];
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
            const key = `${next.type}.${next.field}`;
            if (seen.has(key))
                continue;
            seen.add(key);
            const type = this.#types.get(next.type);
            const field = type?.fields.get(next.field);
            if (type === undefined || field === undefined)
                continue;
            needed.push(...this.#ownGrants(type, field, next.field));
            for (const other of this.#possible(type))
                open.push({ type: other.name, field: next.field });
            const inputs = this.#inputs(type, field, next.field);
            if (inputs === undefined)
                needed.push({ grant: this.#never, on: key });
            else
                open.push(...inputs);
        }
        return needed;
    }
    #ownGrants(type, field, name) {
        const returned = this.#types.get(field.returns);
        const inherited = this.#interfacesOf(type).flatMap((face) => reasons(this.#ofInterfaces.of(face, name), `${face.name}.${name}`));
        return [
            ...reasons(field.rule, `${type.name}.${name}`),
            ...inherited,
            ...this.#typeGrants(type),
            ...(returned === undefined ? [] : this.#typeGrants(returned)),
        ];
    }
    #typeGrants(type) {
        const inherited = this.#interfacesOf(type).flatMap((face) => reasons(this.#ofInterfaces.of(face), face.name));
        return [...reasons(type.rule, type.name), ...inherited];
    }
    #interfacesOf(type) {
        return [...type.interfaces].flatMap((name) => this.#types.get(name) ?? []);
    }
    /** Object types a client can meet behind an interface. */
    #possible(type) {
        const shown = type.isInterface ? this.#schema.getType(type.name) : undefined;
        if (!isInterfaceType(shown))
            return [];
        return this.#schema.getPossibleTypes(shown).flatMap((one) => this.#types.get(one.name) ?? []);
    }
    /**
     * Fields that must be read first, `undefined` when that cannot be told. What a field of an `@interfaceObject` needs
     * is written on the interface alone, and is read on the type that has the field through it.
     */
    #inputs(type, field, name) {
        const found = [];
        const inherited = this.#interfacesOf(type).flatMap((one) => one.fields.get(name) ?? []);
        for (const { requires, fromContext } of [field, ...inherited]) {
            const sets = [
                ...requires.map((fieldSet) => fieldsOf(fieldSet, type.name, this.#types)),
                ...fromContext.map(({ context, selection }) => this.#contextFields(context, selection)),
            ];
            for (const fields of sets) {
                if (fields === undefined)
                    return undefined;
                found.push(...fields);
            }
        }
        return found;
    }
    #contextFields(context, selection) {
        const openers = [...this.#types.values()].filter(({ contexts }) => contexts.has(context));
        const found = openers.map((type) => fieldsOf(selection, type.name, this.#types));
        return found.includes(undefined) ? undefined : found.flatMap((fields) => fields ?? []);
    }
}
const reasons = (rule, on) => [...rule].map((grant) => ({ grant, on }));
//# sourceMappingURL=access-rules.js.map