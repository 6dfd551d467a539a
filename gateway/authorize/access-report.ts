import {
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { Principal } from '../model/principal.ts';
import { accessRules, type AccessRules, type Reason } from './access-rules.ts';
import type { Verdict } from './grants.ts';

/** A rule on the way to a field. */
export interface AskedRule {
  /** `@requiresScopes(a & b | c)` */
  readonly rule: string;
  /** The type or field on which it stands. */
  readonly on: string;
}

/** What one caller gets of one selected field. */
export interface FieldAccess {
  /** Response path without list indices; for a field in a named fragment, from `...Name` on. */
  readonly path: readonly string[];
  readonly coordinate: string;
  readonly isAllowed: boolean;
  readonly rules: readonly (AskedRule & { readonly isMet: boolean })[];
}

/** A field of the client schema, what it needs, and by how many of the given operations it is asked for. */
export interface FieldNeeds {
  readonly coordinate: string;
  readonly rules: readonly AskedRule[];
  readonly operations: number;
}

interface Graph {
  /** The full supergraph. */
  readonly supergraph: DocumentNode;
  readonly schema: GraphQLSchema;
}

/** Field by field, in the order of the document, who lets a caller through or stops it. Policies are those of the caller. */
export function accessReport(
  { supergraph, schema }: Graph,
  document: DocumentNode,
  principal: Principal,
): readonly FieldAccess[] {
  const rules = accessRules(supergraph, schema);
  const policy = (name: string): boolean => principal.kind === 'known' && principal.policies.has(name);
  const found: FieldAccess[] = [];
  eachField(schema, document, (type, field, path) => {
    const asked = distinct(rules.reasonsOf(type, field)).map(({ grant, on }) => {
      const verdict: Verdict = grant.verdict({ principal, policy });
      return { rule: grant.text, on, isMet: verdict === '1' };
    });
    const isAllowed = asked.every(({ isMet }) => isMet);
    found.push({ path, coordinate: `${type}.${field}`, isAllowed, rules: asked });
  });
  return found;
}

/** Every field of the client schema, by type and name. */
export function accessTable(
  { supergraph, schema }: Graph,
  operations: readonly DocumentNode[],
): readonly FieldNeeds[] {
  const rules = accessRules(supergraph, schema);
  const uses = usesOf(schema, operations);
  return fieldsOf(schema).map(([type, field]) => needsOf(rules, uses, { type, field }));
}

function needsOf(
  rules: AccessRules,
  uses: ReadonlyMap<string, number>,
  { type, field }: { readonly type: string; readonly field: string },
): FieldNeeds {
  const coordinate = `${type}.${field}`;
  const asked = distinct(rules.reasonsOf(type, field)).map(({ grant, on }) => ({ rule: grant.text, on }));
  return { coordinate, rules: asked, operations: uses.get(coordinate) ?? 0 };
}

function fieldsOf(schema: GraphQLSchema): readonly (readonly [string, string])[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((type) =>
      'getFields' in type ? Object.keys(type.getFields()).map((field) => [type.name, field] as const) : [],
    );
}

/** How many operations ask for each field; one asked for on an interface is asked for on its implementations too. */
function usesOf(schema: GraphQLSchema, operations: readonly DocumentNode[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const document of operations) {
    const used = new Set<string>();
    eachField(schema, document, (type, field) => {
      used.add(`${type}.${field}`);
      const face = schema.getType(type);
      if (isInterfaceType(face))
        for (const { name } of schema.getPossibleTypes(face)) used.add(`${name}.${field}`);
    });
    for (const coordinate of used) uses.set(coordinate, (uses.get(coordinate) ?? 0) + 1);
  }
  return uses;
}

type Visitor = (type: string, field: string, path: readonly string[]) => void;

function eachField(schema: GraphQLSchema, document: DocumentNode, tell: Visitor): void {
  const typeInfo = new TypeInfo(schema);
  const path: string[] = [];
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
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
    }),
  );
}

const distinct = (reasons: readonly Reason[]): readonly Reason[] => [
  ...new Map(reasons.map((reason) => [`${reason.grant.text} ${reason.on}`, reason])).values(),
];
