import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const notCopied = new Set(['node_modules', 'data']);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function healthy(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with exit code ${child.exitCode}`);
    const status = await fetch(`${url}/health`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server did not become healthy within a minute');
}

for (const subgraph of ['accounts', 'catalog', 'inventory', 'orders', 'reviews']) {
  test(
    `${subgraph}, copied out of the tree, installs, starts and answers`,
    { timeout: 240_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), `weir-${subgraph}-`));
      let child: ChildProcess | undefined;
      try {
        cpSync(join(root, 'subgraphs', subgraph), folder, {
          recursive: true,
          filter: (source) => !notCopied.has(basename(source)),
        });
        const install = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
          cwd: folder,
          encoding: 'utf8',
        });
        assert.equal(install.status, 0, install.stderr);

        const port = await freePort();
        const started = spawn('node', ['--import', 'tsx', 'src/main.ts'], {
          cwd: folder,
          env: { ...process.env, PORT: String(port), WEIR_SCALE: '0.01' },
          stdio: 'ignore',
        });
        child = started;
        const url = `http://127.0.0.1:${port}`;
        await healthy(url, started);
        const response = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ __typename _service { sdl } }' }),
        });
        const { data } = (await response.json()) as {
          readonly data: { readonly _service: { readonly sdl: string } };
        };
        assert.match(data._service.sdl, /type Query/);

        const ended = new Promise((resolve) => started.once('exit', resolve));
        started.kill('SIGTERM');
        assert.equal(await ended, 0);
      } finally {
        child?.kill('SIGKILL');
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
}
