import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Kind, parse, type DocumentNode, type InlineFragmentNode, type SelectionSetNode } from 'graphql';
import type { Operation, OperationHash } from '../model/operation.ts';
import { admission, type AdmissionSettings } from './admission.ts';
import { measureOperation, type Measures } from './measures.ts';

const wide: AdmissionSettings = {
  maxDepth: 100,
  maxHeight: 500,
  maxAliases: 100,
  maxRootFields: 50,
  maxDirectives: 50,
  maxIntrospectionLists: 2,
  warnOnly: false,
};

function operation(text: string): Operation {
  return { hash: 'h' as OperationHash, text, document: parse(text), name: undefined, kind: 'query' };
}

function refusedWith(text: string, settings: Partial<AdmissionSettings> = {}): string | undefined {
  const outcome = admission({ ...wide, ...settings })(operation(text));
  return outcome.ok ? undefined : outcome.refusal.code;
}

const doubling = (levels: number): string =>
  `{ ...f0 } ${Array.from({ length: levels }, (_, n) => `fragment f${String(n)} on Q { a${String(n)}: x { ...f${String(n + 1)} } b${String(n)}: x { ...f${String(n + 1)} } }`).join(' ')} fragment f${String(levels)} on Q { x }`;

for (const [name, text, settings, code] of [
  ['depth', '{ a { b { c } } }', { maxDepth: 2 }, 'MAX_DEPTH_LIMIT'],
  [
    'depth through fragments',
    '{ a { ...f } } fragment f on T { b { c } }',
    { maxDepth: 2 },
    'MAX_DEPTH_LIMIT',
  ],
  [
    'depth through a fragment used twice',
    '{ ...f a { b { ...f } } } fragment f on T { c }',
    { maxDepth: 2 },
    'MAX_DEPTH_LIMIT',
  ],
  ['height', '{ a b c }', { maxHeight: 2 }, 'MAX_HEIGHT_LIMIT'],
  ['height through fragments', '{ ...f ...f } fragment f on Q { a b }', { maxHeight: 3 }, 'MAX_HEIGHT_LIMIT'],
  ['root fields', '{ a b ... { c } }', { maxRootFields: 2 }, 'MAX_ROOT_FIELDS_LIMIT'],
  [
    'root fields through fragments',
    '{ ...f ...f } fragment f on Q { a }',
    { maxRootFields: 1 },
    'MAX_ROOT_FIELDS_LIMIT',
  ],
  ['aliases', '{ x: a y: a }', { maxAliases: 1 }, 'MAX_ALIASES_LIMIT'],
  [
    'aliases through fragments',
    '{ ...f b { ...f } } fragment f on Q { x: a }',
    { maxAliases: 1 },
    'MAX_ALIASES_LIMIT',
  ],
  ['directives', '{ a @x @y @z }', { maxDirectives: 2 }, 'MAX_DIRECTIVES_LIMIT'],
  [
    'directives of a spread, inside of fragments',
    '{ ...f } fragment f on T { a { ...g @x @y @z } } fragment g on T { b }',
    { maxDirectives: 2 },
    'MAX_DIRECTIVES_LIMIT',
  ],
  [
    'directives of a variable',
    'query ($v: Int @x @y @z) { a(v: $v) }',
    { maxDirectives: 2 },
    'MAX_DIRECTIVES_LIMIT',
  ],
  ['directives of the operation', 'query @x @y @z { a }', { maxDirectives: 2 }, 'MAX_DIRECTIVES_LIMIT'],
  [
    'lists of introspection',
    '{ __schema { types { fields { type { possibleTypes { interfaces { name } } } } } } }',
    {},
    'MAX_INTROSPECTION_DEPTH_LIMIT',
  ],
  [
    'lists of introspection through fragments',
    '{ ...s } fragment s on Q { __type(name: "A") { ...t } } fragment t on __Type { fields { type { ...u } } } fragment u on __Type { fields { type { fields { name } } } }',
    {},
    'MAX_INTROSPECTION_DEPTH_LIMIT',
  ],
  ['40 levels of doubling fragments', doubling(40), {}, 'MAX_HEIGHT_LIMIT'],
  ['1,000 levels of doubling fragments', doubling(1000), { maxDepth: 5000 }, 'MAX_HEIGHT_LIMIT'],
] as const) {
  test(`over the limit: ${name}`, () => {
    assert.equal(refusedWith(text, settings), code);
  });
}

test('an operation at each limit passes', () => {
  const limits = { maxDepth: 2, maxHeight: 4, maxAliases: 1, maxRootFields: 2 };
  assert.equal(refusedWith('{ x: a { b } c { d } }', limits), undefined);
});

