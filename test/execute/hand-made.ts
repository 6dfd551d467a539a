import { buildSchema } from 'graphql';
import type { FieldNode, GraphQLSchema } from 'graphql';
import { compile } from '../../gateway/execute/execute.ts';
import type { CompileInput, ExecuteSettings } from '../../gateway/execute/execute.ts';
import type { ExecutionResult } from '../../gateway/model/execution.ts';
import type { EntityInput, FetchNode, InternalKeys, Plan, PlanNode } from '../../gateway/model/plan.ts';
import type { SubgraphAnswer, SubgraphCall, SubgraphError } from '../../gateway/model/subgraph-call.ts';
import { callContext, operationFrom } from './federation.ts';

/** What a faked subgraph answers with; JSON text crosses as itself, so that hostile keys are as in real life. */
export type Answer = string | SubgraphAnswer;

export interface HandMade {
  readonly schema: string | GraphQLSchema;
  readonly query: string;
  readonly plan: PlanNode | undefined;
  readonly internalKeys?: InternalKeys;
  /** Answers in the order of the calls, or made from the call. */
  readonly answers: readonly Answer[] | ((call: SubgraphCall) => Answer | Promise<Answer>);
  readonly variables?: Record<string, unknown>;
  readonly denied?: (node: FieldNode) => boolean;
  readonly planned?: string;
  readonly settings?: Partial<ExecuteSettings>;
  readonly signal?: AbortSignal;
}

export interface Ran extends ExecutionResult {
  readonly calls: readonly SubgraphCall[];
  /** `variables` of each call. */
  readonly sent: readonly Record<string, unknown>[];
}

/** Runs a hand-made plan against faked subgraphs. */
export async function ran(made: HandMade): Promise<Ran> {
  const calls: SubgraphCall[] = [];
  const runnable = compile(compileInput(made));
  const result = await runnable({
    variables: made.variables ?? {},
    context: callContext(made.signal),
    call: async (call) => {
      calls.push(call);
      const answer =
        typeof made.answers === 'function' ? await made.answers(call) : made.answers[calls.length - 1];
      if (answer === undefined)
        throw new Error(`No answer was made up for call ${String(calls.length)}: ${call.body}`);
      return typeof answer === 'string' ? answered(answer) : answer;
    },
  });
  const sent = calls.map(
    (call) => (JSON.parse(call.body) as { variables: Record<string, unknown> }).variables,
  );
  return { ...result, calls, sent };
}

function compileInput({
  schema,
  query,
  plan,
  internalKeys = {},
  denied,
  planned,
  settings,
}: HandMade): CompileInput {
  const operation = operationFrom(query);
  const nodes = new Set<FieldNode>();
  if (denied !== undefined) {
    JSON.stringify(operation.document, (_key, value: unknown) => {
      if (isField(value) && denied(value)) nodes.add(value);
      return value;
    });
  }
  return {
    plan: { root: plan, internalKeys } satisfies Plan,
    operation,
    denied: nodes,
    schema: typeof schema === 'string' ? buildSchema(schema) : schema,
    ...(planned === undefined ? {} : { planned: operationFrom(planned) }),
    settings: settings ?? {},
  };
}

const isField = (value: unknown): value is FieldNode =>
  typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'Field';

/** A subgraph's answer as the fetch stage gives it, from a response body. */
export function answered(body: string): SubgraphAnswer {
  const parsed = JSON.parse(body) as {
    data?: Record<string, unknown> | null;
    errors?: Partial<SubgraphError>[];
  };
  return {
    kind: 'answered',
    owned: true,
    data: parsed.data ?? null,
    errors: (parsed.errors ?? []).map(({ message = '', path, extensions }) => ({
      message,
      path,
      extensions,
    })),
    headers: {},
    mayNeedEscape: body.includes('\\'),
  };
}

/** A fetch of root fields from subgraph `s`; the document is the client's unless given. */
export function rootFetch(document: string, more: Partial<FetchNode> = {}): FetchNode {
  return {
    kind: 'fetch',
    subgraph: 's',
    operationKind: 'query',
    document,
    operationName: undefined,
    variables: [],
    entities: undefined,
    outputRewrites: [],
    ...more,
  };
}

/** A fetch of entities at a path written as `a.@.b`, from subgraph `e`, by `Type { fields }`. */
export function entityFetch(
  path: string | readonly string[],
  [onType, keys, selection]: readonly [string, readonly string[], string],
  more: Partial<FetchNode> & { readonly input?: Partial<EntityInput> } = {},
): FetchNode {
  const { input, ...rest } = more;
  return rootFetch(
    `query($representations:[_Any!]!){_entities(representations:$representations){...on ${onType}{${selection}}}}`,
    {
      subgraph: 'e',
      entities: {
        paths: (typeof path === 'string' ? [path] : path).map((one) =>
          one
            .split('.')
            .map((name) =>
              name === '@'
                ? { kind: 'list', onTypes: undefined }
                : { kind: 'field', name, onTypes: undefined },
            ),
        ),
        requires: [
          {
            onType,
            selections: ['__typename', ...keys].map((name) => ({
              kind: 'field',
              readAs: name,
              sendAs: name,
              selections: undefined,
            })),
          },
        ],
        inputRewrites: [],
        contextRewrites: [],
        ...input,
      },
      ...rest,
    },
  );
}

export const sequence = (...steps: PlanNode[]): PlanNode => ({ kind: 'sequence', steps });
export const parallel = (...branches: PlanNode[]): PlanNode => ({ kind: 'parallel', branches });
