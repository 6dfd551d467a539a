import type { GatewayConfig } from '../config/config.ts';

/** Where the page of numbers is answered. */
export type MetricsPlace =
  | { readonly kind: 'own address'; readonly host: string; readonly port: number }
  /** Beside GraphQL; `open`: to everyone, else to callers on this machine. */
  | { readonly kind: 'beside GraphQL'; readonly open: boolean };

export interface MetricsSettings {
  readonly path: string;
  readonly place: MetricsPlace;
}

/** `undefined`: nothing is counted. */
export function metricsSettings({ telemetry, supergraph }: GatewayConfig): MetricsSettings | undefined {
  const { enabled, path, listen } = telemetry.metrics.prometheus;
  if (!enabled) return undefined;
  if (listen === undefined) return { path, place: { kind: 'beside GraphQL', open: false } };
  const { host, port } = listen;
  const isSame = host === supergraph.listen.host && port === supergraph.listen.port && port !== 0;
  return {
    path,
    place: isSame ? { kind: 'beside GraphQL', open: true } : { kind: 'own address', host, port },
  };
}
