import { hash } from 'node:crypto';
import type { Told } from '../model/subgraph-call.ts';
import type { Principal } from '../model/principal.ts';

/** Who may be given an entry: everybody, callers of whom nothing was forwarded, or one person with the same rights. */
export type Audience = 'public' | 'anonymous' | 'own';

/** What, beside the question itself, an answer may depend on. */
export interface Variation {
  /** Partitions in which this caller may look, the widest first. */
  readonly partitions: readonly Partition[];
  /** Forwarded headers that do not say who asks. */
  readonly headers: string;
  /** Their names. */
  readonly headerNames: ReadonlySet<string>;
}

export interface Partition {
  readonly audience: Audience;
  /** Part of the key; never two people's. */
  readonly name: string;
}

const everybody: Partition = { audience: 'public', name: 'P' };
const nobody: Partition = { audience: 'anonymous', name: 'A' };

/** Tells callers apart; settings are those of a subgraph. */
export interface Identities {
  readonly access: (principal: Principal) => string;
  /** `undefined` for callers who cannot be told apart. */
  readonly own: (principal: Principal, claim: string | undefined) => Partition | undefined;
}

/** Remembers what it made of a principal for as long as somebody holds it. */
export function identities(): Identities {
  const accesses = new WeakMap<Principal, string>();
  const owns = new WeakMap<Principal, Map<string, Partition | undefined>>();
  const access = (principal: Principal): string => {
    const known = accesses.get(principal) ?? accessOf(principal);
    accesses.set(principal, known);
    return known;
  };
  return {
    access,
    own: (principal, claim) => {
      if (principal.kind === 'anonymous' || claim === undefined) return undefined;
      const known = owns.get(principal) ?? new Map<string, Partition | undefined>();
      owns.set(principal, known);
      if (known.has(claim)) return known.get(claim);
      const made = ownPartition(principal, claim, access(principal));
      known.set(claim, made);
      return made;
    },
  };
}

type Known = Extract<Principal, { kind: 'known' }>;

function ownPartition(principal: Known, claim: string, access: string): Partition | undefined {
  const value = Object.hasOwn(principal.claims, claim) ? principal.claims[claim] : undefined;
  const isName = (typeof value === 'string' && value !== '') || typeof value === 'number';
  if (!isName) return undefined;
  const text = JSON.stringify([principal.issuer, claim, value, access]);
  return { audience: 'own', name: `U${hash('sha256', text, 'base64url')}` };
}

function accessOf(principal: Principal): string {
  if (principal.kind === 'anonymous') return 'anonymous';
  const { scopes, roles, policies } = principal;
  const text = JSON.stringify([scopes, roles, policies].map((one) => [...one].sort()));
  return hash('sha256', text, 'base64url');
}

/** Header names, lower case, by what they say of who asks. */
export interface IdentityHeaders {
  /** All that say it. */
  readonly all: ReadonlySet<string>;
  /** Those that carry proof, which is renewed while its owner stays the same. */
  readonly credentials: ReadonlySet<string>;
}

export interface Varying {
  readonly told: Told;
  readonly identityHeaders: IdentityHeaders;
  readonly own: Partition | undefined;
}

/** Headers that trace a request and change no answer. */
const tracing: ReadonlySet<string> = new Set(['traceparent', 'tracestate', 'baggage', 'x-request-id', 'b3']);

export const isTracing = (header: string): boolean => tracing.has(header);

export function variation({ told, identityHeaders, own }: Varying): Variation {
  const identityNames = new Set<string>();
  const headerNames = new Set<string>();
  let headers = '';
  let who = told.claims;
  for (let at = 0; at < told.headers.length; at += 2) {
    const name = told.headers[at] ?? '';
    // A header's value holds no line break.
    const line = `${name}: ${told.headers[at + 1] ?? ''}\n`;
    if (identityHeaders.all.has(name)) {
      identityNames.add(name);
      if (!identityHeaders.credentials.has(name)) who += line;
    } else if (!isTracing(name)) {
      headerNames.add(name);
      headers += line;
    }
  }
  const partitions = [everybody];
  if (identityNames.size === 0 && told.claims === '') partitions.push(nobody);
  if (own !== undefined) partitions.push(who === '' ? own : narrowed(own, who));
  return { partitions, headers, headerNames };
}

/** One person's, as long as the subgraph is told the same of them: a claim may be a tenant's name. */
const narrowed = ({ audience, name }: Partition, who: string): Partition => ({
  audience,
  name: `U${hash('sha256', `${name}\n${who}`, 'base64url')}`,
});
