import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Argument, Command, Option } from 'commander';
import { candidates, type KnownKind } from './candidates.ts';
import { knownValues } from './known-values.ts';

function program(): Command {
  const weir = new Command('weir').option('--version');
  weir
    .command('check')
    .option('--against <what>')
    .option('-v, --verbose')
    .addOption(new Option('--format <format>').choices(['text', 'json']))
    .addOption(new Option('--sample').hideHelp());
  const cache = weir.command('cache').description('');
  cache.command('stats').option('--subgraph <name>');
  cache.command('inspect');
  weir.command('access [query]').option('--as <caller>');
  weir.command('explain [code]');
  weir.command('help [topic]');
  weir.command('completion').addArgument(new Argument('<shell>').choices(['bash', 'zsh']));
  weir.command('__complete [words...]', { hidden: true });
  return weir;
}

const known = (kind: KnownKind) =>
  Promise.resolve(
    {
      subgraphs: ['orders', 'catalog', '$(touch x)', 'a b', "it's"],
      callers: ['anonymous', 'support'],
      codes: ['WEIR-C001', 'WEIR-C012', 'TYPE_KIND'],
    }[kind],
  );

for (const [line, expected] of [
  ['', ['access', 'cache', 'check', 'completion', 'explain', 'help']],
  ['ch', ['check']],
  ['nothing', []],
  ['check --', ['--against', '--format', '--help', '--verbose']],
  ['check --format ', ['json', 'text']],
  ['check --format json --v', ['--verbose']],
  ['check --against ', []],
  ['check --verbose ', []],
  ['cache ', ['inspect', 'stats']],
  ['cache stats --subgraph ', ['catalog', 'orders']],
  ['cache stats --subgraph o', ['orders']],
  ['access --as s', ['support']],
  ['explain WEIR-C', ['WEIR-C001', 'WEIR-C012']],
  ['explain WEIR-C001 ', []],
  ['help e', ['exit-codes', 'explain']],
  ['completion ', ['bash', 'zsh']],
] as const) {
  test(`"weir ${line}" is completed by ${expected.join(', ') || 'nothing of ours'}`, async () => {
    assert.deepEqual(await candidates(program(), line.split(' '), known), expected);
  });
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const weirCommand = `#!/bin/sh\nexec "${process.execPath}" --import "${import.meta.resolve('tsx')}" "${main}" "$@"\n`;

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'weir-completion-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  writeFileSync(
    join(made, 'supergraph.yaml'),
    'subgraphs: { orders: { routing_url: "http://a/", schema: { file: a.graphql } }, web: { routing_url: "http://b/", schema: { file: b.graphql } } }\n',
  );
  writeFileSync(join(made, 'weir'), weirCommand, { mode: 0o755 });
  return made;
}

test('names are read where the command line is typed; without files there are none', async (t) => {
  const before = process.cwd();
  process.chdir(folder(t));
  t.after(() => process.chdir(before));
  assert.deepEqual(await knownValues({})('subgraphs'), ['orders', 'web']);
  assert.deepEqual(await knownValues({})('callers'), []);
  assert.ok((await knownValues({})('codes')).includes('WEIR-F001'));
});

const bash = spawnSync('bash', ['--version']).status === 0;

test('bash completes by the script', { skip: !bash }, (t) => {
  const cwd = folder(t);
  const script = `
    PATH="$PWD:$PATH"; source <(weir completion bash) || exit 1
    ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _weir; echo "\${COMPREPLY[*]}"; }
    ask weir doc; ask weir cache inspect --subgraph ""; ask weir check --fail-on ""; ls`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { cwd, encoding: 'utf8' });
  assert.equal(stderr, '');
  assert.deepEqual(stdout.trimEnd().split('\n'), [
    'doctor documents',
    'orders web',
    'breaking dangerous none',
    'supergraph.yaml',
    'weir',
  ]);
});

const installed = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

test(
  'fish completes by the script, and offers files where nothing of ours fits',
  { skip: !installed('fish') },
  (t) => {
    const cwd = folder(t);
    const script = `
    set -x PATH $PWD $PATH; weir completion fish | source
    for line in "weir doc" "weir cache inspect --subgraph " "weir check --against s"; complete -C $line; end`;
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { cwd, encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.deepEqual(stdout.trimEnd().split('\n'), [
      'doctor',
      'documents',
      'orders',
      'web',
      'supergraph.yaml',
    ]);
  },
);

test('zsh completes by the script', { skip: !installed('zsh') }, (t) => {
  const cwd = folder(t);
  // On a terminal of its own; the line editor takes keys once it has switched bracketed paste on.
  const script = `
    zmodload zsh/zpty; zpty shell zsh -f -i
    zpty -w shell 'PATH="$PWD:$PATH"; autoload -Uz compinit; compinit -u -D; source <(weir completion zsh); print re\\ady'
    zpty -r shell shown '*ready*2004h*'
    zpty -w -n shell $'weir cache invalidate --subgraph o\\t'
    zpty -r shell shown '*orders*' && print -r -- "$shown"`;
  const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], {
    cwd,
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(stderr, '');
  assert.match(stdout, /--subgraph orders/);
});
