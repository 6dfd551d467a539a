import { z } from 'zod';
import { customTag, subgraphTag, tagsToDrop, typeTag } from './entry-tags.ts';
import { keyText } from './key-sets.ts';
import { nearestOf } from './nearest-name.ts';
import type { SchemaFacts } from './schema-facts.ts';

const name = z.string().min(1).max(200);

const dropRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('subgraph'), subgraph: name }),
  z.strictObject({ kind: z.literal('type'), subgraph: name, type: name }),
  z.strictObject({
    kind: z.literal('entity'),
    subgraph: name,
    type: name,
    key: z.record(z.string().max(200), z.unknown()),
  }),
  z.strictObject({
    kind: z.literal('cache_tag'),
    subgraphs: z.array(name).min(1).max(200),
    cache_tag: z.string().min(1).max(1024),
  }),
]);

/** What may be dropped, in Apollo's words. */
export type DropRequest = z.output<typeof dropRequest>;

export type DropRequests =
  | { readonly kind: 'tags'; readonly tags: readonly string[]; readonly requests: readonly DropRequest[] }
  | { readonly kind: 'wrong'; readonly status: 400 | 404; readonly problem: string };

const mostRequests = 1_000;

/** Reads what somebody sent, and says what is wrong with it by its place. */
export function dropRequests(body: unknown, facts: SchemaFacts): DropRequests {
  const read = z.array(dropRequest).min(1).max(mostRequests).safeParse(body);
  if (!read.success) return { kind: 'wrong', status: 400, problem: issueText(read.error.issues[0]) };
  const tags: string[] = [];
  for (const [index, request] of read.data.entries()) {
    const found = tagsOf(request, facts);
    if (!found.ok)
      return { kind: 'wrong', status: found.status, problem: `[${String(index)}].${found.problem}` };
    tags.push(...found.tags);
  }
  return { kind: 'tags', tags, requests: read.data };
}

function issueText(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'not an array of invalidations';
  const path = issue.path
    .map((step) => (typeof step === 'number' ? `[${String(step)}]` : `.${String(step)}`))
    .join('');
  const place = path.replace(/^\./, '');
  return `${place === '' ? 'the body' : place}: ${issue.message}`;
}

type Tags =
  | { readonly ok: true; readonly tags: readonly string[] }
  | { readonly ok: false; readonly status: 400 | 404; readonly problem: string };

function tagsOf(request: DropRequest, facts: SchemaFacts): Tags {
  const named = request.kind === 'cache_tag' ? request.subgraphs : [request.subgraph];
  const stranger = named.find((one) => !facts.subgraphs.has(one));
  if (stranger !== undefined) {
    const place = request.kind === 'cache_tag' ? 'subgraphs' : 'subgraph';
    return unknown(`${place}: no subgraph "${stranger}"`, stranger, facts.subgraphs);
  }
  switch (request.kind) {
    case 'subgraph':
      return { ok: true, tags: [subgraphTag(request.subgraph)] };
    case 'cache_tag':
      return { ok: true, tags: request.subgraphs.map((one) => customTag(one, request.cache_tag)) };
    case 'type':
    case 'entity': {
      const { subgraph, type } = request;
      const types = facts.typesOf(subgraph);
      if (!types.has(type)) return unknown(`type: no type "${type}" in "${subgraph}"`, type, types);
      if (request.kind === 'entity') return entityTags(request, facts);
      return { ok: true, tags: facts.related(type).map((one) => typeTag(subgraph, one)) };
    }
  }
}

function entityTags(
  { subgraph, type, key }: Extract<DropRequest, { kind: 'entity' }>,
  facts: SchemaFacts,
): Tags {
  const sets = facts.keysOf(type);
  const keys = new Map<string, string>();
  for (const set of sets) {
    const text = keyText(set, key);
    if (text !== undefined) keys.set(set.name, text);
  }
  if (keys.size > 0) return { ok: true, tags: tagsToDrop(facts, { subgraph, type, keys }) };
  const known = sets.map((set) => `"${set.name}"`).join(', ');
  const problem =
    known === '' ? `key: "${type}" is no entity` : `key: a key of "${type}" is needed: ${known}`;
  return { ok: false, status: 400, problem };
}

function unknown(problem: string, given: string, known: ReadonlySet<string>): Tags {
  const near = nearestOf(given, known);
  return {
    ok: false,
    status: 404,
    problem: near === undefined ? problem : `${problem}; did you mean "${near}"?`,
  };
}
