import { createHash } from 'node:crypto';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Operation } from '../model/operation.ts';
import type { Principal } from '../model/principal.ts';
import { accessFeatures } from './access-directives.ts';
import { accessReport, accessTable, type FieldAccess, type FieldNeeds } from './access-report.ts';
import { accessRules, type AccessRules } from './access-rules.ts';
import { authorizeSettings, type AuthorizeSettings } from './authorize-settings.ts';
import { decide, forVariables, showing, whole, type Authorization, type ShownSchema } from './decision.ts';
import { denialsFor } from './denials.ts';
import type { Grant, Holder } from './grants.ts';
import { policyVersion } from './loaded-policies.ts';
import { operationAccess, type OperationAccess } from './operation-access.ts';
import { undecided, type Decisions, type Inquiry, type PolicyJudge } from './policy-judge.ts';
import { policyJudge, type PolicySettings } from './policy-settings.ts';
import { rulePlaces, ruleProblems } from './rule-places.ts';
import { visibleSchema } from './visible-schema.ts';

export {
  accessReport,
  accessTable,
  rulePlaces,
  authorizeSettings,
  denialsFor,
  forVariables,
  policyJudge,
  policyVersion,
  ruleProblems,
};
export type { Authorization, FieldAccess, FieldNeeds, AuthorizeSettings, PolicyJudge, PolicySettings };

export interface Authorizer {
  /**
   * Asks whoever decides policies about all those that the operation needs. `undefined` when there is nothing to ask:
   * no policy is needed, or policies are claims. Never rejects.
   */
  readonly policies: (operation: Operation, asking: Asking) => Promise<Decisions> | undefined;
  /** Decides by the operation, the identity and decided policies alone; a known operation costs a few look-ups. */
  readonly authorize: (operation: Operation, principal: Principal, decisions?: Decisions) => Authorization;
  readonly enforcedFeatures: ReadonlySet<string>;
  /** Interfaces and their fields whose rules hold for all implementations, for want of knowing whose rules they are. */
  readonly inDoubt: readonly string[];
}

type Asking = Pick<Inquiry, 'principal' | 'requestId' | 'signal' | 'batchSize'>;

/** Features of a supergraph that this stage enforces, by the name in their specification's URL. */
export const enforcedFeatures: ReadonlySet<string> = accessFeatures;

/** An operation, what it asks for, and what was decided for callers with the same grants. */
interface KnownOperation {
  readonly access: OperationAccess;
  /** For everybody, where it asks for nothing that is not for everybody. */
  readonly open: Authorization | undefined;
  /** By the verdicts on its grants. */
  readonly decided: LRUCache<string, Authorization>;
}

/** Callers of one operation differ in few ways; beyond this, decisions are made anew. */
const maxDecisions = 256;

/**
 * Enforces `@authenticated`, `@requiresScopes` and `@policy` of the full supergraph before anything is planned, so that
 * what a caller may not see is never fetched.
 */
export function createAuthorizer(
  fullSupergraph: DocumentNode,
  apiSchema: GraphQLSchema,
  settings: AuthorizeSettings,
  judge?: PolicyJudge,
): Authorizer {
  const rules = accessRules(fullSupergraph, apiSchema);
  if (!settings.enabled || !rules.exist)
    return {
      policies: () => undefined,
      authorize: (operation) => whole(operation),
      enforcedFeatures,
      inDoubt: [],
    };
  const accessOf = operationsKnown(apiSchema, { rules, introspection: settings.introspection });
  const shownTo = schemasShown(apiSchema, rules);
  return {
    policies: (operation, asking) => {
      const { policies } = accessOf(operation).access;
      if (judge === undefined || policies.length === 0) return undefined;
      return judge.decide({ policies, operation, ...asking });
    },
    authorize: (operation, principal, decisions) => {
      const { access, open, decided } = accessOf(operation);
      if (open !== undefined) return open;
      const holder = { principal, policy: judge === undefined ? claimed(principal) : by(decisions) };
      let verdicts = '';
      for (const grant of access.grants) verdicts += grant.verdict(holder);
      const known = decided.get(verdicts);
      if (known !== undefined) return known;
      const shown = access.introspects && !settings.dryRun ? shownTo(access.grants, verdicts) : undefined;
      const decision = showing(decide(operation, access, { verdicts, settings }), shown);
      decided.set(verdicts, decision);
      return decision;
    },
    enforcedFeatures,
    inDoubt: rules.inDoubt,
  };
}

/** Schemas as callers with the same verdicts on all rules see them; making one costs as much as printing the schema. */
function schemasShown(schema: GraphQLSchema, rules: AccessRules) {
  const made = new LRUCache<string, ShownSchema>({ max: maxSchemas });
  return (grants: readonly Grant[], verdicts: string): ShownSchema | undefined => {
    if (!/[^1]/.test(verdicts)) return undefined;
    const known = made.get(verdicts);
    if (known !== undefined) return known;
    const held = new Set(grants.filter((_, at) => verdicts[at] === '1'));
    const shown = {
      schema: visibleSchema(schema, rules, (grant) => held.has(grant)),
      shape: createHash('sha256').update(verdicts).digest('base64url'),
    };
    made.set(verdicts, shown);
    return shown;
  };
}

const maxSchemas = 32;

const claimed =
  (principal: Principal): Holder['policy'] =>
  (name) =>
    principal.kind === 'known' && principal.policies.has(name);

const by =
  (decisions: Decisions = undecided): Holder['policy'] =>
  (name) =>
    decisions.get(name);

/** What each operation asks for, found once. By document, not by hash: refused fields are nodes of that very document. */
function operationsKnown(
  schema: GraphQLSchema,
  to: Parameters<typeof operationAccess>[2],
): (operation: Operation) => KnownOperation {
  const known = new WeakMap<DocumentNode, KnownOperation>();
  return (operation) => {
    const { document } = operation;
    const found = known.get(document);
    if (found !== undefined) return found;
    const access = operationAccess(document, schema, to);
    const open = access.fields.length === 0 && !access.introspects ? whole(operation) : undefined;
    const learnt: KnownOperation = { access, open, decided: new LRUCache({ max: maxDecisions }) };
    known.set(document, learnt);
    return learnt;
  };
}
