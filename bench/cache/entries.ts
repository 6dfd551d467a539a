import { counters } from '../../gateway/cache/counters.ts';
import { createStorage } from '../../gateway/cache/storage.ts';

/** What a memory with many entries takes, and how long a hit in it takes. */
export interface EntriesRow {
  readonly configuredMb: number;
  readonly put: number;
  readonly kept: number;
  /** As the memory counts. */
  readonly countedMb: number;
  /** What the process took for them. */
  readonly heapMb: number;
  /** Microseconds of one hit. */
  readonly p50: number;
  readonly p99: number;
}

const mb = 2 ** 20;
const lookUps = 200_000;

/** Fills a memory with entities as a subgraph gives them, and looks random ones up. */
export function entriesRow(configuredMb: number, put: number): EntriesRow {
  const account = counters().account('goods', 'Product');
  const storage = createStorage(
    { memoryBytes: configuredMb * mb, maxEntryBytes: 1_000_000 },
    { shared: undefined, now: Date.now, random: Math.random, onGarbage: () => undefined },
  );
  const at = Date.now();
  const until = at + 3_600_000;
  const rest = { at, freshUntil: until, staleUntil: until, errorUntil: until, stamp: 0 };
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let id = 0; id < put; id += 1) {
    const tags = ['s:goods', 't:goods:Product', `e:goods:Product:id=["${String(id)}"]`];
    const value = { id: String(id), name: `Product ${String(id)}`, price: id, inStock: true };
    const entry = { ...rest, value, tags, audience: 'public', mayNeedEscape: false } as const;
    storage.put('group', [[`P\n${String(id)}`, entry]], account);
  }
  globalThis.gc?.();
  const heapMb = (process.memoryUsage().heapUsed - before) / mb;
  const { entries: kept, bytes } = storage.size();
  const times = hits(storage, put - kept, kept);
  return { configuredMb, put, kept, countedMb: bytes / mb, heapMb, ...times };
}

/** The newest `count` ids are there. */
function hits(
  storage: ReturnType<typeof createStorage>,
  from: number,
  count: number,
): Pick<EntriesRow, 'p50' | 'p99'> {
  const times = new Float64Array(lookUps);
  for (let round = 0; round < 2; round += 1) {
    for (let at = 0; at < lookUps; at += 1) {
      const name = `P\n${String(from + Math.floor(Math.random() * count))}`;
      const began = performance.now();
      const found = storage.find('group', name);
      times[at] = (performance.now() - began) * 1000;
      if (found === undefined) throw new Error(`${name} is gone`);
    }
  }
  times.sort();
  return { p50: times[lookUps / 2] ?? 0, p99: times[(lookUps * 99) / 100] ?? 0 };
}
