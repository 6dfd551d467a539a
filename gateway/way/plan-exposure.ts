import { parse, print } from 'graphql';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import { notStored, type GraphQLResponse } from '../model/graphql-response.ts';
import type { EntityPath, Plan, PlanNode } from '../model/plan.ts';

/** What a caller wants of the query plan: nothing, the plan beside the answer, or the plan instead of it. */
export type PlanExposure = 'none' | 'with-answer' | 'dry-run';

/** Apollo Router's header: `Apollo-Expose-Query-Plan: true` or `dry-run`. */
export function planExposure(headers: GraphQLRequest['headers']): PlanExposure {
  const wanted = headers['apollo-expose-query-plan'];
  if (wanted === 'dry-run') return 'dry-run';
  return wanted === 'true' ? 'with-answer' : 'none';
}

/** The response, which nobody else may be given, with the plan in `extensions.apolloQueryPlan`, as data and as text. */
export function withPlan(response: GraphQLResponse, plan: Plan): GraphQLResponse {
  const apolloQueryPlan = { object: plan, text: planText(plan) };
  return notStored({ ...response, extensions: { ...response.extensions, apolloQueryPlan } });
}

/** A plan as people read it, in the form that Apollo's tools made known. */
function planText({ root }: Plan): string {
  return root === undefined ? 'QueryPlan {}' : `QueryPlan {\n${indented(nodeText(root))}\n}`;
}

function nodeText(node: PlanNode): string {
  switch (node.kind) {
    case 'sequence':
      return block('Sequence', node.steps);
    case 'parallel':
      return block('Parallel', node.branches);
    case 'condition': {
      const branch = (name: string, inner: PlanNode | undefined): string[] =>
        inner === undefined ? [] : [`${name} {\n${indented(nodeText(inner))}\n}`];
      const branches = [...branch('If', node.whenTrue), ...branch('Else', node.whenFalse)];
      return `Condition(if: $${node.variable}) {\n${indented(branches.join(',\n'))}\n}`;
    }
    case 'fetch': {
      const paths = node.entities?.paths.map(pathText) ?? [];
      const at = paths.length === 0 ? '' : `, paths: [${paths.map((path) => `"${path}"`).join(', ')}]`;
      return `Fetch(service: "${node.subgraph}"${at}) {\n${indented(print(parse(node.document)))}\n}`;
    }
  }
}

const block = (name: string, nodes: readonly PlanNode[]): string =>
  `${name} {\n${indented(nodes.map(nodeText).join(',\n'))}\n}`;

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

/** Steps as Apollo writes them: `products.@.reviews`, with the types that a step is limited to behind it. */
const pathText = (path: EntityPath): string =>
  path
    .map((step) => {
      const name = step.kind === 'list' ? '@' : step.name;
      return step.onTypes === undefined ? name : `${name}|[${step.onTypes.join(',')}]`;
    })
    .join('.');
