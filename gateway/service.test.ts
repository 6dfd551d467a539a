import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'graphql';
import { composeSupergraph } from '../schema/compose/compose.ts';
import { parseConfig } from './config/config.ts';
import type { Operation, OperationHash } from './model/operation.ts';
import type { PlanNode } from './model/plan.ts';
import { openService } from './service.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@override"])`;

function supergraph(parts: Readonly<Record<string, string>>): string {
  const composed = composeSupergraph(
    Object.entries(parts).map(([name, sdl]) => ({
      ...{ name, sdl: `${link}\n${sdl}`, routingUrl: `http://127.0.0.1:1/${name}` },
      origin: { kind: 'inline', shown: name, lineOffset: 0, columnOffset: 0 },
    })),
  );
  if (composed.ok) return composed.sdl;
  throw new Error(composed.problems.map(({ message }) => message).join('\n'));
}

const moving = supergraph({
  old: 'type Query { user: User } type User @key(fields: "id") { id: ID! age: Int }',
  new: 'type User @key(fields: "id") { id: ID! age: Int @override(from: "old", label: "move-age") }',
});

const text = '{ user { age } }';
const operation: Operation = {
  ...{ hash: 'h' as OperationHash, text, document: parse(text), name: undefined, kind: 'query' },
};

for (const [yaml, asked] of [
  ['', ['old']],
  ['override_labels: { move-age: false }', ['old']],
  ['override_labels: { move-age: true, another: true }', ['old', 'new']],
] as const) {
  test(`a field moves when the label of its @override holds: "${yaml}"`, async (t) => {
    const read = parseConfig({ file: 'gateway.yaml', text: yaml }, '/', {});
    if (!read.ok) throw new Error(yaml);
    const { config } = read;
    const opened = await openService(moving, { config, plans: undefined });
    if (!opened.ok) throw new Error(opened.problems.map(({ message }) => message).join('\n'));
    t.after(() => opened.service.retire(0));
    const { service } = opened;
    const authorized = { allowed: operation, denied: new Set<never>(), denials: [], shape: 'all' };
    const planned = await service.plan(operation, authorized, new AbortController().signal);
    if (planned.kind === 'failed') throw new Error(planned.failure.message);
    assert.deepEqual(subgraphsOf(planned.plan.root), asked);
  });
}

function subgraphsOf(node: PlanNode | undefined): readonly string[] {
  if (node === undefined) return [];
  if (node.kind === 'fetch') return [node.subgraph];
  if (node.kind === 'condition') return [node.whenTrue, node.whenFalse].flatMap(subgraphsOf);
  return (node.kind === 'sequence' ? node.steps : node.branches).flatMap(subgraphsOf);
}
