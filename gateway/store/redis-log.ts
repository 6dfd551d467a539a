import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, Redis } from 'ioredis';
import type { LogReader, SharedLog } from '../model/cache-store.ts';
import { connected, reasonOf } from './redis-client.ts';
import type { BreatherEvents } from './breather.ts';

export interface LogSettings {
  readonly urls: readonly string[];
  /** Key of the stream. */
  readonly key: string;
  readonly timeoutMs: number;
}

/** What was read longer ago than this may have been followed by something that is not known here. */
const liveMs = 1_000;
const blockMs = 250;
const pauseMs = 100;
const mostEntries = 10_000;
const batch = 1_000;
/** The field that holds the text. */
const field = 'invalidate';
/** Tells the beginning of a stream apart from a lost one. */
const beginning = '{"tags":[]}';

/** A stream in Redis that everybody appends to and reads from its beginning. */
export function redisLog(settings: LogSettings, reader: LogReader, events: BreatherEvents): SharedLog {
  const { urls, key, timeoutMs } = settings;
  const writing = connected({ urls, timeoutMs });
  const reading = connected({ urls, timeoutMs: blockMs + Math.max(500, timeoutMs) });
  let isClosed = false;
  let isDown = false;
  let readAt = -Infinity;
  const down = (reason: string): void => {
    if (!isDown && !isClosed) events.onDown(reason);
    isDown = true;
  };
  for (const redis of [writing, reading]) redis.on('error', (failure: Error) => down(reasonOf(failure)));
  const seen = (): void => {
    readAt = performance.now();
    if (isDown) events.onUp();
    isDown = false;
  };
  const follow = async (): Promise<void> => {
    let last: Place | undefined;
    while (!isClosed) {
      try {
        if (reading.status !== 'ready') throw new Error('not connected');
        last = last === undefined || readAt === -Infinity ? await begin(reading, key, reader, last) : last;
        const { place, isAll } = await next(reading, key, reader, last);
        last = place;
        if (isAll) seen();
      } catch (failure) {
        readAt = -Infinity;
        if (reading.status === 'ready') down(wordsOf(failure));
        await sleep(pauseMs);
      }
    }
  };
  const following = follow();
  return {
    append: async (text) => {
      if (isClosed || writing.status !== 'ready') return undefined;
      return append(writing, key, text).catch((failure: unknown) => {
        down(wordsOf(failure));
        return undefined;
      });
    },
    isLive: () => performance.now() - readAt < liveMs,
    close: async () => {
      isClosed = true;
      writing.disconnect();
      reading.disconnect();
      await following;
    },
  };
}

type Connection = Redis | Cluster;

const wordsOf = (failure: unknown): string =>
  failure instanceof Error ? reasonOf(failure) : String(failure);

async function append(redis: Connection, key: string, text: string): Promise<number | undefined> {
  const id = await redis.xadd(key, 'MAXLEN', '~', mostEntries, '*', field, text);
  return id === null ? undefined : positionOf(id);
}

/** What was read last, and from whom. */
interface Place {
  readonly id: string;
  /** Changes when another server takes over; `undefined`: not told. */
  readonly server: string | undefined;
}

/** Where to read on: after what was read last, unless that was cut away meanwhile or another server took over. */
async function begin(
  redis: Connection,
  key: string,
  reader: LogReader,
  last: Place | undefined,
): Promise<Place> {
  const server = await serverOf(redis, key);
  if (last?.server !== undefined && server !== undefined && server !== last.server)
    return anew({ redis, key, reader }, last.id, server);
  const [first] = await redis.xrange(key, '-', '+', 'COUNT', 1);
  const firstId = first?.[0] ?? (await redis.xadd(key, '*', field, beginning));
  if (firstId === null) throw new Error('the stream cannot be written');
  if (last !== undefined && positionOf(firstId) <= positionOf(last.id)) return { id: last.id, server };
  reader.lost(positionOf(firstId));
  return { id: first === undefined ? firstId : before(firstId), server };
}

/** The server that holds the key, as replication calls it; a replica that takes over is called otherwise. */
async function serverOf(redis: Connection, key: string): Promise<string | undefined> {
  // As a script: in a cluster it is asked of the node that has the key.
  const text = await redis.eval("return redis.call('INFO', 'replication')", 1, key).catch(() => undefined);
  return /^master_replid:(\w+)/m.exec(String(text))?.[1];
}

interface Reading {
  readonly redis: Connection;
  readonly key: string;
  readonly reader: LogReader;
}

/**
 * Replicas lag: the server that took over may lack the last drops, and nobody can say which. So everything from before it
 * took over is lost. Its clock may be behind the other's; positions still grow.
 */
async function anew({ redis, key, reader }: Reading, last: string, server: string): Promise<Place> {
  let id = await redis.xadd(key, '*', field, beginning);
  if (id !== null && positionOf(id) <= positionOf(last)) {
    const [ms = '0'] = last.split('-');
    id = await redis.xadd(key, `${String(Number(ms) + 1)}-0`, field, beginning);
  }
  if (id === null) throw new Error('the stream cannot be written');
  reader.lost(positionOf(id));
  return { id, server };
}

interface Step {
  readonly place: Place;
  /** Whether nothing more stood in the log. */
  readonly isAll: boolean;
}

/** Reads what is new, or waits a little for it. */
async function next(redis: Connection, key: string, reader: LogReader, last: Place): Promise<Step> {
  const answer = await redis.xread('COUNT', batch, 'BLOCK', blockMs, 'STREAMS', key, last.id);
  let newest = last.id;
  let read = 0;
  for (const [, entries] of answer ?? []) {
    for (const [id, fields] of entries) {
      const at = fields.indexOf(field);
      reader.read(at < 0 ? '' : (fields[at + 1] ?? ''), positionOf(id));
      newest = id;
      read += 1;
    }
  }
  reader.reached(positionOf(newest));
  return { place: { id: newest, server: last.server }, isAll: read < batch };
}

function before(id: string): string {
  const [ms = '0', number = '0'] = id.split('-');
  return number === '0'
    ? `${String(Number(ms) - 1)}-18446744073709551615`
    : `${ms}-${String(Number(number) - 1)}`;
}

/** Ids are milliseconds and a count within them; as one number they keep their order. */
function positionOf(id: string): number {
  const [ms = '0', number = '0'] = id.split('-');
  return Number(ms) * 4096 + Math.min(Number(number), 4095);
}
