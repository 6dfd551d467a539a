import { parse } from 'graphql';
import { codeOf, exchange, messageOf, type Exchange, type GraphQLRequest } from '../exchange.ts';
import { failureText } from '../failure-text.ts';
import { isObject, valueAt } from '../json.ts';
import { operationsIn } from '../operation-request.ts';
import { parsePlan, type ShownPlan } from './plan-json.ts';

export type PlanAnswer =
  | { readonly kind: 'shown'; readonly plan: ShownPlan }
  | { readonly kind: 'unreachable'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string };

/** Asks the gateway how it would answer an operation, without running it. */
export async function askPlan(
  url: string,
  request: GraphQLRequest,
  headers: Readonly<Record<string, string>>,
): Promise<PlanAnswer> {
  const problem = problemOf(request.query);
  if (problem !== undefined) return { kind: 'failed', text: problem };
  const answer = await exchange({
    url,
    request,
    headers: { ...headers, 'apollo-expose-query-plan': 'dry-run' },
  });
  return planAnswer(answer);
}

function problemOf(query: string): string | undefined {
  try {
    if (query.trim() !== '') parse(query);
  } catch (error) {
    return error instanceof Error ? error.message : 'The operation cannot be parsed.';
  }
  return operationsIn(query).length === 0
    ? 'Write an operation to see how the gateway would answer it.'
    : undefined;
}

function planAnswer(answer: Exchange): PlanAnswer {
  if (answer.kind === 'unreachable') {
    return { kind: 'unreachable', text: 'The gateway is not reachable, retry in 3 s.' };
  }
  if (answer.kind !== 'answered')
    return { kind: 'failed', text: failureText(answer, 'The gateway') ?? 'No answer.' };
  const plan = parsePlan(
    isObject(answer.body) ? valueAt(answer.body, ['extensions', 'apolloQueryPlan']) : undefined,
  );
  if (plan !== undefined) return { kind: 'shown', plan };
  const text = failureText(answer, 'The gateway') ?? messageOf(answer.body);
  const code = codeOf(answer.body);
  if (text === undefined)
    return { kind: 'failed', text: 'The gateway sent no plan: it does not show its plans to this caller.' };
  return { kind: 'failed', text: code === undefined ? text : `${text} (${code})` };
}
