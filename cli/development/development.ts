import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { ExitCode } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';
import { addressLines } from '../system/addresses.ts';
import { portOf } from '../system/sample-ports.ts';
import { homeOf, sampleSecret } from '../system/home.ts';
import { runSystem } from '../system/run.ts';
import { sampleServices, type Service } from '../system/service.ts';
import type { System } from '../system/system.ts';
import { watchChanges } from './changes.ts';
import { followKeys, type KeyActions } from './keys.ts';
import { openPage } from './open-page.ts';
import { createRecomposer, type Recomposer } from './recomposer.ts';

export interface DevelopmentOptions {
  readonly config: string;
  readonly verbose: boolean;
}

/** Runs the sample system, says what each change of a schema does, and starts servers again whose code changed. */
export async function runDevelopment(
  options: DevelopmentOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const { root, env, self, settings, err, version, paint, now } = surroundings;
  const { portBase } = settings;
  const secret = await sampleSecret(homeOf(root, env));
  const services = sampleServices({ root, env, self, portBase, secret });
  const gateway = existsSync(resolve(root, 'gateway.yaml'))
    ? 'gateway.yaml'
    : 'built-in defaults (gateway.yaml not found)';
  err(`weir ${version} · dev · node ${process.versions.node} · config: ${gateway}\n\n`);
  const composing = { config: resolve(root, options.config), env: services[0]?.env ?? env, paint, now };
  const recomposer = await createRecomposer(composing);
  err(recomposer.banner);
  return runSystem(
    {
      services,
      addresses: addressLines(portBase),
      stageMs: 60_000,
      verbose: options.verbose,
      whileRunning: (system) => {
        const endKeys = followKeys(surroundings, keyActions(recomposer, surroundings));
        const endWatch = watchSystem(system, services, recomposer, surroundings);
        return Promise.resolve(async () => {
          endKeys();
          await endWatch();
        });
      },
    },
    surroundings,
  );
}

function keyActions(recomposer: Recomposer, { err, settings }: Surroundings): KeyActions {
  const page = `http://127.0.0.1:${portOf('gateway', settings.portBase)}/sandbox`;
  return {
    recompose: async () => (await recomposer.recompose([])) ?? '  composed again: nothing is new\n',
    openSandbox: () => openPage(page, () => err(`  no browser could be opened; the sandbox is at ${page}\n`)),
  };
}

function watchSystem(
  system: System,
  services: readonly Service[],
  recomposer: Recomposer,
  { err, root }: Surroundings,
): () => Promise<void> {
  const own = services.filter(({ cwd }) => cwd !== root);
  const changes = watchChanges({
    paths: [...recomposer.files, ...own.map(({ cwd }) => resolve(cwd, 'src'))],
    settleMs: 100,
    onTrouble: (message) => err(`cannot follow changes: ${message}\n`),
    onChange: async (paths) => {
      const schemas = paths.filter((path) => recomposer.files.includes(path));
      if (schemas.length > 0) {
        const said = await recomposer.recompose(schemas.map((path) => relative(root, path)));
        if (said !== undefined) err(said);
      }
      for (const name of servicesOf(paths, own)) {
        err(`${name} changed → starting it again\n`);
        await system.restart(name);
      }
    },
  });
  return changes.close;
}

/** The servers in whose folders something changed. */
export function servicesOf(paths: readonly string[], services: readonly Service[]): readonly string[] {
  return services
    .filter(({ cwd }) => paths.some((path) => path.startsWith(cwd + sep)))
    .map(({ name }) => name);
}
