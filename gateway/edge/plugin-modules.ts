import { pathToFileURL } from 'node:url';
import type { ApolloServerPlugin } from '@apollo/server';
import type { LaneContext } from './apollo-lane.ts';

export type LoadedPlugins =
  | { readonly ok: true; readonly plugins: readonly ApolloServerPlugin<LaneContext>[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Loads the user's plugin modules; each exports a list `plugins`. All problems at once, each with the module's path. */
export async function loadPlugins(paths: readonly string[]): Promise<LoadedPlugins> {
  const plugins: ApolloServerPlugin<LaneContext>[] = [];
  const problems: string[] = [];
  for (const path of paths) {
    const loaded = await pluginsIn(path);
    if (typeof loaded === 'string') problems.push(loaded);
    else plugins.push(...loaded);
  }
  return problems.length === 0 ? { ok: true, plugins } : { ok: false, problems };
}

async function pluginsIn(path: string): Promise<readonly ApolloServerPlugin<LaneContext>[] | string> {
  let module: unknown;
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    return `the plugin ${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`;
  }
  const list = (module as { readonly plugins?: unknown }).plugins;
  if (Array.isArray(list) && list.every((one) => typeof one === 'object' && one !== null)) {
    return list as readonly ApolloServerPlugin<LaneContext>[];
  }
  return `the plugin ${path} has to export a list "plugins" of Apollo Server plugins`;
}
