import { isInterfaceType, type DocumentNode, type GraphQLSchema } from 'graphql';
import { gathersRules } from '../../schema/compose/gathered-rules.ts';
import { directiveNames } from './access-directives.ts';
import { annotatedTypes, type AnnotatedField, type AnnotatedType } from './annotated-types.ts';
import { fieldsOf, type Coordinate } from './field-sets.ts';
import { grants, noRequirement, type Grant, type Requirement } from './grants.ts';
import { interfaceRules, type InterfaceRules } from './interface-rules.ts';

/** Who may see which field. */
export interface AccessRules {
  /** `false` when the supergraph protects nothing. */
  readonly exist: boolean;
  /** All that is needed to see a field selected on this type, which may be an interface. */
  requirementOf(type: string, field: string): Requirement;
  /** The same with where each part of it stands: for people, not kept. */
  reasonsOf(type: string, field: string): readonly Reason[];
  /** What is needed to see anything of a type. */
  requirementOfType(type: string): Requirement;
  /** All that is needed anywhere. */
  readonly grants: readonly Grant[];
  /** Interfaces and their fields, as `Type` and `Type.field`, whose rules hold for all implementations to be safe. */
  readonly inDoubt: readonly string[];
}

/** A rule that must be met, and the type or field on which it stands. */
export interface Reason {
  readonly grant: Grant;
  /** `Type` or `Type.field` */
  readonly on: string;
}

/**
 * Rules of the whole supergraph. A field needs what it says itself, what its type and the type it returns say, and
 * what the fields it is computed from need. A field selected on an interface needs what every implementation's does.
 * An interface's own rule holds for all its implementations.
 */
export function accessRules(supergraph: DocumentNode, apiSchema: GraphQLSchema): AccessRules {
  const known = grants();
  const types = annotatedTypes(supergraph, directiveNames(supergraph), known);
  const exist = [...types.values()].some(
    (type) => type.rule.size > 0 || [...type.fields.values()].some((field) => field.rule.size > 0),
  );
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

interface RuleSource {
  readonly types: ReadonlyMap<string, AnnotatedType>;
  readonly schema: GraphQLSchema;
  /** What nobody has. */
  readonly never: Grant;
  readonly ofInterfaces: InterfaceRules;
}

class Rules {
  readonly #types: ReadonlyMap<string, AnnotatedType>;
  readonly #schema: GraphQLSchema;
  readonly #never: Grant;
  readonly #ofInterfaces: InterfaceRules;
  readonly #known = new Map<string, Requirement>();

  constructor({ types, schema, never, ofInterfaces }: RuleSource) {
    this.#types = types;
    this.#schema = schema;
    this.#never = never;
    this.#ofInterfaces = ofInterfaces;
  }

  requirementOf(start: Coordinate): Requirement {
    const key = `${start.type}.${start.field}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const requirement = new Set(this.reasonsOf(start).map(({ grant }) => grant));
    this.#known.set(key, requirement);
    return requirement;
  }

  requirementOfType(name: string): Requirement {
    const type = this.#types.get(name);
    return type === undefined ? noRequirement : new Set(this.#typeGrants(type).map(({ grant }) => grant));
  }

  /** Everything reachable, so that fields which need one another do no harm. */
  reasonsOf(start: Coordinate): readonly Reason[] {
    const needed: Reason[] = [];
    const seen = new Set<string>();
    const open: Coordinate[] = [start];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const key = `${next.type}.${next.field}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const type = this.#types.get(next.type);
      const field = type?.fields.get(next.field);
      if (type === undefined || field === undefined) continue;
      needed.push(...this.#ownGrants(type, field, next.field));
      for (const other of this.#possible(type)) open.push({ type: other.name, field: next.field });
      const inputs = this.#inputs(type, field, next.field);
      if (inputs === undefined) needed.push({ grant: this.#never, on: key });
      else open.push(...inputs);
    }
    return needed;
  }

  #ownGrants(type: AnnotatedType, field: AnnotatedField, name: string): readonly Reason[] {
    const returned = this.#types.get(field.returns);
    const inherited = this.#interfacesOf(type).flatMap((face) =>
      reasons(this.#ofInterfaces.of(face, name), `${face.name}.${name}`),
    );
    return [
      ...reasons(field.rule, `${type.name}.${name}`),
      ...inherited,
      ...this.#typeGrants(type),
      ...(returned === undefined ? [] : this.#typeGrants(returned)),
    ];
  }

  #typeGrants(type: AnnotatedType): readonly Reason[] {
    const inherited = this.#interfacesOf(type).flatMap((face) =>
      reasons(this.#ofInterfaces.of(face), face.name),
    );
    return [...reasons(type.rule, type.name), ...inherited];
  }

  #interfacesOf(type: AnnotatedType): readonly AnnotatedType[] {
    return [...type.interfaces].flatMap((name) => this.#types.get(name) ?? []);
  }

  /** Object types a client can meet behind an interface. */
  #possible(type: AnnotatedType): readonly AnnotatedType[] {
    const shown = type.isInterface ? this.#schema.getType(type.name) : undefined;
    if (!isInterfaceType(shown)) return [];
    return this.#schema.getPossibleTypes(shown).flatMap((one) => this.#types.get(one.name) ?? []);
  }

  /**
   * Fields that must be read first, `undefined` when that cannot be told. What a field of an `@interfaceObject` needs
   * is written on the interface alone, and is read on the type that has the field through it.
   */
  #inputs(type: AnnotatedType, field: AnnotatedField, name: string): readonly Coordinate[] | undefined {
    const found: Coordinate[] = [];
    const inherited = this.#interfacesOf(type).flatMap((one) => one.fields.get(name) ?? []);
    for (const { requires, fromContext } of [field, ...inherited]) {
      const sets = [
        ...requires.map((fieldSet) => fieldsOf(fieldSet, type.name, this.#types)),
        ...fromContext.map(({ context, selection }) => this.#contextFields(context, selection)),
      ];
      for (const fields of sets) {
        if (fields === undefined) return undefined;
        found.push(...fields);
      }
    }
    return found;
  }

  #contextFields(context: string, selection: string): readonly Coordinate[] | undefined {
    const openers = [...this.#types.values()].filter(({ contexts }) => contexts.has(context));
    const found = openers.map((type) => fieldsOf(selection, type.name, this.#types));
    return found.includes(undefined) ? undefined : found.flatMap((fields) => fields ?? []);
  }
}

const reasons = (rule: Requirement, on: string): readonly Reason[] =>
  [...rule].map((grant) => ({ grant, on }));
