import {
  isCompositeType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from 'graphql';
import type { AccessRules } from './access-rules.ts';
import type { Grant, Requirement } from './grants.ts';

/** A field of an operation that not everyone may see. */
export interface ProtectedField {
  readonly node: FieldNode;
  /** `Type.field` by the type it is selected on. */
  readonly coordinate: string;
  readonly requirement: Requirement;
}

/** What an operation asks of its caller, found once. */
export interface OperationAccess {
  readonly fields: readonly ProtectedField[];
  /** All grants that make a difference, in a fixed order. */
  readonly grants: readonly Grant[];
  /** All policies that they name. */
  readonly policies: readonly string[];
  /** It asks for the schema, and not everyone is shown all of it. */
  readonly introspects: boolean;
}

interface AccessTo {
  readonly rules: AccessRules;
  readonly introspection: 'all' | 'allowed';
}

/**
 * Finds the protected fields of a valid document. A field is judged by the type it is selected on, which inside a
 * named fragment is the fragment's own: so it is judged alike wherever the fragment is used.
 */
export function operationAccess(
  document: DocumentNode,
  schema: GraphQLSchema,
  { rules, introspection }: AccessTo,
): OperationAccess {
  const fields: ProtectedField[] = [];
  const ofSchema = new Set<FieldNode>();
  const typeInfo = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      [Kind.FIELD]: {
        enter(node) {
          const parent = typeInfo.getParentType();
          if (!isCompositeType(parent)) return;
          if (node.name.value === '__schema' || node.name.value === '__type') ofSchema.add(node);
          const requirement = rules.requirementOf(parent.name, node.name.value);
          if (requirement.size === 0) return;
          fields.push({ node, coordinate: `${parent.name}.${node.name.value}`, requirement });
        },
      },
    }),
  );
  const introspects = ofSchema.size > 0 && introspection === 'allowed';
  // What is shown of the schema hangs on all of its rules.
  const grants = introspects
    ? rules.grants
    : [...new Set(fields.flatMap(({ requirement }) => [...requirement]))];
  const policies = [...new Set(grants.flatMap((grant) => grant.policies))].sort();
  return { fields, grants, policies, introspects };
}
