import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DocumentSource } from '../../schema/documents/documents.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';

/** What was named, and where to look when nothing was. */
export interface NamedManifests {
  readonly manifests: readonly string[];
  /** A gateway.yaml; the one here when left out. */
  readonly gateway: string | undefined;
}

/** The manifests that are meant: those named, else those of gateway.yaml; or the exit code of what is wrong. */
export async function manifestSources(
  { manifests, gateway }: NamedManifests,
  { err, env }: Surroundings,
): Promise<readonly DocumentSource[] | ExitCode> {
  if (manifests.length > 0) return manifests.map((path) => ({ path: resolve(path) }));
  const file = gateway ?? (existsSync('gateway.yaml') ? 'gateway.yaml' : undefined);
  const { loadConfig } = await import('../../gateway/config/config.ts');
  const loaded = loadConfig(file, env);
  if (!loaded.ok) {
    err(loaded.text);
    return exitCodes.usage;
  }
  const { local_manifests: listed } = loaded.config.persisted_queries;
  if (listed.length > 0) return listed;
  const where = file === undefined ? 'there is no gateway.yaml here' : `${file} names none`;
  err(
    `error: which manifests? ${where}\n  fix: name them, or list them in gateway.yaml under persisted_queries.local_manifests\n`,
  );
  return exitCodes.usage;
}
