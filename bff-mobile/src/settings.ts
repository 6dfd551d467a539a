import { environmentReader, type Environment } from './environment.ts';

/** What the server is told by its environment. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** The gateway's GraphQL endpoint. */
  readonly gatewayUrl: string;
  /** Milliseconds that one gateway operation may take. */
  readonly gatewayTimeout: number;
  /** Pages of these origins may call from a browser. */
  readonly allowedOrigins: ReadonlySet<string>;
}

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads all settings from the environment; names every problem at once. */
export function readSettings(environment: Environment): ParsedSettings {
  const read = environmentReader(environment);
  const settings: Settings = {
    host: read.text('HOST', '127.0.0.1'),
    port: read.wholeNumber('PORT', 4002, { min: 0, max: 65_535 }),
    gatewayUrl: read.address('GATEWAY_URL', 'http://127.0.0.1:4000/graphql', ['http:', 'https:']),
    gatewayTimeout: read.wholeNumber('GATEWAY_TIMEOUT_MS', 8000, { min: 1, max: 60_000 }),
    allowedOrigins: new Set(
      read
        .text('ALLOWED_ORIGINS', 'http://127.0.0.1:4000,http://localhost:4000')
        .split(',')
        .map((origin) => origin.trim()),
    ),
  };
  return read.problems.length === 0 ? { ok: true, settings } : { ok: false, problems: read.problems };
}
