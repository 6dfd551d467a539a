import { availableParallelism } from 'node:os';
import { followConfig, type ConfigFile } from './config/config.ts';
import type { Gateway, GatewayOptions } from './gateway.ts';
import type { SourceSettings } from './source/source.ts';

export interface ServingOptions extends Omit<
  GatewayOptions,
  'supergraph' | 'log' | 'logFields' | 'buckets' | 'metricsPage'
> {
  readonly supergraph: SourceSettings;
  /** Followed while serving; without one the configuration stays as it is. */
  readonly configFile?: ConfigFile;
  /** Ends a start that takes long. */
  readonly signal: AbortSignal;
}

/**
 * Serves as the configuration says, in this process or in several, and takes changes of its file over while serving.
 * Rejects when the address cannot be listened on; `undefined` when the start was ended.
 */
export async function startServing(
  options: ServingOptions,
): Promise<Pick<Gateway, 'url' | 'stop'> | undefined> {
  const { workers } = options.config;
  const count = workers === 'auto' ? availableParallelism() : workers;
  if (count === 1) return startAlone(options);
  const { startWorkers } = await import('./workers/workers.ts');
  return startWorkers({ ...options, count });
}

async function startAlone({
  configFile,
  ...options
}: ServingOptions): Promise<Pick<Gateway, 'url' | 'stop'>> {
  const { startGateway } = await import('./gateway.ts');
  const gateway = await startGateway(options);
  if (configFile === undefined) return gateway;
  const followed = followConfig(configFile, options.config, gateway.reconfigure);
  return {
    url: gateway.url,
    stop: async () => {
      await Promise.all([followed.close(), gateway.stop()]);
    },
  };
}
