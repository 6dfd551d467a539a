import {
  coerceInputValue,
  isInputObjectType,
  isListType,
  isInputType,
  isNonNullType,
  typeFromAST,
  valueFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { ClientError } from '../model/execution.ts';
import type { Refusal } from '../model/refusal.ts';

export type Variables =
  | { readonly ok: true; readonly values: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly refusal: Refusal };

/** Stops the coercion of one variable; thousands of wrong list items would hold the event loop. */
class EnoughErrors extends Error {}

const mostErrors = 5;

/**
 * Values of an operation's variables by section 6.1.2 of the GraphQL specification, defaults filled in.
 * Refused with at most five errors, which name places and types and never repeat a value: it may be a secret.
 */
export function variablesOf(
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema,
): Variables {
  const definitions = operation.variableDefinitions;
  if (definitions === undefined || definitions.length === 0) return none;
  const errors: ClientError[] = [];
  // Without a prototype, so that a variable called __proto__ is a variable.
  const values = Object.create(null) as Record<string, unknown>;
  for (const definition of definitions) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type);
    if (!isInputType(type)) continue;
    const value = valueOf(definition, given, { type, errors });
    if (value !== absent) values[name] = value;
    if (errors.length >= mostErrors) break;
  }
  return errors.length === 0
    ? { ok: true, values }
    : { ok: false, refusal: { code: 'BAD_USER_INPUT', errors } };
}

const none: Variables = { ok: true, values: Object.freeze(Object.create(null) as Record<string, unknown>) };
const absent = Symbol('absent');

interface Coercion {
  readonly type: GraphQLInputType;
  readonly errors: ClientError[];
}

function valueOf(
  definition: VariableDefinitionNode,
  given: Readonly<Record<string, unknown>>,
  { type, errors }: Coercion,
): unknown {
  const name = definition.variable.name.value;
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  if (value === undefined && definition.defaultValue !== undefined)
    return valueFromAST(definition.defaultValue, type);
  if (value === undefined && !isNonNullType(type)) return absent;
  if (isNonNullType(type) && (value === undefined || value === null)) {
    const wrong = value === null ? 'must not be null' : 'was not provided';
    errors.push(inputError(`Variable "$${name}" of required type "${String(type)}" ${wrong}.`));
    return absent;
  }
  try {
    return coerceInputValue(value, type, (path, _value, { message }) => {
      errors.push(inputError(sentence({ name, path, type }, message)));
      if (errors.length >= mostErrors) throw new EnoughErrors();
    });
  } catch (error) {
    if (error instanceof EnoughErrors) return absent;
    throw error;
  }
}

interface Place {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly type: GraphQLInputType;
}

function sentence({ name, path, type }: Place, message: string): string {
  const at = path.length === 0 ? `"$${name}"` : `"$${name}" at "${short(path.join('.'))}"`;
  const required = /^Field "(\w+)" of required type "[^"]*" was not provided\.$/.exec(message);
  if (required !== null) return `Variable ${at}: ${message}`;
  const unknown = /^Field "([^"]*)" is not defined by type "(\w+)"/.exec(message);
  if (unknown !== null)
    return `Variable ${at}: field "${short(unknown[1] ?? '')}" is not defined by type "${unknown[2] ?? ''}".`;
  return `Variable ${at}: expected a value of type "${String(typeAt(type, path))}".`;
}

function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType {
  let at: GraphQLInputType = type;
  for (const step of path) {
    const inner: GraphQLInputType = isNonNullType(at) ? at.ofType : at;
    if (isListType(inner)) at = inner.ofType;
    else if (isInputObjectType(inner)) at = inner.getFields()[step]?.type ?? at;
  }
  return at;
}

function short(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`;
}

function inputError(message: string): ClientError {
  return { message, extensions: { code: 'BAD_USER_INPUT' } };
}
