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

const count = { passed: 0, failed: 0, skipped: 0 };
const skips: string[] = [];
const stream = run({ files, concurrency: 2, timeout: 300_000 });
stream.on('test:pass', ({ name, skip, details }) => {
  if (details.type === 'suite') return;
  if (skip === undefined || skip === false) count.passed += 1;
  else {
    count.skipped += 1;
    skips.push(typeof skip === 'string' && skip !== '' ? `${name}: ${skip}` : name);
  }
});
stream.on('test:fail', ({ details }) => {
  if (details.type !== 'suite') count.failed += 1;
});
const report = new spec();
report.pipe(process.stdout);
stream.pipe(report);
stream.on('end', () => {
  // The reporter's own summary is written in the same turn; ours is the last line.
  setImmediate(() => {
    for (const skipped of skips) process.stdout.write(`skipped: ${skipped}\n`);
    process.stdout.write(
      `\n${String(count.passed)} passed, ${String(count.failed)} failed, ${String(count.skipped)} skipped\n`,
    );
    process.exitCode = count.failed === 0 ? 0 : 1;
  });
});
