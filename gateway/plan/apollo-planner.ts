import { operationFromDocument, type Schema, type Subgraphs, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, Kind, parse } from 'graphql';
import type { Plan, PlanNode } from '../model/plan.ts';
import { aliasConditions, type RequiredInputs } from './condition-aliases.ts';
import { plannerFeatures } from './linked-features.ts';
import { withoutEmptySelections } from './empty-selections.ts';
import { mendRequires } from './mended-requires.ts';
import { withKeylessMarked } from './keyless-requirements.ts';
import { withLeavesAlong } from './leaf-fetches.ts';
import { withEqualFetchesJoined } from './merge-fetches.ts';
import { normalOperation } from './normal-operation.ts';
import { planByBooleans } from './plan-by-booleans.ts';
import { fetchesOf, inParallel } from './plan-nodes.ts';
import type { PlannerOptions, PlanningRequest } from './planning-messages.ts';
import { type OperationSchema, plannedOperation } from './planned-operation.ts';
import { requirementsApart } from './requirements-apart.ts';
import { withRequiredInputs } from './required-inputs.ts';
import { fieldsWithoutInputs } from './required-coverage.ts';
import { uncoveredRootFields } from './root-coverage.ts';
import { planSerially } from './serial-mutations.ts';
import { schemaNames } from './schema-names.ts';
import { translatePlan } from './translate-plan.ts';

/** An operation for which there is no plan; the message may be shown to clients. */
export class Unplannable extends Error {
  override readonly name = 'Unplannable';
}

/** Plans synchronously, for seconds if need be: belongs in a worker. Throws what the planner throws, or Unplannable. */
export type PlanOperation = (request: PlanningRequest) => Plan;

/** Prepares Apollo's planner for a reduced supergraph, with its known faults mended. Takes a second for large schemas. */
export function apolloPlanner(
  plannerSdl: string,
  { typeConditionedFetching }: PlannerOptions = { typeConditionedFetching: false },
): PlanOperation {
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

interface Prepared {
  readonly planner: QueryPlanner;
  readonly apiSchema: Schema;
  readonly schema: OperationSchema;
  readonly subgraphs: Subgraphs;
  readonly inputs: RequiredInputs;
}

function planned(request: PlanningRequest, prepared: Prepared): Plan {
  const { document, internalKeys } = plannedOperation(parse(request.text), prepared.schema);
  const root = planByBooleans(document, (booleans) => {
    const normal = normalOperation(document, prepared.schema, booleans) ?? document;
    const filled = withoutEmptySelections(normal);
    return filled && coveringRoot(filled, request.labels, prepared);
  });
  refuseReservedVariables(document, root);
  return { root, internalKeys };
}

function coveringRoot(
  document: DocumentNode,
  labels: readonly string[],
  prepared: Prepared,
): PlanNode | undefined {
  const root = planSerially(document, (part) => rootOf(part, labels, prepared));
  const [missing] = uncoveredRootFields(document, root);
  if (missing !== undefined) {
    throw new Unplannable(
      `No subgraph can answer every part of this operation: no way was found to a root field.`,
    );
  }
  const [bare] = fieldsWithoutInputs(root, prepared.subgraphs, prepared.inputs);
  if (bare !== undefined) throw new Error(`The planner lost what ${bare} requires.`);
  return root;
}

function rootOf(document: DocumentNode, labels: readonly string[], prepared: Prepared): PlanNode | undefined {
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
function refuseReservedVariables(document: DocumentNode, root: PlanNode | undefined): void {
  const used = fetchesOf(root).flatMap((fetch) => (fetch.entities ? fetch.variables : []));
  const isTaken = (name: string): boolean => name.startsWith('contextualArgument_') || used.includes(name);
  const taken = declaredVariables(document).find((name) => reservedVariable.test(name) && isTaken(name));
  if (taken === undefined) return;
  throw new Unplannable(
    `The variable $${taken} has a name the gateway needs for itself. Give it another one.`,
  );
}

const reservedVariable = /^(?:representations|contextualArgument_\d+_\d+)$/;

function declaredVariables(document: DocumentNode): readonly string[] {
  return document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION
      ? (node.variableDefinitions ?? []).map((definition) => definition.variable.name.value)
      : [],
  );
}
