import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Log } from './log.ts';
import { failure, type Route, type RouteRequest } from './server.ts';

/** Keys of those who are believed, by the key's id. */
export type SignatureKeys = ReadonlyMap<string, string>;

export interface SignatureSettings {
  /** What the supergraph calls this service. */
  readonly name: string;
  /** `undefined`: whoever can connect is answered. */
  readonly keys: SignatureKeys | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Why a request is not believed; `undefined` when it is. */
export type CheckSignature = (request: Omit<RouteRequest, 'search'>) => string | undefined;

const maxAgeMs = 30_000;
const maxAheadMs = 5_000;
/** Signatures remembered against a second use; beyond that the oldest are forgotten early. */
const maxRemembered = 250_000;
const shortestKey = 32;

const shape =
  /^v1; key=([\w.-]{1,64}); time=(\d{13}); nonce=([\w.-]{8,64}); headers=([!#$%&'*+.^`|~\w,-]{0,2000}); hmac=([\w-]{43})$/;
/** Headers that say who asks: an unsigned one may be anybody's. */
const aboutIdentity = /^(authorization|cookie|x[-_]user[-_].*)$/;

/** Reads `id:key`, several of them behind commas: the keys that are believed while one takes over from another. */
export function signatureKeys(text: string | undefined): {
  readonly keys: SignatureKeys | undefined;
  readonly problems: readonly string[];
} {
  if (text === undefined) return { keys: undefined, problems: [] };
  const keys = new Map<string, string>();
  for (const entry of text.split(',')) {
    const [, id, key = ''] = /^([\w.-]{1,64}):([\x21-\x7e]*)$/.exec(entry.trim()) ?? [];
    if (id === undefined || key.length < shortestKey || keys.has(id)) {
      // The value is not repeated: it may hold a key.
      const problem = `WEIR_HMAC_KEYS must be id:key, several behind commas, each key of ${shortestKey} characters or more`;
      return { keys: undefined, problems: [problem] };
    }
    keys.set(id, key);
  }
  return { keys, problems: [] };
}

/** The route, answered only for requests that somebody signed who has a key; the log says why another one is refused. */
export function signedOnly(route: Route, settings: SignatureSettings, log: Log): Route {
  const { name, keys, now } = settings;
  if (keys === undefined) return route;
  const check = signatureCheck({ name, keys, now });
  return {
    method: route.method,
    answer: async (request) => {
      const reason = check(request);
      if (reason === undefined) return route.answer(request);
      log('warn', 'a request was refused that our gateway did not sign', { reason });
      return failure(401, 'UNAUTHENTICATED', 'This service answers its gateway only.');
    },
  };
}

/** Checks signatures as docs/contracts/identity.md has them; each is good once, within half a minute. */
export function signatureCheck({
  name,
  keys,
  now,
}: SignatureSettings & { readonly keys: SignatureKeys }): CheckSignature {
  const isNew = firstUses(now);
  return (request) => {
    const { headers } = request;
    const header = headers['weir-signature'];
    if (header === undefined) return 'it is not signed';
    const signature = parsed(String(header));
    if (signature === undefined) return 'its signature cannot be read';
    const key = keys.get(signature.id);
    if (key === undefined) return 'its key is not known';
    const { signed, time, hmac } = signature;
    const unsigned = Object.keys(headers).find((one) => aboutIdentity.test(one) && !signed.includes(one));
    if (unsigned !== undefined) return `its header ${unsigned} is not signed`;
    const expected = createHmac('sha256', key)
      .update(signedText(name, signature, request), 'latin1')
      .digest();
    if (!isEqual(expected, hmac)) return 'its signature is wrong';
    const age = now() - Number(time);
    if (age > maxAgeMs || age < -maxAheadMs) return `it was signed ${Math.round(age / 1000)} s ago`;
    // Not the text that came: several texts stand for the same bytes.
    return isNew(expected.toString('base64url')) ? undefined : 'its signature was used before';
  };
}

interface Signature {
  readonly id: string;
  readonly time: string;
  readonly nonce: string;
  /** Names of the headers that are signed, in their order. */
  readonly signed: readonly string[];
  readonly hmac: string;
}

function parsed(header: string): Signature | undefined {
  const [, id, time = '', nonce = '', list = '', hmac = ''] = shape.exec(header) ?? [];
  return id === undefined ? undefined : { id, time, nonce, signed: list === '' ? [] : list.split(','), hmac };
}

function signedText(
  name: string,
  { id, time, nonce, signed }: Signature,
  { method, path, headers, body }: Omit<RouteRequest, 'search'>,
): string {
  const bodyHash = createHash('sha256').update(body, 'utf8').digest('hex');
  const values = signed.map((one) => `${one}:${String(headers[one] ?? '')}`);
  return ['weir-hmac-v1', id, name, time, nonce, method, path, bodyHash, ...values].join('\n');
}

function isEqual(expected: Buffer, hmac: string): boolean {
  const given = Buffer.from(hmac, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Tells first uses from second ones for as long as a signature is good, in memory of bounded size. */
function firstUses(now: () => number): (hmac: string) => boolean {
  const lasting = maxAgeMs + maxAheadMs;
  let [recent, older] = [new Set<string>(), new Set<string>()];
  let since = now();
  return (hmac) => {
    if (now() - since > lasting || recent.size >= maxRemembered) {
      older = now() - since > 2 * lasting ? new Set() : recent;
      recent = new Set();
      since = now();
    }
    if (recent.has(hmac) || older.has(hmac)) return false;
    recent.add(hmac);
    return true;
  };
}
