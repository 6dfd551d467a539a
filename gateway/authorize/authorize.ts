import { createHash } from 'node:crypto';
import { print, type DocumentNode, type FieldNode, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { WeirError } from '../model/errors.ts';
import type { AuthorizedOperation, Denial, Operation, OperationHash } from '../model/operation.ts';
import type { Principal } from '../model/principal.ts';
import { accessFeatures } from './access-directives.ts';
import { accessRules, type AccessRules } from './access-rules.ts';
import { allowedDocument } from './allowed-document.ts';
import type { AuthorizeSettings } from './authorize-settings.ts';
import { denials, denialsFor } from './denials.ts';
import { operationAccess, type OperationAccess, type ProtectedField } from './operation-access.ts';

export { denialsFor };
export { authorizeSettings, type AuthorizeSettings } from './authorize-settings.ts';

export type Authorization = Allowed | Rejected;

interface Allowed {
  readonly kind: 'allowed';
  readonly authorized: AuthorizedOperation;
}

interface Rejected {
  readonly kind: 'rejected';
  readonly error: WeirError;
  readonly denials: readonly Denial[];
  /** For requests whose variables switch off all that is denied. */
  readonly otherwise: Allowed;
}

export interface Authorizer {
  /** Decides by the operation and the identity alone; a known operation costs a few look-ups. */
  authorize(operation: Operation, principal: Principal): Authorization;
  readonly enforcedFeatures: ReadonlySet<string>;
}

/** Features of a supergraph that this stage enforces, by the name in their specification's URL. */
export const enforcedFeatures: ReadonlySet<string> = accessFeatures;

/** An operation, what it asks for, and what was decided for callers with the same grants. */
interface KnownOperation {
  readonly access: OperationAccess;
  readonly decisions: LRUCache<string, Authorization>;
}

/** Callers of one operation differ in few ways; beyond this, decisions are made anew. */
const maxDecisions = 256;
const everything: ReadonlySet<FieldNode> = new Set();

/**
 * Enforces `@authenticated`, `@requiresScopes` and `@policy` of the full supergraph before anything is planned, so that
 * what a caller may not see is never fetched.
 */
export function createAuthorizer(
  fullSupergraph: DocumentNode,
  apiSchema: GraphQLSchema,
  settings: AuthorizeSettings,
): Authorizer {
  const rules = accessRules(fullSupergraph, apiSchema);
  const authorize =
    settings.enabled && rules.exist
      ? enforcing(rules, apiSchema, settings)
      : (operation: Operation) => whole(operation);
  return { authorize, enforcedFeatures };
}

function enforcing(
  rules: AccessRules,
  schema: GraphQLSchema,
  settings: AuthorizeSettings,
): Authorizer['authorize'] {
  // By document, not by hash: refused fields are nodes of that very document.
  const known = new WeakMap<DocumentNode, KnownOperation>();
  const learn = (operation: Operation): KnownOperation => {
    const access = operationAccess(operation.document, schema, rules);
    const learnt: KnownOperation = { access, decisions: new LRUCache({ max: maxDecisions }) };
    known.set(operation.document, learnt);
    return learnt;
  };
  return (operation, principal) => {
    const { access, decisions } = known.get(operation.document) ?? learn(operation);
    if (access.fields.length === 0) return whole(operation);
    const held = access.grants.map((grant) => (grant.holds(principal) ? '1' : '0')).join('');
    const decided = decisions.get(held);
    if (decided !== undefined) return decided;
    const decision = decide(operation, access, principal, settings);
    decisions.set(held, decision);
    return decision;
  };
}

function decide(
  operation: Operation,
  access: OperationAccess,
  principal: Principal,
  settings: AuthorizeSettings,
): Authorization {
  const denied = new Map<FieldNode, ProtectedField>();
  for (const field of access.fields)
    if (![...field.requirement].every((grant) => grant.holds(principal))) denied.set(field.node, field);
  if (denied.size === 0) return whole(operation);
  const found = denials(operation.document, denied);
  if (settings.dryRun) return whole(operation, found);
  const nodes: ReadonlySet<FieldNode> = new Set(denied.keys());
  const shape = shapeOf(access, nodes);
  const filtered: Allowed = {
    kind: 'allowed',
    authorized: { allowed: rest(operation, nodes, shape), denied: nodes, denials: found, shape },
  };
  if (settings.mode === 'filter') return filtered;
  return { kind: 'rejected', error: rejection(), denials: found, otherwise: filtered };
}

/** The decision for a request: what its variables leave out of the operation is no reason to reject it. */
export function forVariables(
  authorization: Authorization,
  variables: Readonly<Record<string, unknown>>,
): Authorization {
  if (authorization.kind === 'allowed') return authorization;
  return denialsFor(authorization.denials, variables).length === 0 ? authorization.otherwise : authorization;
}

const whole = (operation: Operation, found: readonly Denial[] = []): Allowed => ({
  kind: 'allowed',
  authorized: { allowed: operation, denied: everything, denials: found, shape: 'all' },
});

const rejection = (): WeirError =>
  new WeirError('UNAUTHORIZED_FIELD_OR_TYPE', 'This operation asks for something you may not see.');

/** Which of the operation's protected fields are refused; short however many there are. */
function shapeOf(access: OperationAccess, denied: ReadonlySet<FieldNode>): string {
  const bits = access.fields.map(({ node }) => (denied.has(node) ? '0' : '1')).join('');
  return bits.length <= 64 ? bits : createHash('sha256').update(bits).digest('base64url');
}

function rest(operation: Operation, denied: ReadonlySet<FieldNode>, shape: string): Operation | undefined {
  const document = allowedDocument(operation.document, denied);
  if (document === undefined) return undefined;
  const hash = createHash('sha256').update(`${operation.hash}\n${shape}`).digest('hex') as OperationHash;
  return { hash, text: print(document), document, name: operation.name, kind: operation.kind };
}
