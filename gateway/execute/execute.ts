import type { FieldNode, GraphQLSchema } from 'graphql';
import type { Runnable, Weighing } from '../model/execution.ts';
import type { Operation } from '../model/operation.ts';
import type { Plan } from '../model/plan.ts';
import { WeirError } from '../model/errors.ts';
import { clientPaths } from './client-paths.ts';
import { ErrorList } from './errors.ts';
import { responder } from './respond.ts';
import { dataKeys } from './response-keys.ts';
import type { DataKey } from './response-keys.ts';
import type { Run, Step } from './run.ts';
import { shapesOf } from './shapes.ts';
import type { Booleans } from './shapes.ts';
import { neighbours, StepCompiler } from './steps.ts';
import { typeMembership } from './type-membership.ts';
import { steeringVariables, variantPicker } from './variants.ts';

export interface ExecuteSettings {
  /** Representations in one call; more go out in parallel calls. */
  readonly maxRepresentations: number;
  /** Entries of `errors`, and of `valueCompletion`; one more says how many were left out. */
  readonly maxErrors: number;
  /** Combinations of `@skip`/`@include` variables kept ready per operation. */
  readonly maxVariants: number;
  /** Whether fetches of entities that are ready for a subgraph at the same time may go out as one call. */
  readonly joins: (subgraph: string) => boolean;
  /** Runs of a variant before code is generated for it: an operation seen once is not worth it. */
  readonly plainRuns: number;
}

const defaultExecuteSettings: ExecuteSettings = {
  maxRepresentations: 500,
  maxErrors: 100,
  maxVariants: 16,
  joins: () => true,
  plainRuns: 2,
};

export interface CompileInput {
  readonly plan: Plan;
  /** The client's own operation: what the response must look like. */
  readonly operation: Operation;
  /** The operation the plan was made for, when parts of the client's were denied. Default: `operation`. */
  readonly planned?: Operation;
  /** Field nodes of `operation` that are answered with null. Their errors are not made here. */
  readonly denied: ReadonlySet<FieldNode>;
  /** The schema the client sees. */
  readonly schema: GraphQLSchema;
  /** What introspection shows the caller. Default: `schema`. */
  readonly introspected?: GraphQLSchema | undefined;
  /** The whole supergraph's schema, for type conditions that speak of inaccessible types. Default: `schema`. */
  readonly fullSchema?: GraphQLSchema;
  readonly settings?: Partial<ExecuteSettings>;
  /** Weighs each answer; nothing is weighed without it. */
  readonly weighing?: Weighing | undefined;
}

/**
 * Compiles a plan and its operation into what is run once per request. Costs milliseconds at most; the result holds no
 * request's data and may be run many times at once.
 * @throws WeirError GRAPHQL_VALIDATION_FAILED for what cannot be served (subscriptions).
 */
export function compile(input: CompileInput): Runnable {
  const { plan, operation } = input;
  if (operation.kind === 'subscription') {
    throw new WeirError(
      'GRAPHQL_VALIDATION_FAILED',
      'Subscriptions are not served here; send a query or a mutation.',
    );
  }
  const settings = { ...defaultExecuteSettings, ...input.settings };
  const planned = input.planned ?? operation;
  if (input.planned === undefined && input.denied.size > 0 && Object.keys(plan.internalKeys).length > 0) {
    throw new WeirError(
      'INTERNAL_SERVER_ERROR',
      'The operation the plan was made for is needed beside the denied fields.',
    );
  }
  const { document } = operation;
  const dataKey = dataKeys({ internalKeys: plan.internalKeys, document, planned: planned.document });
  const steps = new StepCompiler({
    schema: input.fullSchema ?? input.schema,
    types: typeMembership(input.fullSchema ?? input.schema),
    clientPaths: clientPaths(document, dataKey),
    ...neighbours(plan.root),
    maxRepresentations: settings.maxRepresentations,
    joins: settings.joins,
  });
  const pick = variantPicker(steeringVariables(document, plan), settings.maxVariants, (booleans) =>
    variant(input, settings, { booleans, dataKey, step: steps.plan(plan.root, booleans) }),
  );
  return (request) => pick(request.variables)(request);
}

interface VariantParts {
  readonly booleans: Booleans;
  readonly dataKey: DataKey;
  readonly step: Step | undefined;
}

/** The runnable for one combination of the operation's booleans. */
function variant(input: CompileInput, settings: ExecuteSettings, parts: VariantParts): Runnable {
  const { schema, denied, operation } = input;
  const shapes = shapesOf({ schema, denied, ...parts, document: operation.document });
  const weigh = input.weighing?.(parts.dataKey);
  const { introspected = schema } = input;
  const { document } = operation;
  const respond = responder({ schema, introspected, shapes, document, maxErrors: settings.maxErrors });
  let runs = 0;
  return async (request) => {
    runs += 1;
    const run: Run = {
      request,
      data: Object.create(null) as Record<string, unknown>,
      errors: new ErrorList(settings.maxErrors),
      unknown: new Set(),
      mayNeedEscape: false,
      isHot: runs > settings.plainRuns,
    };
    if (parts.step !== undefined) await parts.step(run);
    const result = respond(run);
    return weigh === undefined ? result : { ...result, cost: weigh(run.data, request.variables) };
  };
}
