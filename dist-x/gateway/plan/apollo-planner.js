import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { Kind, parse } from 'graphql';
import { aliasConditions } from "./condition-aliases.js";
import { plannerFeatures } from "./linked-features.js";
import { withoutEmptySelections } from "./empty-selections.js";
import { mendRequires } from "./mended-requires.js";
import { withKeylessMarked } from "./keyless-requirements.js";
import { withLeavesAlong } from "./leaf-fetches.js";
import { withEqualFetchesJoined } from "./merge-fetches.js";
import { normalOperation } from "./normal-operation.js";
import { planByBooleans } from "./plan-by-booleans.js";
import { fetchesOf, inParallel } from "./plan-nodes.js";
import { plannedOperation } from "./planned-operation.js";
import { requirementsApart } from "./requirements-apart.js";
import { withRequiredInputs } from "./required-inputs.js";
import { fieldsWithoutInputs } from "./required-coverage.js";
import { uncoveredRootFields } from "./root-coverage.js";
import { planSerially } from "./serial-mutations.js";
import { schemaNames } from "./schema-names.js";
import { translatePlan } from "./translate-plan.js";
/** An operation for which there is no plan; the message may be shown to clients. */
export class Unplannable extends Error {
    name = 'Unplannable';
}
/** Prepares Apollo's planner for a reduced supergraph, with its known faults mended. Takes a second for large schemas. */
export function apolloPlanner(plannerSdl, { typeConditionedFetching } = { typeConditionedFetching: false }) {
    const supergraph = Supergraph.build(plannerSdl, {
        supportedFeatures: new Set(plannerFeatures),
        validateSupergraph: false,
    });
    const apiSchema = supergraph.apiSchema();
    const names = schemaNames(supergraph.schema);
    const schema = { api: apiSchema.toGraphQLJSSchema(), names };
    mendRequires();
    // Reused fragments save the subgraphs little, and would hide equal fetches from one another.
    const planner = new QueryPlanner(supergraph, { reuseQueryFragments: false, typeConditionedFetching });
    const inputs = aliasConditions(planner);
    if (inputs === undefined)
        throw new Error('This version of @apollo/query-planner has an unknown query graph.');
    const subgraphs = supergraph.subgraphs();
    return (request) => planned(request, { planner, apiSchema, schema, subgraphs, inputs });
}
function planned(request, prepared) {
    const { document, internalKeys } = plannedOperation(parse(request.text), prepared.schema);
    const root = planByBooleans(document, (booleans) => {
        const normal = normalOperation(document, prepared.schema, booleans) ?? document;
        const filled = withoutEmptySelections(normal);
        return filled && coveringRoot(filled, request.labels, prepared);
    });
    refuseReservedVariables(document, root);
    return { root, internalKeys };
}
function coveringRoot(document, labels, prepared) {
    const root = planSerially(document, (part) => rootOf(part, labels, prepared));
    const [missing] = uncoveredRootFields(document, root);
    if (missing !== undefined) {
        throw new Unplannable(`No subgraph can answer every part of this operation: no way was found to a root field.`);
    }
    const [bare] = fieldsWithoutInputs(root, prepared.subgraphs, prepared.inputs);
    if (bare !== undefined)
        throw new Error(`The planner lost what ${bare} requires.`);
    return root;
}
function rootOf(document, labels, prepared) {
    const operation = operationFromDocument(prepared.apiSchema, document);
    const overrideConditions = new Map(labels.map((label) => [label, true]));
    const plan = prepared.planner.buildQueryPlan(operation, { overrideConditions });
    const { inputs, subgraphs } = prepared;
    const root = translatePlan(plan, (fetch) => {
        const parts = requirementsApart(fetch, subgraphs, inputs);
        const marked = parts.map((part) => withKeylessMarked(part, subgraphs));
        return inParallel(marked.map((part) => withRequiredInputs(part, inputs))) ?? fetch;
    });
    return root && withLeavesAlong(withEqualFetchesJoined(root));
}
/** The planner gives its own variables these names without looking whether the client's are called the same. */
function refuseReservedVariables(document, root) {
    const used = fetchesOf(root).flatMap((fetch) => (fetch.entities ? fetch.variables : []));
    const isTaken = (name) => name.startsWith('contextualArgument_') || used.includes(name);
    const taken = declaredVariables(document).find((name) => reservedVariable.test(name) && isTaken(name));
    if (taken === undefined)
        return;
    throw new Unplannable(`The variable $${taken} has a name the gateway needs for itself. Give it another one.`);
}
const reservedVariable = /^(?:representations|contextualArgument_\d+_\d+)$/;
function declaredVariables(document) {
    return document.definitions.flatMap((node) => node.kind === Kind.OPERATION_DEFINITION
        ? (node.variableDefinitions ?? []).map((definition) => definition.variable.name.value)
        : []);
}
//# sourceMappingURL=apollo-planner.js.map