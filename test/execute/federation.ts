import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { getVariableValues, graphql, Kind, parse, print, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { apolloPlanner } from '../../gateway/plan/apollo-planner.ts';
import { loadSupergraph } from '../../gateway/plan/plan.ts';
import { compile } from '../../gateway/execute/execute.ts';
import type { ExecuteSettings } from '../../gateway/execute/execute.ts';
import type { ExecutionResult } from '../../gateway/model/execution.ts';
import type { Operation, OperationHash } from '../../gateway/model/operation.ts';
import type { Plan } from '../../gateway/model/plan.ts';
import { anonymous } from '../../gateway/model/principal.ts';
import type { Caller, CallContext, SubgraphCall } from '../../gateway/model/subgraph-call.ts';

export type Resolvers = Record<string, Record<string, unknown>>;

export interface SubgraphParts {
  readonly sdl: string;
  readonly resolvers: Resolvers;
}

export interface Federation {
  readonly apiSchema: GraphQLSchema;
  readonly sdl: string;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  readonly plan: (operation: Operation, labels?: readonly string[]) => Plan;
  readonly caller: Caller;
  /** Calls made since the last `run`. */
  readonly calls: SubgraphCall[];
  readonly run: (text: string, options?: RunOptions) => Promise<ParsedResult>;
}

export interface RunOptions {
  readonly variables?: Record<string, unknown>;
  readonly settings?: Partial<ExecuteSettings>;
  readonly caller?: Caller;
  readonly signal?: AbortSignal;
  /** How often the compiled operation is run; the last answer counts, and all must be equal. */
  readonly times?: number;
  /** Override labels that hold. */
  readonly labels?: readonly string[];
}

export interface ParsedResult extends Omit<ExecutionResult, 'data'> {
  readonly data: unknown;
  readonly text: string;
}

export function operationFrom(text: string): Operation {
  const document = parse(text);
  const definition = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  return {
    hash: text as OperationHash,
    text,
    document,
    name: definition?.name?.value,
    kind: definition?.operation ?? 'query',
  };
}

export function callContext(signal: AbortSignal = new AbortController().signal): CallContext {
  return { requestId: 'test', principal: anonymous, clientHeaders: {}, signal };
}

/** Subgraphs in this process, composed and planned for real; answers cross as JSON text. */
export function federation(parts: Readonly<Record<string, SubgraphParts>>): Federation {
  const services = Object.entries(parts).map(([name, { sdl }]) => ({
    name,
    url: `http://${name}`,
    typeDefs: parse(sdl),
  }));
  const composed = composeServices(services);
  if (composed.errors !== undefined)
    throw new Error(composed.errors.map((error) => error.message).join('\n'));
  const { supergraphSdl } = composed;
  const loaded = loadSupergraph(supergraphSdl, { enforced: new Set(['context', 'authenticated']) });
  if (loaded.kind === 'refused') throw new Error(JSON.stringify(loaded.problems));
  const { apiSchema, plannerSdl } = loaded.supergraph;
  const planOperation = apolloPlanner(plannerSdl);
  const schemas = new Map(
    Object.entries(parts).map(([name, { sdl, resolvers }]) => [
      name,
      buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]),
    ]),
  );
  const calls: SubgraphCall[] = [];
  const caller: Caller = async (call) => {
    calls.push(call);
    return askSubgraph(schemas.get(call.subgraph), call);
  };
  const plan = (operation: Operation, labels: readonly string[] = []): Plan =>
    JSON.parse(JSON.stringify(planOperation({ text: operation.text, labels }))) as Plan;
  const run = async (text: string, options: RunOptions = {}): Promise<ParsedResult> => {
    calls.length = 0;
    return runOnce({ apiSchema, plan, caller }, operationFrom(text), options);
  };
  return { apiSchema, sdl: supergraphSdl, schemas, plan, caller, calls, run };
}

async function runOnce(
  { apiSchema, plan, caller }: Pick<Federation, 'apiSchema' | 'plan' | 'caller'>,
  operation: Operation,
  options: RunOptions,
): Promise<ParsedResult> {
  assertValid(apiSchema, operation.document);
  const definition = operation.document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const coerced = getVariableValues(
    apiSchema,
    definition?.variableDefinitions ?? [],
    options.variables ?? {},
  );
  if (coerced.coerced === undefined) throw new Error(coerced.errors.map((error) => error.message).join('\n'));
  const runnable = compile({
    plan: plan(operation, options.labels),
    operation,
    denied: new Set(),
    schema: apiSchema,
    settings: options.settings ?? {},
  });
  let last: ExecutionResult | undefined;
  for (let time = 0; time < (options.times ?? 1); time += 1) {
    const result = await runnable({
      variables: coerced.coerced,
      call: options.caller ?? caller,
      context: callContext(options.signal),
    });
    if (last !== undefined && JSON.stringify(last) !== JSON.stringify(result))
      throw new Error('Two runs differ.');
    last = result;
  }
  if (last === undefined) throw new Error('Nothing was run.');
  return { ...last, text: last.data, data: JSON.parse(last.data) as unknown };
}

function assertValid(schema: GraphQLSchema, document: DocumentNode): void {
  const problems = validate(schema, document);
  if (problems.length > 0) throw new Error(`${problems.map(String).join('\n')}\n${print(document)}`);
}

async function askSubgraph(
  schema: GraphQLSchema | undefined,
  call: SubgraphCall,
): Promise<Awaited<ReturnType<Caller>>> {
  if (schema === undefined) throw new Error(`There is no subgraph ${call.subgraph}.`);
  const body = JSON.parse(call.body) as {
    query: string;
    variables: Record<string, unknown>;
    operationName?: string;
  };
  assertValid(schema, parse(body.query));
  const result = await graphql({
    schema,
    source: body.query,
    variableValues: body.variables,
    ...(body.operationName === undefined ? {} : { operationName: body.operationName }),
  });
  const text = JSON.stringify(result);
  const answer = JSON.parse(text) as {
    data?: Record<string, unknown> | null;
    errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  };
  return {
    kind: 'answered',
    owned: true,
    data: answer.data ?? null,
    errors: (answer.errors ?? []).map(({ message, path, extensions }) => ({ message, path, extensions })),
    headers: {},
    mayNeedEscape: text.includes('\\'),
  };
}
