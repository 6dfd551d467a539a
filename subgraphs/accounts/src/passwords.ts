import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { tooBusy } from './refusals.ts';
import { turnstile } from './turnstile.ts';

/** How dear a hash is: memory is 128 · N · r bytes, and the work is done p times. */
export interface HashCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

// 32 MB and about 0.2 s of one core; one of the settings that OWASP names for scrypt.
export const defaultCost: HashCost = { N: 32_768, r: 8, p: 3 };

const saltBytes = 16;
const hashBytes = 32;

export interface Passwords {
  /** A text with algorithm, cost and salt in it, so that the cost can be raised later. */
  readonly hash: (password: string) => Promise<string>;
  /** Takes as long for an account that is not there (no stored hash) as for a wrong password. */
  readonly matches: (password: string, stored: string | undefined) => Promise<boolean>;
}

/** Hashes two passwords at a time; refuses with TOO_BUSY when more than fifty wait. */
export async function passwords(cost: HashCost = defaultCost): Promise<Passwords> {
  const gate = turnstile({ atOnce: 2, waiting: 50 });
  const gated = <T>(work: () => Promise<T>): Promise<T> => {
    const done = gate(work);
    if (done === undefined) throw tooBusy();
    return done;
  };
  const nobody = await hashed(randomBytes(saltBytes).toString('hex'), cost);
  return {
    hash: async (password) => gated(() => hashed(password, cost)),
    matches: async (password, stored) =>
      gated(async () => (await isSame(password, stored ?? nobody)) && stored !== undefined),
  };
}

async function hashed(password: string, { N, r, p }: HashCost): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt, { N, r, p });
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

async function isSame(password: string, stored: string): Promise<boolean> {
  const [algorithm, N, r, p, salt, key] = stored.split('$');
  if (algorithm !== 'scrypt' || salt === undefined || key === undefined) {
    throw new Error('a stored password hash is not in a form that is known here');
  }
  const expected = Buffer.from(key, 'base64url');
  const given = await derive(password, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(given, expected);
}

function derive(password: string, salt: Buffer, cost: HashCost): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r };
  return new Promise((resolve, reject) => {
    // One person's two keyboards may write the same letter in two ways.
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
