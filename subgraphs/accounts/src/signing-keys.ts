import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JSONWebKeySet,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';
import type { Kysely } from 'kysely';
import { randomUUID } from 'node:crypto';
import { planKeys, signingKeyOf, type KeyTimes, type WantedKey } from './key-plan.ts';
import { reasonOf, type Log } from './log.ts';
import type { SigningKeyTable, Tables } from './tables.ts';

const refreshEveryMs = 60_000;

interface LoadedKey extends KeyTimes {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export interface SigningKeys {
  /** The key to sign with at an instant. */
  signer(now: Date): { readonly kid: string; readonly privateKey: CryptoKey };
  /** What `/.well-known/jwks.json` shows: keys in use, about to be used, and those whose tokens still live. */
  published(): JSONWebKeySet;
  /** Finds the public key for a token of ours. */
  readonly find: JWTVerifyGetKey;
  /** Makes and drops keys as the time asks for; also done every minute. */
  refresh(now: Date): Promise<void>;
  close(): void;
}

export interface SigningKeySource {
  readonly db: Kysely<Tables>;
  readonly rotationHours: number;
  readonly now: () => Date;
  readonly log: Log;
}

/** Opens the keys in the database; makes the first one when there is none. */
export async function signingKeys(source: SigningKeySource): Promise<SigningKeys> {
  let keys: readonly LoadedKey[] = [];
  let find = createLocalJWKSet({ keys: [] });

  const published = (): JSONWebKeySet => ({ keys: keys.map(({ publicJwk }) => publicJwk) });
  const refresh = async (now: Date): Promise<void> => {
    keys = await loadKeys(await keptKeys(source, now), keys);
    find = createLocalJWKSet(published());
  };
  await refresh(source.now());
  const timer = setInterval(() => {
    refresh(source.now()).catch((error: unknown) => {
      source.log('warn', 'the signing keys could not be looked after', { reason: reasonOf(error) });
    });
  }, refreshEveryMs);
  timer.unref();

  return {
    signer: (now) => {
      const key = signingKeyOf(keys, now);
      if (key === undefined) throw new Error('no signing key is in use');
      return key;
    },
    published,
    find: (header, token) => find(header, token),
    refresh,
    close: () => {
      clearInterval(timer);
    },
  };
}

async function keptKeys(
  { db, rotationHours, log }: SigningKeySource,
  now: Date,
): Promise<readonly SigningKeyTable[]> {
  const stored = await readKeys(db);
  const plan = planKeys(stored, now, rotationHours);
  if (plan.make === undefined && plan.drop.length === 0) return stored;
  if (plan.drop.length > 0) await db.deleteFrom('signing_key').where('kid', 'in', plan.drop).execute();
  if (plan.make !== undefined) {
    const key = await newKey(plan.make);
    // Of two processes that make the next key at once the first wins: the instant of first use is unique.
    await db
      .insertInto('signing_key')
      .values(key)
      .onConflict((conflict) => conflict.column('sign_from').doNothing())
      .execute();
    log('info', 'signing key made', { kid: key.kid, signFrom: key.sign_from, signUntil: key.sign_until });
  }
  return readKeys(db);
}

function readKeys(db: Kysely<Tables>): Promise<readonly SigningKeyTable[]> {
  return db.selectFrom('signing_key').selectAll().orderBy('sign_from').execute();
}

async function newKey({ signFrom, signUntil }: WantedKey): Promise<SigningKeyTable> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return {
    kid: randomUUID(),
    private_jwk: JSON.stringify(await exportJWK(privateKey)),
    sign_from: signFrom.toISOString(),
    sign_until: signUntil.toISOString(),
  };
}

function loadKeys(
  stored: readonly SigningKeyTable[],
  known: readonly LoadedKey[],
): Promise<readonly LoadedKey[]> {
  return Promise.all(stored.map(async (row) => known.find(({ kid }) => kid === row.kid) ?? loadKey(row)));
}

async function loadKey(row: SigningKeyTable): Promise<LoadedKey> {
  const { kid, sign_from, sign_until } = row;
  const { d, ...publicPart } = JSON.parse(row.private_jwk) as JWK; // written by newKey
  if (d === undefined) throw new Error(`the signing key ${kid} has no private part`);
  const privateKey = await importJWK({ ...publicPart, d }, 'ES256');
  if (privateKey instanceof Uint8Array) throw new Error(`the signing key ${kid} is not an ES256 key`);
  return {
    kid,
    sign_from,
    sign_until,
    privateKey,
    publicJwk: { ...publicPart, kid, use: 'sig', alg: 'ES256' },
  };
}
