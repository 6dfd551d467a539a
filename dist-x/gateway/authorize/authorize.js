import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { accessFeatures } from "./access-directives.js";
import { accessReport, accessTable } from "./access-report.js";
import { accessRules } from "./access-rules.js";
import { authorizeSettings } from "./authorize-settings.js";
import { decide, forVariables, showing, whole } from "./decision.js";
import { denialsFor } from "./denials.js";
import { policyVersion } from "./loaded-policies.js";
import { operationAccess } from "./operation-access.js";
import { undecided } from "./policy-judge.js";
import { policyJudge } from "./policy-settings.js";
import { rulePlaces, ruleProblems } from "./rule-places.js";
import { visibleSchema } from "./visible-schema.js";
export { accessReport, accessTable, rulePlaces, authorizeSettings, denialsFor, forVariables, policyJudge, policyVersion, ruleProblems, };
/** Features of a supergraph that this stage enforces, by the name in their specification's URL. */
export const enforcedFeatures = accessFeatures;
/** Callers of one operation differ in few ways; beyond this, decisions are made anew. */
const maxDecisions = 256;
/**
 * Enforces `@authenticated`, `@requiresScopes` and `@policy` of the full supergraph before anything is planned, so that
 * what a caller may not see is never fetched.
 */
export function createAuthorizer(fullSupergraph, apiSchema, settings, judge) {
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
            if (judge === undefined || policies.length === 0)
                return undefined;
            return judge.decide({ policies, operation, ...asking });
        },
        authorize: (operation, principal, decisions) => {
            const { access, open, decided } = accessOf(operation);
            if (open !== undefined)
                return open;
            const holder = { principal, policy: judge === undefined ? claimed(principal) : by(decisions) };
            let verdicts = '';
            for (const grant of access.grants)
                verdicts += grant.verdict(holder);
            const known = decided.get(verdicts);
            if (known !== undefined)
                return known;
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
function schemasShown(schema, rules) {
    const made = new LRUCache({ max: maxSchemas });
    return (grants, verdicts) => {
        if (!/[^1]/.test(verdicts))
            return undefined;
        const known = made.get(verdicts);
        if (known !== undefined)
            return known;
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
const claimed = (principal) => (name) => principal.kind === 'known' && principal.policies.has(name);
const by = (decisions = undecided) => (name) => decisions.get(name);
/** What each operation asks for, found once. By document, not by hash: refused fields are nodes of that very document. */
function operationsKnown(schema, to) {
    const known = new WeakMap();
    return (operation) => {
        const { document } = operation;
        const found = known.get(document);
        if (found !== undefined)
            return found;
        const access = operationAccess(document, schema, to);
        const open = access.fields.length === 0 && !access.introspects ? whole(operation) : undefined;
        const learnt = { access, open, decided: new LRUCache({ max: maxDecisions }) };
        known.set(document, learnt);
        return learnt;
    };
}
//# sourceMappingURL=authorize.js.map