import type { Audience } from './variation.ts';

export interface Shareable {
  readonly freshUntil: number;
  readonly askedAt: number;
  readonly audience: Audience;
  /** Whether what the caller may see shaped the answer. */
  readonly isGuarded: boolean;
}

export interface HeaderSettings {
  /** Client headers that go on to subgraphs, without those that say who asks. */
  readonly varyNames: readonly string[];
  /** Client headers that say who asks, to subgraphs or to us alone. */
  readonly identityNames: readonly string[];
  /** Whether other client headers may go on, so that no list of names is complete. */
  readonly hasPatterns: boolean;
  readonly requiresIdentity: boolean;
  readonly tagHeader: string | undefined;
}

export type AnswerHeaders = Readonly<Record<string, string>>;

const mostTagBytes = 16_384;

/** Headers of an answer that may be kept by others too: the strictest of its parts (RFC 9111). `undefined`: by nobody. */
export function answerHeaders(
  one: Shareable,
  now: number,
  settings: HeaderSettings,
): AnswerHeaders | undefined {
  const age = Math.floor((now - one.askedAt) / 1000);
  const maxAge = Math.floor((one.freshUntil - one.askedAt) / 1000);
  if (maxAge <= age) return undefined;
  const { requiresIdentity, hasPatterns, varyNames, identityNames } = settings;
  const isOwn = one.audience === 'own' || one.isGuarded || requiresIdentity || hasPatterns;
  const vary = one.audience === 'public' && !isOwn ? varyNames : [...varyNames, ...identityNames];
  return {
    'cache-control': `max-age=${String(maxAge)}, ${isOwn ? 'private' : 'public'}`,
    age: String(age),
    ...(vary.length === 0 ? {} : { vary: vary.join(', ') }),
  };
}

/** Headers in which tags are set apart by spaces (Fastly, Varnish); by commas in all others. */
const spaced: ReadonlySet<string> = new Set(['surrogate-key', 'xkey']);

/** The tags of an answer for networks that purge by tag: what it was called, its types, its subgraphs. */
export function tagHeader(name: string, tags: readonly string[]): AnswerHeaders {
  const isSpaced = spaced.has(name.toLowerCase());
  const [separator, fitting] = isSpaced ? [' ', /^[\x21-\x7e]+$/] : [',', /^[\x21-\x2b\x2d-\x7e]+$/];
  const called = tags.flatMap((tag) => (tag.startsWith('c:') ? [lastPart(tag)] : []));
  const broad = tags.flatMap((tag) => (/^[st]:/.test(tag) ? [tag.slice(2).replace(':', '.')] : []));
  const clean = [...new Set([...broad, ...called])].filter((tag) => fitting.test(tag));
  const text = clean.join(separator);
  // Cut, it could not be purged by what is left out; the types always fit.
  const value = text.length <= mostTagBytes ? text : broad.join(separator).slice(0, mostTagBytes);
  return value === '' ? {} : { [name.toLowerCase()]: value };
}

const lastPart = (tag: string): string => tag.split(':').slice(2).join(':');
