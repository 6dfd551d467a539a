import { type DocumentNode, Kind, visit } from 'graphql';
import type { PlanNode } from '../model/plan.ts';
import type { KnownBooleans } from './normal-operation.ts';

/** Variables whose both values are planned for; the conditions of further ones stay in the plan's documents. */
const mostVariables = 4;

/** Time after which no more variables are decided beforehand, in ms: planning twice as often takes twice as long. */
const patienceMs = 600;

/**
 * Plans an operation once for each combination of its `@skip` and `@include` variables, so that the planner meets no
 * conditions: it mixes up what is fetched under a condition with what is not. Variables beyond the first few, and all
 * of an operation that takes long to plan, are left to the planner.
 */
export function planByBooleans(
  document: DocumentNode,
  plan: (booleans: KnownBooleans) => PlanNode | undefined,
): PlanNode | undefined {
  const names = conditionVariables(document);
  if (names.length === 0) return plan(new Map());
  const decided = names.slice(0, mostVariables);
  const start = performance.now();
  const first = plan(new Map(decided.map((name) => [name, true])));
  const expectedMs = (performance.now() - start) * 2 ** decided.length;
  if (expectedMs > patienceMs) return plan(new Map());
  return combined(decided, new Map(), (booleans) =>
    [...booleans.values()].every((value) => value) ? first : plan(booleans),
  );
}

function combined(
  names: readonly string[],
  booleans: KnownBooleans,
  plan: (booleans: KnownBooleans) => PlanNode | undefined,
): PlanNode | undefined {
  const [variable, ...rest] = names;
  if (variable === undefined) return plan(booleans);
  const whenTrue = combined(rest, new Map([...booleans, [variable, true]]), plan);
  const whenFalse = combined(rest, new Map([...booleans, [variable, false]]), plan);
  const isSame = JSON.stringify(whenTrue) === JSON.stringify(whenFalse);
  return isSame ? whenTrue : { kind: 'condition', variable, whenTrue, whenFalse };
}

/** Names of the variables that `@skip` and `@include` read, in the order of the document. */
function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: given }) => {
      const value = given?.find((argument) => argument.name.value === 'if')?.value;
      const isCondition = name.value === 'skip' || name.value === 'include';
      if (isCondition && value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
