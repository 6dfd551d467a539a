import type { TokenSource } from './identity-settings.ts';

/** Request headers, names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type FoundToken =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'malformed' };

const none: FoundToken = { kind: 'none' };
const malformed: FoundToken = { kind: 'malformed' };

/**
 * Looks through the sources in order; the first that holds something decides.
 * Anything but exactly one credential is malformed: of two tokens, two parties might believe different ones.
 */
export function findToken(sources: readonly TokenSource[], headers: RequestHeaders): FoundToken {
  for (const source of sources) {
    const found = source.kind === 'header' ? fromHeader(source, headers) : fromCookie(source.name, headers);
    if (found.kind !== 'none') return found;
  }
  return none;
}

function fromHeader(source: Extract<TokenSource, { kind: 'header' }>, headers: RequestHeaders): FoundToken {
  const value = valueOf(headers, source.name);
  if (value === undefined) return none;
  if (typeof value === 'object') return malformed;
  if (source.prefix === '') return one(value);
  const space = value.indexOf(' ');
  // The scheme is case-insensitive (RFC 9110 11.1).
  if (space < 0 || value.slice(0, space).toLowerCase() !== source.prefix.toLowerCase()) return malformed;
  return one(value.slice(space + 1).trim());
}

function fromCookie(name: string, headers: RequestHeaders): FoundToken {
  const value = valueOf(headers, 'cookie');
  if (value === undefined) return none;
  const cookies = (typeof value === 'object' ? value.join('; ') : value).split(';');
  const found = cookies.map((cookie) => cookie.trim()).filter((cookie) => cookie.startsWith(`${name}=`));
  const [first] = found;
  if (first === undefined) return none;
  return found.length > 1 ? malformed : one(first.slice(name.length + 1).replace(/^"(.*)"$/, '$1'));
}

const valueOf = (headers: RequestHeaders, name: string): string | readonly string[] | undefined => {
  if (!Object.hasOwn(headers, name)) return undefined;
  const value = headers[name];
  return typeof value === 'object' && value.length === 1 ? value[0] : value;
};

const one = (text: string): FoundToken =>
  text === '' || /[\s,;]/.test(text) ? malformed : { kind: 'token', token: text };
