// Makes what `npx weir` runs from: dist/ out of gateway, schema and cli, and the sandbox page. Quick when nothing changed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function step(name, args) {
  const began = performance.now();
  const { status, error } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) {
    process.stderr.write(`build: ${name} failed${error ? ` (${error.message})` : ''}\n`);
    process.exit(1);
  }
  process.stdout.write(`build: ${name} ${((performance.now() - began) / 1000).toFixed(1)}s\n`);
}

if (!existsSync(`${root}/node_modules/typescript`)) {
  process.stderr.write(
    'build: development packages are not installed, nothing is built (npm ci without --omit=dev)\n',
  );
  process.exit(0);
}
step('gateway, schema, cli', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']);
step('sandbox', ['sandbox/build.mjs']);
