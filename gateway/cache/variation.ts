import { hash } from 'node:crypto';
import type { CallContext } from '../model/subgraph-call.ts';
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
  /** Names of the forwarded headers that say who asks. */
  readonly identityNames: ReadonlySet<string>;
  /** Equal for callers with equal rights. */
  readonly access: string;
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

export interface Varying {
  /** Names and values in turn of what is forwarded. */
  readonly forwarded: readonly string[];
  readonly identityHeaders: ReadonlySet<string>;
  readonly own: Partition | undefined;
  readonly access: string;
}

/** Headers that trace a request and change no answer. */
const tracing: ReadonlySet<string> = new Set(['traceparent', 'tracestate', 'baggage', 'x-request-id', 'b3']);

export function variation({ forwarded, identityHeaders, own, access }: Varying): Variation {
  const identityNames = new Set<string>();
  const headerNames = new Set<string>();
  let headers = '';
  for (let at = 0; at < forwarded.length; at += 2) {
    const name = forwarded[at] ?? '';
    if (identityHeaders.has(name)) identityNames.add(name);
    else if (!tracing.has(name)) {
      headerNames.add(name);
      // A header's value holds no line break.
      headers += `${name}: ${forwarded[at + 1] ?? ''}\n`;
    }
  }
  const partitions = [everybody];
  if (identityNames.size === 0) partitions.push(nobody);
  if (own !== undefined) partitions.push(own);
  return { partitions, headers, headerNames, identityNames, access };
}

export type ForwardedTo = (subgraph: string, context: CallContext) => readonly string[];
