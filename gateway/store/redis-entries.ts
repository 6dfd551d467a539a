import { hash, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { EntryStore, LockState, StoredText } from '../model/cache-store.ts';
import { breather, type BreatherEvents } from './breather.ts';
import { connected, reasonOf, togetherOn, within } from './redis-client.ts';

export interface EntrySettings {
  readonly urls: readonly string[];
  readonly namespace: string;
  /** For one question, milliseconds. */
  readonly timeoutMs: number;
  /** Longer texts are packed. */
  readonly packOverBytes: number;
  /** Longer texts are neither written nor believed, packed or not. */
  readonly maxTextBytes: number;
}

const pauseMs = 1_000;
/** 128 bits; an entry says whose key it was written under. */
const hashLength = 22;
const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);
/** The first letter of a value says how the rest is written: as it is, or packed, in base64 so that all values are text. */
const plain = 't';
const packed = 'z';

/** Only who holds a lock may let it last, or give it back; each script has one key, so that a cluster takes it. */
const ifOurs = (then: string): string =>
  `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call(${then}) end return 0`;
const extendScript = ifOurs("'PEXPIRE', KEYS[1], ARGV[2]");
const unlockScript = ifOurs("'DEL', KEYS[1]");
const markScript = ifOurs("'SET', KEYS[1], ARGV[2], 'PX', ARGV[3]");

/** Stands in place of a lock whose owner got nothing that could be kept; several times as long as others look for it. */
const unkept = 'unkept';
const unkeptMs = 1_000;

/**
 * Entries in Redis. Names of one group stand in one slot of a cluster, so that one question reads them all. After a
 * failure the store is left alone for a moment, and every question is answered at once as one that cannot be asked.
 */
export function redisEntries(settings: EntrySettings, events: BreatherEvents): EntryStore {
  const redis = connected(settings);
  const { ask, canAsk, close } = asker(redis, settings.timeoutMs, events);
  const token = randomUUID();
  const nameOf = (group: string, name: string): string => {
    const hashed = hash('sha256', name, 'base64url').slice(0, hashLength);
    return `${settings.namespace}:{${group}}:${hashed}`;
  };
  return {
    readMany: async (group, names) => {
      const keys = names.map((name) => nameOf(group, name));
      const found = await ask(() => redis.mget(keys));
      if (found === undefined) return undefined;
      const reading = found.map((value) => textOf(value, settings));
      const texts: Text[] = [];
      // What is not packed is there at once.
      for (const text of reading) texts.push(text instanceof Promise ? await text : text);
      return texts;
    },
    writeMany: async (group, entries) => {
      if (!canAsk()) return;
      const values = await Promise.all(entries.map(({ text }) => valueOf(text, settings)));
      await ask(async () => {
        const pipeline = redis.pipeline();
        entries.forEach(({ name, ttlMs }: StoredText, index) => {
          const value = values[index];
          if (value !== undefined)
            pipeline.set(nameOf(group, name), value, 'PX', Math.max(1, Math.ceil(ttlMs)));
        });
        await pipeline.exec();
      });
    },
    lock: async (group, name, ttlMs) => {
      const given = await ask(async () => ({
        answer: await redis.set(nameOf(group, name), token, 'PX', ttlMs, 'NX'),
      }));
      if (given === undefined) return 'unavailable';
      return given.answer === 'OK' ? 'ours' : heldAs(await ask(() => redis.get(nameOf(group, name))));
    },
    extend: async (group, name, ttlMs) => {
      await ask(() => redis.eval(extendScript, 1, nameOf(group, name), token, ttlMs));
    },
    unlock: async (group, name, leaving) => {
      const key = nameOf(group, name);
      if (leaving === 'free') await ask(() => redis.eval(unlockScript, 1, key, token));
      else await ask(() => redis.eval(markScript, 1, key, token, unkept, unkeptMs));
    },
    close,
  };
}

const aToken = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Whoever cannot be a gateway holds nothing: what somebody else wrote there might stay for ever. */
function heldAs(holder: string | null | undefined): LockState {
  if (holder === unkept) return 'unkept';
  return holder === null || holder === undefined || aToken.test(holder) ? 'held' : 'unavailable';
}

interface Asker {
  /** The answer of Redis; `undefined` when there is none. */
  readonly ask: <T>(question: () => Promise<T>) => Promise<T | undefined>;
  readonly canAsk: () => boolean;
  readonly close: () => Promise<void>;
}

function asker(redis: ReturnType<typeof connected>, timeoutMs: number, events: BreatherEvents): Asker {
  const rest = breather({ pauseMs, now: () => performance.now() }, events);
  const together = togetherOn(redis);
  let isClosed = false;
  const failed = (reason: string): void => {
    if (!isClosed) rest.failed(reason);
  };
  redis.on('error', (failure: Error) => failed(reasonOf(failure)));
  redis.on('close', () => failed('the connection was lost'));
  const canAsk = (): boolean => !isClosed && !rest.isResting();
  return {
    canAsk,
    ask: async (question) => {
      if (!canAsk() || redis.status !== 'ready') return undefined;
      try {
        const answer = await within(timeoutMs, together(question));
        rest.succeeded();
        return answer;
      } catch (failure) {
        failed(failure instanceof Error ? reasonOf(failure) : String(failure));
        return undefined;
      }
    },
    close: () => {
      isClosed = true;
      // Not QUIT: a server that hangs would never answer it.
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

async function valueOf(text: string, settings: EntrySettings): Promise<string | undefined> {
  const size = Buffer.byteLength(text);
  if (size > settings.maxTextBytes) return undefined;
  if (size <= settings.packOverBytes) return plain + text;
  const short = (await pack(text, { level: 1 })).toString('base64');
  return short.length < size ? packed + short : plain + text;
}

type Text = string | undefined;

/** What cannot be read comes back as the empty text: there is something, and it is no entry. */
function textOf(value: string | null, { maxTextBytes }: EntrySettings): Text | Promise<Text> {
  if (value === null) return undefined;
  if (value.length > maxTextBytes + 1) return '';
  if (value.startsWith(plain)) return value.slice(1);
  if (!value.startsWith(packed)) return '';
  return unpack(Buffer.from(value.slice(1), 'base64'), { maxOutputLength: maxTextBytes }).then(
    (bytes) => bytes.toString('utf8'),
    () => '',
  );
}
