import { createHash } from 'node:crypto';
import { print, type FieldNode, type GraphQLSchema } from 'graphql';
import { WeirError } from '../model/errors.ts';
import type { AuthorizedOperation, Denial, Operation, OperationHash } from '../model/operation.ts';
import { allowedDocument } from './allowed-document.ts';
import type { AuthorizeSettings } from './authorize-settings.ts';
import { denials, denialsFor, type DeniedField } from './denials.ts';
import type { OperationAccess } from './operation-access.ts';

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

interface Deciding {
  /** On each of the operation's grants, in their order. */
  readonly verdicts: string;
  readonly settings: AuthorizeSettings;
}

/** What becomes of the operation by these verdicts. */
export function decide(
  operation: Operation,
  access: OperationAccess,
  { verdicts, settings }: Deciding,
): Authorization {
  const verdictOn = new Map(access.grants.map((grant, at) => [grant, verdicts[at]]));
  const denied = new Map<FieldNode, DeniedField>();
  for (const field of access.fields) {
    const found = [...field.requirement].map((grant) => verdictOn.get(grant));
    if (found.every((verdict) => verdict === '1')) continue;
    denied.set(field.node, { ...field, isUndecided: !found.includes('0') });
  }
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
  return { kind: 'rejected', error: rejection(found), denials: found, otherwise: filtered };
}

/** A schema as it is for some callers, and a short name of those. */
export interface ShownSchema {
  readonly schema: GraphQLSchema;
  readonly shape: string;
}

/** The decision, with introspection answered from a schema that is not everyone's. */
export function showing(authorization: Authorization, shown: ShownSchema | undefined): Authorization {
  if (shown === undefined) return authorization;
  if (authorization.kind === 'rejected')
    return { ...authorization, otherwise: shownOf(authorization.otherwise, shown) };
  return shownOf(authorization, shown);
}

const shownOf = ({ kind, authorized }: Allowed, { schema, shape }: ShownSchema): Allowed => ({
  kind,
  authorized: { ...authorized, introspected: schema, shape: `${authorized.shape} ${shape}` },
});

/** The decision for a request: what its variables leave out of the operation is no reason to reject it. */
export function forVariables(
  authorization: Authorization,
  variables: Readonly<Record<string, unknown>>,
): Authorization {
  if (authorization.kind === 'allowed') return authorization;
  return denialsFor(authorization.denials, variables).length === 0 ? authorization.otherwise : authorization;
}

/** Everything of it, though some may be reported. */
export const whole = (operation: Operation, found: readonly Denial[] = []): Allowed => ({
  kind: 'allowed',
  authorized: { allowed: operation, denied: everything, denials: found, shape: 'all' },
});

const rejection = (found: readonly Denial[]): WeirError =>
  found.some(({ undecided }) => undecided === undefined)
    ? new WeirError('UNAUTHORIZED_FIELD_OR_TYPE', 'This operation asks for something you may not see.')
    : new WeirError(
        'POLICY_UNAVAILABLE',
        'Whether you may see this cannot be decided now. Try again shortly.',
      );

const everything: ReadonlySet<FieldNode> = new Set();

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
