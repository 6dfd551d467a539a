import { type DocumentNode, type ExecutionResult, getVariableValues, Kind } from 'graphql';
import { compile } from '../../gateway/execute/execute.ts';
import { WeirError } from '../../gateway/model/errors.ts';
import type { ClientError, ExecutionResult as Answer, Runnable } from '../../gateway/model/execution.ts';
import type { Plan } from '../../gateway/model/plan.ts';
import type { Caller, SubgraphAnswer, SubgraphCall } from '../../gateway/model/subgraph-call.ts';
import { callContext, operationFrom } from '../execute/federation.ts';
import { shownErrors, weakenedWrongly } from './answer-check.ts';
import { type Dice, diceOf, numberOf } from './dice.ts';
import type { AskedOperation } from './random-operation.ts';
import { type Session, subgraphAnswer, validDocument, wholeAnswer, type Worlds } from './world-run.ts';

/** One comparison: an operation, what steers it, and how many of the subgraph calls fail. */
export interface FuzzCase extends AskedOperation {
  readonly labels: readonly string[];
  /** Percent of calls; 0 for none. */
  readonly failing: number;
  /** Chooses which. */
  readonly failSeed: number;
  readonly maxRepresentations: number;
}

/** How a fault begins when there was no answer to be wrong: the client is refused, and told so. */
export const notPlanned = 'planning or compiling failed';

/** What is wrong with the gateway's answer to a case; `undefined` when nothing is. */
export async function faultOf(worlds: Worlds, fuzzCase: FuzzCase): Promise<string | undefined> {
  const operation = operationFrom(fuzzCase.text);
  const variables = coerced(worlds, operation.document, fuzzCase.variables);
  const newSession = (): Session => ({ labels: new Set(fuzzCase.labels), count: 0 });
  const whole = await wholeAnswer(worlds, {
    document: operation.document,
    variables: fuzzCase.variables,
    session: newSession(),
  });
  let runnable: Runnable;
  let plan: Plan;
  try {
    plan = JSON.parse(
      JSON.stringify(worlds.plan({ text: fuzzCase.text, labels: [...fuzzCase.labels] })),
    ) as Plan;
    runnable = compile({
      plan,
      operation,
      denied: new Set(),
      schema: worlds.apiSchema,
      settings: { plainRuns: 1, maxRepresentations: fuzzCase.maxRepresentations },
    });
  } catch (thrown) {
    return `${notPlanned}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`;
  }
  // The first run goes the plain way, the others through generated code. What others hold as well must not be changed.
  for (const [way, isHeld] of [
    ['plain', fuzzCase.failSeed % 2 === 0],
    ['generated', false],
    ['generated, of held answers', true],
  ] as const) {
    const caller = callerOf(worlds, newSession(), fuzzCase);
    const call: Caller = async (request, context) => {
      const given = await caller.call(request, context);
      return isHeld ? held(given) : given;
    };
    const answer = await runnable({ variables, call, context: callContext() });
    const wrong = caller.problem() ?? differenceOf(whole, answer, caller.failed() > 0);
    if (wrong !== undefined) return `${way}: ${wrong}`;
  }
  return undefined;
}

/** A request's variables as the executor gets them. */
export function coerced(
  worlds: Worlds,
  document: DocumentNode,
  given: AskedOperation['variables'],
): Record<string, unknown> {
  const definition = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const values = getVariableValues(worlds.apiSchema, definition?.variableDefinitions ?? [], given);
  if (values.coerced === undefined) throw new Error(values.errors.map(({ message }) => message).join('\n'));
  return values.coerced;
}

/** As a cache gives it; to write to it throws. */
function held(answer: SubgraphAnswer): SubgraphAnswer {
  if (answer.kind === 'failed') return answer;
  const { kind, data, errors, headers, mayNeedEscape } = answer;
  return { kind, data: frozen(data), errors, headers, mayNeedEscape };
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(frozen);
  return Object.freeze(value);
}

