import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { satisfies } from 'semver';

/**
 * `npm run check`: everything a machine can say of the source without running it. All steps run; the exit code tells
 * whether all passed.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = [
  'gateway',
  'schema',
  'cli',
  'subgraphs',
  'bff-web',
  'bff-mobile',
  'scripts',
  'test',
  'bench',
];

/** The oldest Node that the packages must run on. */
const oldestNode = '20.19.0';

interface Step {
  readonly name: string;
  readonly run: () => string | undefined;
}

/** Runs a package's command; its output is what went wrong. */
const command = (name: string, file: string, ...args: readonly string[]): Step => ({
  name,
  run: () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`node_modules/${file}`, ...args], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return status === 0 ? undefined : `${stdout}${stderr}`;
  },
});

interface LockedPackage {
  readonly version?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly optional?: boolean;
  readonly link?: boolean;
}

function lockedPackages(): [string, LockedPackage][] {
  const lock = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  return Object.entries(lock.packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && link !== true,
  );
}

/** Half of the registry has left Node 20; a transitive package that has too must not slip in. */
function enginesAdmitOldestNode(): string | undefined {
  const excluded = lockedPackages().filter(
    ([, { engines, optional }]) =>
      optional !== true && engines?.['node'] !== undefined && !satisfies(oldestNode, engines['node']),
  );
  return excluded.length === 0
    ? undefined
    : excluded.map(([path, { engines }]) => `${path} wants node ${engines?.['node'] ?? ''}`).join('\n');
}

/** Two copies of graphql in one process refuse each other's schemas. */
function oneGraphql(): string | undefined {
  const copies = lockedPackages().filter(([path]) => /(^|\/)node_modules\/graphql$/.test(path));
  return copies.length === 1
    ? undefined
    : copies.map(([path, { version }]) => `${path} ${version ?? ''}`).join('\n');
}

const steps: readonly Step[] = [
  command('format', 'prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
  command('lint', 'eslint/bin/eslint.js', '.'),
  command('types', 'typescript/bin/tsc', '-p', 'tsconfig.json'),
  command('types of the sandbox', 'typescript/bin/tsc', '-p', 'sandbox/tsconfig.json'),
  command(
    'architecture',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    '--output-type',
    'err-long',
    ...sources,
  ),
  command('unused code', 'knip/bin/knip.js', '--no-progress'),
  { name: 'packages run on the oldest Node', run: enginesAdmitOldestNode },
  { name: 'one graphql in the tree', run: oneGraphql },
  command('generated types of the subgraphs', 'tsx/dist/cli.mjs', 'scripts/generate.ts', '--check'),
  command('generated types of the BFFs', 'tsx/dist/cli.mjs', 'scripts/generate-bff.ts', '--check'),
];

let failures = 0;
for (const { name, run } of steps) {
  const began = performance.now();
  const problem = run();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(`${problem === undefined ? 'ok  ' : 'FAIL'}  ${name} (${seconds}s)\n`);
  if (problem === undefined) continue;
  failures += 1;
  process.stdout.write(`${problem}\n`);
}
process.stdout.write(failures === 0 ? 'check: all passed\n' : `check: ${String(failures)} failed\n`);
process.exitCode = failures === 0 ? 0 : 1;
