import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { filesFrom, nearestName, problemsText, readYaml, type YamlProblem } from '../../schema/yaml/yaml.ts';
import { configDefaults, configSchema } from './defaults.ts';
import { followFile, type FollowedFile } from './follow-file.ts';
import { gatewayConfig, type GatewayConfig } from './gateway-config.ts';
import { explainKey } from './later-keys.ts';

export { configDefaults, configSchema };
export type { FollowedFile, GatewayConfig };

export type LoadedConfig =
  | { readonly ok: true; readonly config: GatewayConfig }
  | { readonly ok: false; readonly problems: readonly YamlProblem[]; readonly text: string };

type Environment = Readonly<Record<string, string | undefined>>;

const largestFile = 1024 * 1024;

/**
 * Reads gateway.yaml; without a path, the defaults. Reports every problem at once with file, line and column.
 * Paths come back absolute. Never throws for anything a file can hold.
 */
export function loadConfig(path: string | undefined, env: Environment): LoadedConfig {
  if (path === undefined) return parseConfig({ file: 'gateway.yaml', text: '' }, process.cwd(), env);
  const file = fileBytes(path);
  if (!file.ok) return file;
  return parseConfig({ file: path, text: file.bytes }, dirname(resolve(path)), env);
}

/** Where a configuration was read, so that it can be read again. */
export interface ConfigFile {
  readonly path: string;
  readonly env: Environment;
}

/**
 * Tells of every new outcome of reading the file, good or bad, once, and one after the other, until `close`; also of a check
 * that threw. `onLoaded` must not reject.
 */
export function followConfig(
  { path, env }: ConfigFile,
  inForce: GatewayConfig,
  onLoaded: (loaded: LoadedConfig) => Promise<void>,
): FollowedFile {
  return followFile<LoadedConfig>(path, {
    first: { ok: true, config: inForce },
    read: () => loadedOrFault(path, env),
    textOf: (loaded) => (loaded.ok ? JSON.stringify(loaded.config) : loaded.text),
    onRead: onLoaded,
  });
}

/** A check that throws is a fault of ours, and no reason for a gateway that serves to end. */
function loadedOrFault(path: string, env: Environment): LoadedConfig {
  try {
    return loadConfig(path, env);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return unreadable(path, `cannot be checked, by a fault of weir itself: ${reason}`);
  }
}

/** The same as `loadConfig` for text that is already read; relative paths in it start at `folder`. */
export function parseConfig(
  source: { readonly file: string; readonly text: string | Uint8Array },
  folder: string,
  env: Environment,
): LoadedConfig {
  const read = readYaml(source, gatewayConfig, { env, readFile: filesFrom(folder), explainKey });
  return read.ok ? { ok: true, config: withPaths(read.value, folder) } : read;
}

/** Paths in the file start at its folder, wherever the gateway was started. */
function withPaths(config: GatewayConfig, folder: string): GatewayConfig {
  const { jwt, api_keys: apiKeys } = config.authentication.router;
  const plugins = config.plugins.map((plugin) => resolve(folder, plugin));
  const jwks = jwt?.jwks.map((keys) =>
    keys.file === undefined ? keys : { ...keys, file: resolve(folder, keys.file) },
  );
  const router = {
    ...(jwt === undefined || jwks === undefined
      ? {}
      : { jwt: { ...jwt, jwks, ...revocationFile(jwt, folder) } }),
    ...(apiKeys === undefined ? {} : { api_keys: { ...apiKeys, file: resolve(folder, apiKeys.file) } }),
  };
  const manifests = config.persisted_queries.local_manifests.map((manifest) => ({
    ...manifest,
    path: resolve(folder, manifest.path),
  }));
  const documents = { ...config.persisted_queries, local_manifests: manifests };
  const { module } = config.authorization.policies;
  const policies = {
    ...config.authorization.policies,
    ...(module === undefined ? {} : { module: resolve(folder, module) }),
  };
  const { record } = config.response_cache;
  const caching = record && { record: { ...record, file: resolve(folder, record.file) } };
  return {
    ...{ ...config, plugins, persisted_queries: documents },
    response_cache: { ...config.response_cache, ...caching },
    authentication: { ...config.authentication, router },
    authorization: { ...config.authorization, policies },
  };
}

function revocationFile({ revocation_list: list }: Jwt, folder: string): Pick<Jwt, 'revocation_list'> {
  return list === undefined ? {} : { revocation_list: { file: resolve(folder, list.file) } };
}

type Jwt = NonNullable<GatewayConfig['authentication']['router']['jwt']>;

function fileBytes(path: string): { ok: true; bytes: Uint8Array } | Extract<LoadedConfig, { ok: false }> {
  try {
    const found = statSync(path);
    if (!found.isFile()) return unreadable(path, 'is not a file');
    if (found.size > largestFile) return unreadable(path, 'is larger than 1 MB');
    return { ok: true, bytes: readFileSync(path) };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return unreadable(path, missing ? `no such file${similarFile(path)}` : 'cannot be read');
  }
}

function similarFile(path: string): string {
  try {
    const folder = dirname(path);
    const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
    const near = nearestName(basename(path), names.slice(0, 200));
    return near === undefined ? '' : ` — did you mean ${join(folder, near)}?`;
  } catch {
    return '';
  }
}

function unreadable(file: string, message: string): Extract<LoadedConfig, { ok: false }> {
  const problems = [{ file, line: 1, column: 1, path: '', message, excerpt: '' }];
  return { ok: false, problems, text: problemsText(file, problems) };
}
