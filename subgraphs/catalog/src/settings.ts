import { join } from 'node:path';
import { environmentReader, type Environment, type EnvironmentReader } from './environment.ts';
import { redisProblem, redisProtocols } from './redis.ts';
import { signatureKeys, type SignatureKeys } from './signature.ts';

const name = 'catalog';
const defaultPort = 4102;

/** Where the data lives: in a file of our own or in a PostgreSQL database. */
export type Store =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

/** What a token has to say to be believed. */
export interface TokenSettings {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
}

export interface Settings {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly store: Store;
  /** Who may ask: the gateway's keys by their ids; `undefined`: whoever can connect. */
  readonly signatureKeys: SignatureKeys | undefined;
  /** A Redis through which gateways learn of changes; empty: they do not. */
  readonly redisUrl: string;
  /** The stream there that gateways follow: `<namespace>:invalidations`. */
  readonly invalidationStream: string;
  /** Multiplies the size of the sample data. */
  readonly scale: number;
  readonly tokens: TokenSettings;
}

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads all settings from the environment; names every problem at once. */
export function readSettings(environment: Environment): ParsedSettings {
  const read = environmentReader(environment);
  const signed = signatureKeys(read.optionalText('WEIR_HMAC_KEYS'));
  const redisUrl = read.address('REDIS_URL', '', redisProtocols);
  const settings: Settings = {
    name,
    host: read.text('HOST', '127.0.0.1'),
    port: read.wholeNumber('PORT', defaultPort, { min: 0, max: 65_535 }),
    store: readStore(read),
    signatureKeys: signed.keys,
    redisUrl,
    invalidationStream: read.text('INVALIDATION_STREAM', 'weir:invalidations'),
    scale: read.positiveNumber('WEIR_SCALE', 1, 100),
    tokens: {
      jwksUrl: read.address('JWKS_URL', 'http://127.0.0.1:4101/.well-known/jwks.json', ['http:', 'https:']),
      issuer: 'https://accounts.weir.example',
      audience: 'weir',
    },
  };
  const problems = [...read.problems, ...signed.problems, ...problemsOf(redisUrl)];
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

function problemsOf(redisUrl: string): readonly string[] {
  const problem = redisUrl === '' ? undefined : redisProblem(redisUrl);
  return problem === undefined ? [] : [`REDIS_URL ${problem}`];
}

function readStore(read: EnvironmentReader): Store {
  const url = read.address('DATABASE_URL', '', ['postgres:', 'postgresql:']);
  if (url !== '') return { kind: 'postgres', url };
  return { kind: 'file', path: join(read.text('DATA_DIR', './data'), `${name}.db`) };
}
