import { readFileSync } from 'node:fs';

/**
 * Where the time of a `.cpuprofile` went, without idle time: by folder or package, and by function.
 * `node --import tsx bench/engine/profile.ts FILE [ROWS]`
 */

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const [file = '', rows = '45'] = process.argv.slice(2);
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
const byPlace = new Map<string, number>();
const byOurs = new Map<string, number>();
const parents = new Map(
  nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
);
const byFunction = new Map<string, number>();
let total = 0;
// What came before the middle was start and warm-up.
for (let at = samples.length >> 1; at < samples.length; at += 1) {
  const frame = frames.get(samples[at] ?? 0);
  const time = timeDeltas[at] ?? 0;
  if (frame === undefined || frame.functionName === '(idle)') continue;
  total += time;
  const place = placeOf(frame.url) || frame.functionName;
  add(byPlace, place, time);
  add(byOurs, ours(samples[at] ?? 0), time);
  add(
    byFunction,
    `${frame.functionName || '(anonymous)'}  ${shortUrl(frame.url)}:${String(frame.lineNumber + 1)}`,
    time,
  );
}
print('by place', byPlace, 30);
print('charged to the innermost function of ours', byOurs, 40);
print('by function', byFunction, Number(rows));

function add(into: Map<string, number>, key: string, time: number): void {
  into.set(key, (into.get(key) ?? 0) + time);
}

/** The innermost frame that is neither Node's nor a package's. */
function ours(id: number): string {
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const frame = frames.get(at);
    if (frame !== undefined && /\/(dist|builds)\//.test(frame.url) && !frame.url.includes('node_modules'))
      return `${frame.functionName || '(anonymous)'}  ${shortUrl(frame.url)}:${String(frame.lineNumber + 1)}`;
  }
  return outermost(id);
}

function outermost(id: number): string {
  let name = '';
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const frame = frames.get(at);
    if (frame !== undefined && frame.functionName !== '(root)')
      name = `${frame.functionName || '(anonymous)'}  ${shortUrl(frame.url)}`;
  }
  return name;
}

function placeOf(url: string): string {
  if (url.startsWith('node:')) return url.split('/').slice(0, 2).join('/');
  const parts = shortUrl(url).split('/');
  return parts[0] === 'node_modules'
    ? parts.slice(0, parts[1]?.startsWith('@') === true ? 3 : 2).join('/')
    : parts.slice(0, 3).join('/');
}

function shortUrl(url: string): string {
  return url.replace(/^.*?\/((node_modules|dist|builds)\/)/, '$1');
}

function print(title: string, times: ReadonlyMap<string, number>, most: number): void {
  const sorted = [...times].sort(([, a], [, b]) => b - a).slice(0, most);
  process.stdout.write(`\n${title} (${(total / 1000).toFixed(0)} ms)\n`);
  for (const [key, time] of sorted)
    process.stdout.write(`${((100 * time) / total).toFixed(1).padStart(6)} %  ${key}\n`);
}