test('with warn_only the operation passes and says which limits it is over', () => {
  const outcome = admission({ ...wide, maxDepth: 1, maxAliases: 0, warnOnly: true })(
    operation('{ x: a { b } }'),
  );
  assert.deepEqual(outcome, {
    ok: true,
    measures: { depth: 2, height: 2, aliases: 1, rootFields: 1, directives: 0, introspection: 0 },
    warnings: ['MAX_DEPTH_LIMIT', 'MAX_ALIASES_LIMIT'],
  });
});

test('circular and missing fragments are measured without hanging', () => {
  assert.equal(refusedWith('{ ...a } fragment a on Q { x ...b } fragment b on Q { ...a ...c }'), undefined);
});

test('measures equal those of the written-out operation', () => {
  const field = fc.constantFrom('a', 'b', 'x: a');
  const { selections } = fc.letrec<{ selections: string; selection: string }>((tie) => ({
    selections: fc
      .array(tie('selection'), { minLength: 1, maxLength: 3 })
      .map((all) => `{ ${all.join(' ')} }`),
    selection: fc.oneof(
      { maxDepth: 3 },
      field,
      fc.tuple(field, tie('selections')).map((parts) => parts.join(' ')),
      tie('selections').map((inner) => `... ${inner}`),
      fc.constantFrom('...f0', '...f1', '...f2'),
    ),
  }));
  fc.assert(
    fc.property(selections, fc.array(selections, { minLength: 3, maxLength: 3 }), (root, fragments) => {
      // Fragment n may only spread fragments after it, so there is no circle.
      const texts = fragments.map((text, n) =>
        text.replaceAll(/\.\.\.f(\d)/g, (spread, m) => (Number(m) > n ? spread : 'a')),
      );
      const text = `${root} ${texts.map((body, n) => `fragment f${String(n)} on T ${body}`).join(' ')}`;
      const document = parse(text);
      assert.deepEqual(measureOperation(document).measures, plainly(document));
    }),
  );
});

/** The obvious way: expand everything, then count. */
function plainly(document: DocumentNode): Measures {
  const counts = { depth: 0, height: 0, aliases: 0, rootFields: 0, directives: 0, introspection: 0 };
  const fragmentOf = (name: string): SelectionSetNode => {
    const found = document.definitions.find(
      (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
    );
    assert.ok(found?.kind === Kind.FRAGMENT_DEFINITION);
    return found.selectionSet;
  };
  const walk = (set: SelectionSetNode, depth: number): void => {
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) {
        const name = selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : undefined;
        walk(name === undefined ? (selection as InlineFragmentNode).selectionSet : fragmentOf(name), depth);
        continue;
      }
      counts.depth = Math.max(counts.depth, depth + 1);
      counts.height++;
      if (selection.alias !== undefined) counts.aliases++;
      if (depth === 0) counts.rootFields++;
      if (selection.selectionSet !== undefined) walk(selection.selectionSet, depth + 1);
    }
  };
  const [operationNode] = document.definitions;
  assert.ok(operationNode?.kind === Kind.OPERATION_DEFINITION);
  walk(operationNode.selectionSet, 0);
  return counts;
}

for (const [name, text, settings, message] of [
  [
    'depth',
    '{ a { z } user { best { b: best { id } } } }',
    { maxDepth: 3 },
    'The operation nests fields too deeply: 4, at "user.best.b.id" (at most 3 allowed, limits.max_depth).',
  ],
  [
    'aliases',
    '{ a x: user { ...f } } fragment f on User { friends { p: id q: id } }',
    { maxAliases: 1 },
    'The operation has too many aliases: 3, at "x.friends" (at most 1 allowed, limits.max_aliases).',
  ],
  [
    'height, when no part alone is over the limit',
    '{ a b c }',
    { maxHeight: 2 },
    'The operation selects too many fields: 3 (at most 2 allowed, limits.max_height).',
  ],
] as const) {
  test(`a refusal names the limit, the value and the place: ${name}`, () => {
    const outcome = admission({ ...wide, ...settings })(operation(text));
    assert.ok(!outcome.ok);
    assert.equal(outcome.refusal.errors[0]?.message, message);
  });
}

test('a kilobyte that stands for a billion fields is refused, with its number, also with warn_only', () => {
  const bomb = doubling(30);
  for (const warnOnly of [false, true]) {
    const outcome = admission({ ...wide, maxDepth: 1000, warnOnly })(operation(bomb));
    assert.ok(!outcome.ok);
    assert.deepEqual(outcome.refusal.errors[0]?.extensions['value'], 1_000_000_000);
  }
});
