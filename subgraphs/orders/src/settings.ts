import { join } from 'node:path';
import { environmentReader, type Environment, type EnvironmentReader } from './environment.ts';
import { ownKey, type OwnKey } from './neighbours/sign.ts';
import { signatureKeys, type SignatureKeys } from './signature.ts';

const name = 'orders';
const defaultPort = 4104;
const web = ['http:', 'https:'];

/** Known to everybody who has read this file: fit for one machine that nobody else can reach. */
const sampleServiceSecret = 'weir-sample-service-secret';

/** Where the data lives: in a file of our own or in a PostgreSQL database. */
export type Store =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'postgres'; readonly url: string };

/** What a token has to say to be believed. */
export interface TokenSettings {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
}

/** The services that buying needs. */
export interface NeighbourSettings {
  readonly catalogUrl: string;
  readonly inventoryUrl: string;
  /** Where this service gets its own tokens. */
  readonly accountsUrl: string;
  readonly serviceSecret: string;
  /** What catalog and inventory know this service by; `undefined`: its requests are not signed. */
  readonly key: OwnKey | undefined;
}

export interface Settings {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly store: Store;
  /** Who may ask: the gateway's keys by their ids; `undefined`: whoever can connect. */
  readonly signatureKeys: SignatureKeys | undefined;
  /** Multiplies the size of the sample data. */
  readonly scale: number;
  readonly tokens: TokenSettings;
  readonly neighbours: NeighbourSettings;
}

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Reads all settings from the environment; names every problem at once. */
export function readSettings(environment: Environment): ParsedSettings {
  const read = environmentReader(environment);
  const own = read.optionalText('WEIR_HMAC_OWN_KEY');
  const signed = signatureKeys(read.optionalText('WEIR_HMAC_KEYS'));
  const settings: Settings = {
    name,
    host: read.text('HOST', '127.0.0.1'),
    port: read.wholeNumber('PORT', defaultPort, { min: 0, max: 65_535 }),
    store: readStore(read),
    signatureKeys: signed.keys,
    scale: read.positiveNumber('WEIR_SCALE', 1, 100),
    tokens: {
      jwksUrl: read.address('JWKS_URL', 'http://127.0.0.1:4101/.well-known/jwks.json', web),
      issuer: 'https://accounts.weir.example',
      audience: 'weir',
    },
    neighbours: {
      catalogUrl: read.address('CATALOG_URL', 'http://127.0.0.1:4102/graphql', web),
      inventoryUrl: read.address('INVENTORY_URL', 'http://127.0.0.1:4103/graphql', web),
      accountsUrl: read.address('ACCOUNTS_URL', 'http://127.0.0.1:4101', web),
      serviceSecret: read.text('SERVICE_SECRET', sampleServiceSecret),
      key: ownKey(own),
    },
  };
  const unusable = own !== undefined && ownKey(own) === undefined;
  const problems = [
    ...[...read.problems, ...signed.problems],
    ...(unusable ? ['WEIR_HMAC_OWN_KEY must be id:key, the key of 32 characters or more'] : []),
  ];
  return problems.length === 0 ? { ok: true, settings } : { ok: false, problems };
}

function readStore(read: EnvironmentReader): Store {
  const url = read.address('DATABASE_URL', '', ['postgres:', 'postgresql:']);
  if (url !== '') return { kind: 'postgres', url };
  return { kind: 'file', path: join(read.text('DATA_DIR', './data'), `${name}.db`) };
}
