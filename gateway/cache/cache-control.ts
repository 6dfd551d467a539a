import { isTracing } from './variation.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the headers of a subgraph's answer say of keeping it (RFC 9111, RFC 5861). Times in seconds. */
export interface AnswerPolicy {
  /** Why it must not be kept. */
  readonly refusal: string | undefined;
  /** What is left of its lifetime; `undefined`: nothing was said. */
  readonly lifetime: number | undefined;
  readonly isPublic: boolean;
  readonly isPrivate: boolean;
  /** It must not be used when it is no longer fresh. */
  readonly mustRevalidate: boolean;
  readonly staleWhileRevalidate: number | undefined;
  readonly staleIfError: number | undefined;
  /** Request headers it depends on, lower case. */
  readonly vary: readonly string[];
}

const longestHeader = 4096;

/** Reads the headers; what contradicts itself counts as the stricter of both, what cannot be read as 0 seconds. */
export function answerPolicy(headers: Headers): AnswerPolicy {
  const directives = directivesOf(textOf(headers['cache-control']));
  const seconds = (name: string): number | undefined => {
    const given = directives.get(name);
    return given === undefined ? undefined : Math.min(...given.map(secondsOf));
  };
  const vary = (textOf(headers['vary']) ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const age = headers['age'] === undefined ? 0 : secondsOf(textOf(headers['age']) ?? '');
  const maxAge = seconds('s-maxage') ?? seconds('max-age') ?? expiresIn(headers);
  return {
    refusal: refusalOf(directives, headers, vary),
    lifetime: maxAge === undefined ? undefined : Math.max(0, maxAge - age),
    isPublic: (directives.has('public') || directives.has('s-maxage')) && !directives.has('private'),
    isPrivate: directives.has('private'),
    mustRevalidate: directives.has('must-revalidate') || directives.has('proxy-revalidate'),
    staleWhileRevalidate: seconds('stale-while-revalidate'),
    staleIfError: seconds('stale-if-error'),
    vary,
  };
}

function refusalOf(
  directives: ReadonlyMap<string, unknown>,
  headers: Headers,
  vary: readonly string[],
): string | undefined {
  if (directives.has('no-store')) return 'no-store';
  if (directives.has('no-cache')) return 'no-cache';
  if (headers['set-cookie'] !== undefined) return 'set-cookie';
  // What traces a request is no part of any key: it is another one each time.
  const name = vary.find((one) => one === '*' || isTracing(one));
  return name === undefined ? undefined : `vary: ${name}`;
}

function directivesOf(text: string | undefined): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  if (text === undefined) return found;
  // What is too long to be read completely might hold a `no-store`.
  if (text.length > longestHeader) return new Map([['no-store', ['']]]);
  for (const [, name = '', quoted, plain = ''] of text.matchAll(
    /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,]*)))?/g,
  )) {
    const key = name.toLowerCase();
    found.set(key, [...(found.get(key) ?? []), quoted ?? plain]);
  }
  return found;
}

/** RFC 9111, 4.2.1: what is no number of seconds counts as stale. */
const secondsOf = (text: string): number => (/^\d{1,10}$/.test(text.trim()) ? Number(text) : 0);

function expiresIn(headers: Headers): number | undefined {
  const expires = textOf(headers['expires']);
  if (expires === undefined) return undefined;
  const date = textOf(headers['date']);
  const seconds = (Date.parse(expires) - (date === undefined ? NaN : Date.parse(date))) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : 0;
}

const textOf = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.join(', ');

/** What a client's `Cache-Control` (or `Pragma`) asks of us. */
export interface ClientWish {
  /** Answer from the subgraphs. */
  readonly noCache: boolean;
  /** Keep nothing of this answer either. */
  readonly noStore: boolean;
}

export const noWish: ClientWish = { noCache: false, noStore: false };

export function clientWish(headers: Headers): ClientWish {
  const text = textOf(headers['cache-control']) ?? textOf(headers['pragma']);
  if (text === undefined) return noWish;
  const directives = directivesOf(text);
  const noStore = directives.has('no-store');
  const maxAge = directives.get('max-age')?.map(secondsOf);
  return { noStore, noCache: noStore || directives.has('no-cache') || maxAge?.includes(0) === true };
}