function differenceOf(whole: ExecutionResult, answer: Answer, hasFailures: boolean): string | undefined {
  const rightText = JSON.stringify(whole.data ?? null);
  const explanations: readonly ClientError[] = [...answer.errors, ...answer.valueCompletion];
  if (!hasFailures && whole.errors === undefined) {
    if (explanations.length > 0) return `errors where there should be none: ${shownErrors(explanations)}`;
    return answer.data === rightText ? undefined : `data is ${answer.data}, should be ${rightText}`;
  }
  if (whole.errors !== undefined && explanations.length === 0) return 'no error where there should be one';
  return weakenedWrongly(JSON.parse(rightText), JSON.parse(answer.data), explanations);
}

interface FaultyCaller {
  readonly call: Caller;
  readonly failed: () => number;
  /** A call that no plan should make. */
  readonly problem: () => string | undefined;
}

function callerOf(worlds: Worlds, session: Session, fuzzCase: FuzzCase): FaultyCaller {
  let failed = 0;
  let problem: string | undefined;
  const call: Caller = async (request) => {
    try {
      const answer = await askedSubgraph(worlds, session, request);
      const dice = diceOf(numberOf(`${fuzzCase.failSeed} ${request.subgraph} ${request.body}`));
      if (!dice.chance(fuzzCase.failing)) return answer;
      failed += 1;
      return failure(dice, answer);
    } catch (thrown) {
      problem ??= thrown instanceof Error ? thrown.message : String(thrown);
      return { kind: 'failed', error: new WeirError('SUBREQUEST_HTTP_ERROR', 'The fuzzer broke.') };
    }
  };
  return { call, failed: () => failed, problem: () => problem };
}

interface Body {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** One subgraph's answer to a call of the executor. Throws when no plan should have made the call. */
export async function askedSubgraph(
  worlds: Worlds,
  session: Session,
  call: SubgraphCall,
): Promise<SubgraphAnswer> {
  const schema = worlds.subgraphs.get(call.subgraph);
  if (schema === undefined) throw new Error(`There is no subgraph ${call.subgraph}.`);
  const body = JSON.parse(call.body) as Body;
  const document = validDocument(schema, body.query);
  const result = await subgraphAnswer(worlds, call.subgraph, {
    schema,
    document,
    variables: body.variables ?? {},
    session,
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

/** One of the ways in which a subgraph lets its gateway down. */
function failure(dice: Dice, answer: SubgraphAnswer): SubgraphAnswer {
  if (answer.kind === 'failed' || dice.chance(40))
    return { kind: 'failed', error: new WeirError('SUBREQUEST_HTTP_ERROR', 'The subgraph is down.') };
  if (dice.chance(30) || answer.data === null) {
    const path = answer.data !== null && dice.chance(50) ? [dice.one(Object.keys(answer.data))] : undefined;
    return { ...answer, data: null, errors: [{ message: 'No.', path, extensions: undefined }] };
  }
  return withNull(dice, answer, answer.data);
}

/** An entity or root field becomes null, with an error that says so. */
function withNull(
  dice: Dice,
  answer: Extract<SubgraphAnswer, { kind: 'answered' }>,
  data: Record<string, unknown>,
): SubgraphAnswer {
  const key = dice.one(Object.keys(data));
  const entities: unknown = data[key];
  if (Array.isArray(entities) && /^_(entities|\d+)$/.test(key)) {
    const index = dice.int(Math.max(1, entities.length));
    const changed = entities.map((entity: unknown, at) => (at === index ? null : entity));
    const error = { message: 'No such entity.', path: [key, index], extensions: undefined };
    return { ...answer, data: { ...data, [key]: changed }, errors: [...answer.errors, error] };
  }
  const error = { message: 'No such field.', path: [key], extensions: undefined };
  return { ...answer, data: { ...data, [key]: null }, errors: [...answer.errors, error] };
}
