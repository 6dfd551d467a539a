import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { filesFrom, readYaml, type YamlProblem, type YamlReading } from './yaml.ts';

const schema = z.strictObject({
  server: z
    .strictObject({ port: z.number().int().min(1).max(65535).default(4000), host: z.string().optional() })
    .prefault({}),
  secret_key: z
    .string()
    .regex(/^[a-z]+$/, 'expected lower case letters')
    .optional(),
  names: z.array(z.strictObject({ name: z.string(), on: z.boolean().default(true) })).default([]),
  shown: z.union([z.boolean(), z.strictObject({ message: z.string() })]).default(false),
  subgraphs: z.record(z.string(), z.strictObject({ url: z.string() })).default({}),
});

const none: YamlReading = { env: {}, readFile: () => ({ ok: false, reason: 'no such file' }) };

function read(text: string | Uint8Array, reading: Partial<YamlReading> = {}) {
  return readYaml({ file: 'a.yaml', text }, schema, { ...none, ...reading });
}

function problemsOf(text: string | Uint8Array, reading: Partial<YamlReading> = {}): readonly YamlProblem[] {
  const result = read(text, reading);
  assert.ok(!result.ok, 'the file should be refused');
  return result.problems;
}

function said(text: string | Uint8Array, reading: Partial<YamlReading> = {}): readonly string[] {
  return problemsOf(text, reading).map(
    (one) => `${String(one.line)}:${String(one.column)} ${one.path} ${one.message}`,
  );
}

test('an empty file, a comment and keys without values mean the defaults', () => {
  for (const text of ['', '# nothing\n', 'server:\nnames:\n', '\uFEFF']) {
    const result = read(text);
    assert.ok(result.ok, text);
    assert.equal(result.value.server.port, 4000);
  }
});

test('all problems are reported at once, in the order of the file, with line and column', () => {
  const text = 'server:\n  port: 99999\n  hots: x\nshown: { mesage: hi }\nnames:\n  - on: 3\n';
  assert.deepEqual(said(text), [
    '2:9 server.port too big (at most 65535), got 99999',
    '3:3 server.hots unknown key — did you mean "host"?',
    '4:1 shown.message required: text',
    '4:10 shown.mesage unknown key — did you mean "message"?',
    '6:5 names[0].name required: text',
    '6:9 names[0].on expected true or false, got 3',
  ]);
});

test('an excerpt shows the line before, the line, and carets under the value', () => {
  assert.equal(
    problemsOf('server:\n  port: 99999\n')[0]?.excerpt,
    '    1 | server:\n    2 |   port: 99999\n      |         ^^^^^',
  );
});

test('environment variables are expanded, with defaults, and keep the meaning of unquoted YAML', () => {
  const result = read('server: { host: "${env.HOST:-h}:${env.P}" }\nnames:\n  - name: "${env.P}"\n', {
    env: { P: '12' },
  });
  assert.ok(result.ok);
  assert.equal(result.value.server.host, 'h:12');
  assert.equal(result.value.names[0]?.name, '12');
  const number = read('server:\n  port: ${env.P}\n', { env: { P: '12' } });
  assert.ok(number.ok);
  assert.equal(number.value.server.port, 12);
});

test('a variable that is not set is one problem that names it', () => {
  assert.deepEqual(said('server:\n  port: ${env.PORT}\n'), [
    '2:9 server.port the environment variable PORT is not set; set it or write ${env.PORT:-default}',
  ]);
});

test('inherited names such as constructor are not environment variables', () => {
  assert.match(said('server: { host: "${env.constructor}" }').join(), /constructor is not set/);
});

test('what a placeholder expands to is never shown', () => {
  const result = read('server:\n  port: ${env.PORT}\nsecret_key: ${env.KEY}\n', {
    env: { PORT: 'hunter2', KEY: 'S3CRET' },
  });
  assert.ok(!result.ok);
  assert.doesNotMatch(result.text, /hunter2|S3CRET/);
  assert.match(result.text, /comes from \$\{env\.PORT\}/);
  assert.match(result.text, /2 \| {3}port: \$\{env\.PORT\}/);
});

test('the value of a secret-looking key is masked in excerpts of other lines too, also when the YAML is broken', () => {
  const flow = read('{ secret_key: ABC123, server: { port: 0 } }');
  const broken = read('secret_key: ABC123\nserver: [\n');
  const url = read('subgraphs:\n  a: { url: "redis://me:ABC123@host", x: 1 }\n');
  const named = read('names: [{ name: authorization, value: ABC123 }]');
  for (const result of [flow, broken, url, named]) {
    assert.ok(!result.ok);
    assert.doesNotMatch(result.text, /ABC123/);
  }
});

