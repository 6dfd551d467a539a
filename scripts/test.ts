import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

/**
 * `npm test [-- PART…]`: builds, runs every `*.test.ts` whose path contains one of the parts (all without any), and
 * closes with the line `N passed, N failed, N skipped`. Node 20's own runner finds no TypeScript files by itself.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = [
  'gateway',
  'schema',
  'cli',
  'sandbox',
  'subgraphs',
  'bff-web',
  'bff-mobile',
  'scripts',
  'test',
];
const skippedFolders = new Set(['node_modules', 'dist', 'build', 'generated', 'data', '.weir']);

function testFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : testFiles(path);
    return entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

/** More broken files than this are not bad luck. */
const mostRepeated = 6;

const parts = process.argv.slice(2);
const files = folders
  .flatMap((folder) => testFiles(join(root, folder)))
  .filter((file) => parts.length === 0 || parts.some((part) => relative(root, file).includes(part)));

if (files.length === 0) {
  process.stderr.write(`no test file matches ${parts.join(' ')}\n`);
  process.exit(2);
}

const build = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
if (build.status !== 0) process.exit(1);

interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  readonly skips: string[];
  /** Files with a failure. */
  readonly broken: Set<string>;
}

/** Runs files and reports them as they go; the counts come back. */
function runFiles(paths: readonly string[], concurrency: number): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failed: 0, skipped: 0, skips: [], broken: new Set() };
  const stream = run({ files: [...paths], concurrency, timeout: 300_000 });
  stream.on('test:pass', ({ name, skip, details }) => {
    if (details.type === 'suite') return;
    if (skip === undefined || skip === false) outcome.passed += 1;
    else {
      outcome.skipped += 1;
      outcome.skips.push(typeof skip === 'string' && skip !== '' ? `${name}: ${skip}` : name);
    }
  });
  stream.on('test:fail', ({ details, file }) => {
    if (details.type !== 'suite') outcome.failed += 1;
    if (file !== undefined) outcome.broken.add(file);
  });
  const report = new spec();
  report.pipe(process.stdout, { end: false });
  stream.pipe(report);
  return new Promise((resolve) => {
    // The reporter's own summary is written in the same turn; ours comes after it.
    stream.on('end', () => setImmediate(() => resolve(outcome)));
  });
}

const first = await runFiles(files, 2);
let { passed, failed } = first;
const again = [...first.broken].filter((file) => files.includes(file));
if (again.length > 0 && again.length <= mostRepeated) {
  // Two files at a time share two cores with servers, browsers and planners: what fails there may only have been slow.
  process.stdout.write(`\nonce more, alone: ${again.map((file) => relative(root, file)).join(', ')}\n`);
  const second = await runFiles(again, 1);
  if (second.failed === 0) {
    passed += failed;
    failed = 0;
    process.stdout.write(
      `passed only when run alone: ${again.map((file) => relative(root, file)).join(', ')}\n`,
    );
  } else failed = second.failed;
}
for (const skipped of first.skips) process.stdout.write(`skipped: ${skipped}\n`);
process.stdout.write(
  `\n${String(passed)} passed, ${String(failed)} failed, ${String(first.skipped)} skipped\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
