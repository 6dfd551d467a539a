import { setTimeout as sleep } from 'node:timers/promises';
import { connected, reasonOf } from "./redis-client.js";
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
export function redisLog(settings, reader, events) {
    const { urls, key, timeoutMs } = settings;
    const writing = connected({ urls, timeoutMs });
    const reading = connected({ urls, timeoutMs: blockMs + Math.max(500, timeoutMs) });
    let isClosed = false;
    let isDown = false;
    let readAt = -Infinity;
    const down = (reason) => {
        if (!isDown && !isClosed)
            events.onDown(reason);
        isDown = true;
    };
    for (const redis of [writing, reading])
        redis.on('error', (failure) => down(reasonOf(failure)));
    const seen = () => {
        readAt = performance.now();
        if (isDown)
            events.onUp();
        isDown = false;
    };
    const follow = async () => {
        let last;
        while (!isClosed) {
            try {
                if (reading.status !== 'ready')
                    throw new Error('not connected');
                last = last === undefined || readAt === -Infinity ? await begin(reading, key, reader, last) : last;
                last = await next(reading, key, reader, last);
                seen();
            }
            catch (failure) {
                readAt = -Infinity;
                if (reading.status === 'ready')
                    down(wordsOf(failure));
                await sleep(pauseMs);
            }
        }
    };
    const following = follow();
    return {
        append: async (text) => {
            if (isClosed || writing.status !== 'ready')
                return undefined;
            return append(writing, key, text).catch((failure) => {
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
const wordsOf = (failure) => failure instanceof Error ? reasonOf(failure) : String(failure);
async function append(redis, key, text) {
    const id = await redis.xadd(key, 'MAXLEN', '~', mostEntries, '*', field, text);
    return id === null ? undefined : positionOf(id);
}
/** Where to read on: after what was read last, unless that was cut away meanwhile or another server took over. */
async function begin(redis, key, reader, last) {
    const server = await serverOf(redis, key);
    if (last?.server !== undefined && server !== undefined && server !== last.server)
        return anew({ redis, key, reader }, last.id, server);
    const [first] = await redis.xrange(key, '-', '+', 'COUNT', 1);
    const firstId = first?.[0] ?? (await redis.xadd(key, '*', field, beginning));
    if (firstId === null)
        throw new Error('the stream cannot be written');
    if (last !== undefined && positionOf(firstId) <= positionOf(last.id))
        return { id: last.id, server };
    reader.lost(positionOf(firstId));
    return { id: first === undefined ? firstId : before(firstId), server };
}
/** The server that holds the key, as replication calls it; a replica that takes over is called otherwise. */
async function serverOf(redis, key) {
    // As a script: in a cluster it is asked of the node that has the key.
    const text = await redis.eval("return redis.call('INFO', 'replication')", 1, key).catch(() => undefined);
    return /^master_replid:(\w+)/m.exec(String(text))?.[1];
}
/**
 * Replicas lag: the server that took over may lack the last drops, and nobody can say which. So everything from before it
 * took over is lost. Its clock may be behind the other's; positions still grow.
 */
async function anew({ redis, key, reader }, last, server) {
    let id = await redis.xadd(key, '*', field, beginning);
    if (id !== null && positionOf(id) <= positionOf(last)) {
        const [ms = '0'] = last.split('-');
        id = await redis.xadd(key, `${String(Number(ms) + 1)}-0`, field, beginning);
    }
    if (id === null)
        throw new Error('the stream cannot be written');
    reader.lost(positionOf(id));
    return { id, server };
}
/** Reads what is new, or waits a little for it. */
async function next(redis, key, reader, last) {
    const answer = await redis.xread('COUNT', batch, 'BLOCK', blockMs, 'STREAMS', key, last.id);
    let newest = last.id;
    for (const [, entries] of answer ?? []) {
        for (const [id, fields] of entries) {
            const at = fields.indexOf(field);
            const text = at < 0 ? undefined : fields[at + 1];
            if (text !== undefined)
                reader.read(text, positionOf(id));
            newest = id;
        }
    }
    reader.reached(positionOf(newest));
    return { id: newest, server: last.server };
}
function before(id) {
    const [ms = '0', number = '0'] = id.split('-');
    return number === '0'
        ? `${String(Number(ms) - 1)}-18446744073709551615`
        : `${ms}-${String(Number(number) - 1)}`;
}
/** Ids are milliseconds and a count within them; as one number they keep their order. */
function positionOf(id) {
    const [ms = '0', number = '0'] = id.split('-');
    return Number(ms) * 4096 + Math.min(Number(number), 4095);
}
//# sourceMappingURL=redis-log.js.map