// Bundles the sandbox page into dist/sandbox: static files, each with a .br and a .gz beside it.
// Nothing is done when neither the sources nor the versions of the packages have changed.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const dist = join(here, '../dist');
const target = join(dist, 'sandbox');
const stampFile = join(dist, '.sandbox-stamp');
const compressible = /\.(?:js|css|html|svg|json|ttf)$/;

const filesUnder = async (folder) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const textOf = (file) => readFile(file, 'utf8').catch(() => '');

/** Everything that decides what comes out: our sources and the exact versions of the packages in them. */
async function stampOfSources() {
  const manifest = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
  const hash = createHash('sha256');
  const own = ['build.mjs', 'index.html', 'tsconfig.json'].map((name) => join(here, name));
  const files = [
    ...own,
    ...(await filesUnder(join(here, 'public'))),
    ...(await filesUnder(join(here, 'src'))),
  ];
  for (const file of files)
    hash
      .update(`${relative(here, file)}\0`)
      .update(await readFile(file))
      .update('\0');
  for (const name of Object.keys(manifest.devDependencies)) hash.update(`${name}@${await versionOf(name)}\0`);
  return hash.digest('hex');
}

async function versionOf(name) {
  for (const folder of [here, join(here, '..')]) {
    const manifest = await textOf(join(folder, 'node_modules', name, 'package.json'));
    if (manifest !== '') return JSON.parse(manifest).version;
  }
  throw new Error(
    `The sandbox needs the package ${name}, which is not installed. Run "npm ci" (with dev dependencies).`,
  );
}

async function bundle(outDir) {
  // Loaded here, so that an unchanged sandbox does not pay for starting the bundler.
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  await build({
    root: here,
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 10_000,
      reportCompressedSize: false,
      rolldownOptions: {
        // "use no memo" in GraphiQL's files speaks to the React compiler, which has already run over them.
        onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
      },
    },
  });
}

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

async function compress(file) {
  const plain = await readFile(file);
  // Quality 11 takes ten times as long as 9 (15 s of work against 1.4 s) for 8 % fewer bytes.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  const [br, gz] = await Promise.all([brotli(plain, { params }), zip(plain, { level: 9 })]);
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
}

async function main() {
  const stamp = await stampOfSources();
  const built = (await textOf(join(target, 'index.html'))) !== '';
  if (built && (await textOf(stampFile)) === stamp) return;

  const started = performance.now();
  // Built aside and moved in at the end: a broken build leaves the page that was there.
  const fresh = join(dist, `.sandbox-new-${process.pid}`);
  const old = join(dist, `.sandbox-old-${process.pid}`);
  await mkdir(dist, { recursive: true });
  try {
    await bundle(fresh);
    await Promise.all((await filesUnder(fresh)).filter((file) => compressible.test(file)).map(compress));
    await rename(target, old).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(fresh, target);
    await writeFile(stampFile, stamp);
  } finally {
    await Promise.all([fresh, old].map((folder) => rm(folder, { recursive: true, force: true })));
  }
  process.stdout.write(`sandbox: built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
}

await main();
