import { Kind, OperationTypeNode, parse, type OperationDefinitionNode } from 'graphql';
import type { GraphQLRequest } from './exchange.ts';
import { isObject } from './json.ts';

/**
 * The request of an editor's contents. An operation's name is sent only when the document leaves a choice:
 * the editor learns a new document's names a moment late, and a name left over from the last one would fail.
 */
export function operationRequest(query: string, variables: unknown, operationName: unknown): GraphQLRequest {
  const names = operationsIn(query).map((operation) => operation.name?.value);
  const chosen = names.length > 1 ? names.find((name) => name === operationName) : undefined;
  return {
    query,
    ...(isObject(variables) && Object.keys(variables).length > 0 ? { variables } : {}),
    ...(chosen === undefined ? {} : { operationName: chosen }),
  };
}

/** Whether a document may change something, should a server run it in spite of being asked for a plan only. */
export function mayChange(query: string): boolean {
  return operationsIn(query).some(({ operation }) => operation === OperationTypeNode.MUTATION);
}

/** The operations of a document; none while it cannot be parsed. */
export function operationsIn(query: string): readonly OperationDefinitionNode[] {
  try {
    return parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  } catch {
    return [];
  }
}
