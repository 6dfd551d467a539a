import { z } from 'zod';
import { customTag, subgraphTag, tagsToDrop, typeTag } from './entry-tags.ts';
import { givenKey } from './given-key.ts';
import { meant, unknownSubgraph, unknownType } from './known-names.ts';
import type { SchemaFacts } from './schema-facts.ts';

const kinds = ['subgraph', 'type', 'entity', 'cache_tag'] as const;

/** Who sends this may never have heard of Zod: everything that can be wrong is said in our words. */
const expected =
  (what: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined ? 'missing' : `expected ${what}`;

const text = (longest: number) =>
  z
    .string({ error: expected('text') })
    .min(1, 'empty')
    .max(longest, `longer than ${String(longest)} characters`);
const name = text(200);

function fieldsOf<Fields extends z.core.$ZodLooseShape>(fields: Fields) {
  const known = Object.keys(fields);
  return z.strictObject(fields, {
    error: (issue) => {
      const [first] = issue.code === 'unrecognized_keys' ? issue.keys : [];
      return first === undefined
        ? expected('an object')(issue)
        : meant(`no field "${first}" here`, first, known);
    },
  });
}

const dropRequest = z.discriminatedUnion(
  'kind',
  [
    fieldsOf({ kind: z.literal('subgraph'), subgraph: name }),
    fieldsOf({ kind: z.literal('type'), subgraph: name, type: name }),
    fieldsOf({
      kind: z.literal('entity'),
      subgraph: name,
      type: name,
      key: z.record(z.string().max(200), z.unknown(), { error: expected('an object of short names') }),
    }),
    fieldsOf({
      kind: z.literal('cache_tag'),
      subgraphs: z
        .array(name, { error: expected('a list of subgraphs') })
        .min(1, 'at least one subgraph is needed')
        .max(200, 'more than 200 subgraphs'),
      cache_tag: text(1024),
    }),
  ],
  { error: kindProblem },
);

function kindProblem({ input }: { readonly input?: unknown }): string {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return 'expected an invalidation, an object';
  const kind = 'kind' in input ? input.kind : undefined;
  const choices = `one of ${kinds.map((one) => `"${one}"`).join(', ')}`;
  if (typeof kind !== 'string') return `${kind === undefined ? 'missing' : 'expected'}: ${choices}`;
  const problem = `no kind "${kind.slice(0, 50)}"`;
  const near = meant(problem, kind, kinds);
  return near === problem ? `${problem}, but ${choices}` : near;
}

/** What may be dropped, in Apollo's words. */
export type DropRequest = z.output<typeof dropRequest>;

export type DropRequests =
  | { readonly kind: 'tags'; readonly tags: readonly string[]; readonly requests: readonly DropRequest[] }
  | { readonly kind: 'wrong'; readonly status: 400 | 404; readonly problem: string };

const dropList = z
  .array(dropRequest, { error: expected('a list of invalidations') })
  .min(1, 'at least one invalidation is needed')
  .max(1_000, 'more than 1,000 invalidations at once');

/** Reads what somebody sent, and says what is wrong with it by its place. */
export function dropRequests(body: unknown, facts: SchemaFacts): DropRequests {
  const read = dropList.safeParse(body);
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
  for (const one of named) {
    const stranger = unknownSubgraph(one, facts);
    const place = request.kind === 'cache_tag' ? 'subgraphs' : 'subgraph';
    if (stranger !== undefined) return { ok: false, status: 404, problem: `${place}: ${stranger}` };
  }
  switch (request.kind) {
    case 'subgraph':
      return { ok: true, tags: [subgraphTag(request.subgraph)] };
    case 'cache_tag':
      return { ok: true, tags: request.subgraphs.map((one) => customTag(one, request.cache_tag)) };
    case 'type':
    case 'entity': {
      const { subgraph, type } = request;
      const stranger = unknownType(type, subgraph, facts);
      if (stranger !== undefined) return { ok: false, status: 404, problem: `type: ${stranger}` };
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
  let nameless: string | undefined;
  for (const set of sets) {
    const given = givenKey(set, key, { schema: facts.schema, type });
    if (given.kind === 'wrong') return { ok: false, status: 400, problem: given.problem };
    if (given.kind === 'named') keys.set(set.name, given.text);
    if (given.kind === 'nameless') nameless ??= given.problem;
  }
  // Null in one key does no harm where another one says who is meant.
  if (keys.size > 0) return { ok: true, tags: tagsToDrop(facts, { subgraph, type, keys }) };
  if (nameless !== undefined) return { ok: false, status: 400, problem: nameless };
  const known = sets.map((set) => `"${set.name}"`).join(', ');
  const problem =
    known === '' ? `key: "${type}" is no entity` : `key: a key of "${type}" is needed: ${known}`;
  return { ok: false, status: 400, problem };
}
