import type { Cluster, Redis } from 'ioredis';
import type { LogReader } from '../model/cache-store.ts';

/** A stream in Redis, and who is told what stands in it. */
export interface Stream {
  readonly redis: Redis | Cluster;
  readonly key: string;
  readonly reader: LogReader;
}

/** Where reading goes on. */
export interface Place {
  /** What was read last. */
  readonly id: string;
  /** An entry at or before it: streams are cut from their beginning, so while it stands nothing after it was cut. */
  readonly anchor: string;
  /** Changes when another server takes over; `undefined`: not told. */
  readonly server: string | undefined;
}

/** How long a question for what is new waits for it. */
export const blockMs = 250;
/** As many as one question brings. */
const batch = 1_000;
const mostEntries = 10_000;
/** The field that holds the text. */
const field = 'invalidate';
/** Tells the beginning of a stream apart from a lost one. */
const beginning = '{"tags":[]}';

export async function append(
  { redis, key }: Omit<Stream, 'reader'>,
  text: string,
): Promise<number | undefined> {
  const id = await redis.xadd(key, 'MAXLEN', '~', mostEntries, '*', field, text);
  return id === null ? undefined : positionOf(id);
}

/** Before the first entry; what was kept before that one cannot be believed. */
export async function begin({ redis, key, reader }: Stream): Promise<Place> {
  const first = (await firstOf(redis, key)) ?? (await redis.xadd(key, '*', field, beginning));
  if (first === null) throw new Error('the stream cannot be written');
  reader.lost(positionOf(first));
  return { id: before(first), anchor: first, server: undefined };
}

async function firstOf(redis: Stream['redis'], key: string): Promise<string | undefined> {
  const [first] = await redis.xrange(key, '-', '+', 'COUNT', 1);
  return first?.[0];
}

export interface Look {
  readonly place: Place;
  /** What the clock of the server says, milliseconds since 1970. */
  readonly serverMs: number;
}

/**
 * In one step: whether the server takes what is written (it refuses the id 0-0 as the last thing, after memory, role and
 * rights; so nothing grows), who it is, whether an entry still stands, and what time it is there. As a script: in a cluster
 * it is asked of the node that has the key.
 */
const lookScript = `
local refused = redis.pcall('XADD', KEYS[1], '0-0', ARGV[2], '')
if type(refused) ~= 'table' or not refused.err or not string.find(refused.err, 'ID specified in XADD') then
  return refused
end
local info = redis.pcall('INFO', 'replication')
local time = redis.call('TIME')
return {type(info) == 'string' and info or '', #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1]), time[1], time[2]}`;

/** Rejects when others cannot write there; otherwise where to read on. */
export async function look(stream: Stream, place: Place): Promise<Look> {
  const { redis, key } = stream;
  const seen = await redis.eval(lookScript, 1, key, place.anchor, field);
  if (!Array.isArray(seen)) throw new Error(`the stream cannot be written: ${String(seen)}`);
  const [info, standing, seconds, micros] = seen as readonly unknown[];
  const server = /^master_replid:(\w+)/m.exec(String(info))?.[1];
  return {
    place: await onward(stream, place, { server, isStanding: standing === 1 }),
    serverMs: Number(seconds) * 1_000 + Number(micros) / 1_000,
  };
}

interface Seen {
  readonly server: string | undefined;
  readonly isStanding: boolean;
}

async function onward(stream: Stream, place: Place, { server, isStanding }: Seen): Promise<Place> {
  const isOther = place.server !== undefined && server !== undefined && place.server !== server;
  if (isStanding && !isOther) {
    // What nothing was read from yet keeps its anchor: there is no entry at its id.
    const isRead = isAfter(place.id, place.anchor);
    return { id: place.id, anchor: isRead ? place.id : place.anchor, server: server ?? place.server };
  }
  const first = isOther ? undefined : await firstOf(stream.redis, stream.key);
  if (first === undefined || !isAfter(first, place.id)) return anew(stream, place.id, server);
  stream.reader.lost(positionOf(first));
  return { id: before(first), anchor: first, server };
}

/**
 * Behind everything that stands there, all of which counts as lost. For one of three reasons: another server took over
 * (replicas lag, and nobody can say which drops it lacks; its clock may be behind the other's); more was cut than was read;
 * the stream was deleted. Positions still grow.
 */
async function anew(
  { redis, key, reader }: Stream,
  last: string,
  server: string | undefined,
): Promise<Place> {
  let id = await redis.xadd(key, '*', field, beginning);
  if (id !== null && !isAfter(id, last)) {
    const [ms = '0'] = last.split('-');
    id = await redis.xadd(key, `${String(Number(ms) + 1)}-0`, field, beginning);
  }
  if (id === null) throw new Error('the stream cannot be written');
  reader.lost(positionOf(id));
  return { id, anchor: id, server };
}

export interface Step {
  readonly place: Place;
  /** Whether nothing more stood in the log. */
  readonly isAll: boolean;
  /** Whether so much came that more may have been cut before it could be read. */
  readonly isMuch: boolean;
}

const much = 100;

/** Reads what is new, or waits a little for it. */
export async function next({ redis, key, reader }: Stream, place: Place): Promise<Step> {
  const answer = await redis.xread('COUNT', batch, 'BLOCK', blockMs, 'STREAMS', key, place.id);
  let id = place.id;
  let read = 0;
  for (const [, entries] of answer ?? []) {
    for (const [at, fields] of entries) {
      const text = fields.indexOf(field);
      reader.read(text < 0 ? '' : (fields[text + 1] ?? ''), positionOf(at));
      id = at;
      read += 1;
    }
  }
  reader.reached(positionOf(id));
  return { place: { ...place, id }, isAll: read < batch, isMuch: read >= much };
}

function before(id: string): string {
  const [ms, number] = parts(id);
  return number === 0 ? `${String(ms - 1)}-18446744073709551615` : `${String(ms)}-${String(number - 1)}`;
}

/** Ids are milliseconds and a count within them. */
function parts(id: string): readonly [ms: number, number: number] {
  const [ms = '0', number = '0'] = id.split('-');
  return [Number(ms), Number(number)];
}

function isAfter(id: string, other: string): boolean {
  const [[ms, number], [otherMs, otherNumber]] = [parts(id), parts(other)];
  return ms > otherMs || (ms === otherMs && number > otherNumber);
}

/** As one number they keep their order. */
function positionOf(id: string): number {
  const [ms, number] = parts(id);
  return ms * 4096 + Math.min(number, 4095);
}