test('a file value is read relative to its folder, and a missing, huge or special file is a problem with its name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'yaml-'));
  try {
    writeFileSync(join(folder, 'host.txt'), 'here\n');
    writeFileSync(join(folder, 'big.txt'), 'x'.repeat(70_000));
    const readFile = filesFrom(folder);
    const result = read('server: { host: "${file.host.txt}" }', { readFile });
    assert.ok(result.ok);
    assert.equal(result.value.server.host, 'here');
    assert.match(
      said('server: { host: "${file.no.txt}" }', { readFile }).join(),
      /cannot read the file no\.txt/,
    );
    assert.match(said('server: { host: "${file.big.txt}" }', { readFile }).join(), /larger than 64 KB/);
    assert.match(said('server: { host: "${file./dev/zero}" }', { readFile }).join(), /is not a file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a key written twice and the key __proto__ are refused at their second place', () => {
  assert.deepEqual(said('shown: true\nshown: false\n__proto__: { a: 1 }\n'), [
    '2:1 shown "shown" is written twice',
    '3:1  this key is not allowed',
  ]);
});

test('a reason given for an unknown key is shown in place of the suggestion', () => {
  const explainKey = (path: string) => (path === 'names[].later' ? 'not available yet' : undefined);
  assert.deepEqual(said('names: [{ name: a, later: 1 }]', { explainKey }), [
    '1:20 names[0].later not available yet',
  ]);
});

test('a union whose branches all refuse the kind of value lists what is allowed', () => {
  assert.deepEqual(said('shown: 5'), ['1:8 shown expected true or false or a mapping, got 5']);
});

test('aliases are followed', () => {
  const result = read('names:\n  - &one { name: a }\n  - *one\n');
  assert.ok(result.ok);
  assert.deepEqual(
    result.value.names.map(({ name }) => name),
    ['a', 'a'],
  );
});

const hostile: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['an alias bomb', bomb(), /too many values/],
  ['an alias to itself', 'names: &a [*a]', /nested too deeply|expected|unresolved/i],
  ['deep flow nesting', '['.repeat(100_000), /nested too deeply/],
  [
    'deep block nesting',
    Array.from({ length: 3000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    /nested too deeply|larger/,
  ],
  ['deep compact nesting', '- '.repeat(50_000), /nested too deeply/],
  ['a file above a megabyte', 'a'.repeat(2_000_000), /larger than 1 MB/],
  ['UTF-16', new Uint8Array(Buffer.from('\uFEFFserver: {}', 'utf16le')), /not UTF-8/],
  ['bytes that are not UTF-8', new Uint8Array([0x61, 0xff, 0xfe]), /not UTF-8/],
  ['many keys', Array.from({ length: 60_000 }, (_, n) => `k${String(n)}: 1`).join('\n'), /too many values/],
  ['several documents', 'server: {}\n---\nserver: {}\n', /document/],
  ['an unknown tag', 'server: !!js/function "x"', /tag/],
  ['a list for a key', '? [a, b]\n: 1\n', /key/],
];
for (const [name, text, expected] of hostile) {
  test(`refused with a message: ${name}`, () => {
    assert.match(said(text).join('\n'), expected);
  });
}

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let n = 1; n < 12; n++) {
    const alias = `*a${String(n - 1)}`;
    lines.push(`a${String(n)}: &a${String(n)} [${Array.from({ length: 10 }, () => alias).join(', ')}]`);
  }
  return lines.join('\n');
}

test('random text never throws, and every problem lies inside the file', () => {
  const word = fc.constantFrom(
    ...[
      'server',
      'port',
      'names',
      ':',
      ': ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '&a',
      '*a',
      '#',
      '|',
      '>',
      '?',
    ],
    ...[
      '${env.A}',
      '${file.x}',
      '${',
      '%YAML',
      '---',
      '!!',
      '\t',
      '\r',
      '\u0000',
      '\u2028',
      '__proto__',
      '5',
      'true',
      '~',
      ',',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 40 }), (parts) => {
      const text = parts.join('');
      const result = read(text);
      if (result.ok) return;
      const lines = text.replace(/^\uFEFF/, '').split('\n');
      for (const { line, column, message } of result.problems) {
        assert.ok(line >= 1 && line <= lines.length, `line ${String(line)}`);
        assert.ok(column >= 1 && column <= (lines[line - 1] ?? '').length + 1, `column ${String(column)}`);
        assert.doesNotMatch(message, /\[object|undefined/);
      }
    }),
    { numRuns: 1500 },
  );
});

test('a problem at the end of a text that goes on over several lines has its own line', () => {
  const problems = problemsOf('[${env.A}server\nserver');
  for (const { line, column } of problems)
    assert.ok(line === 1 || column <= 7, `${String(line)}:${String(column)}`);
  assert.ok(problems.some(({ line }) => line === 2));
});
