import { z } from 'zod';
import { readYaml } from '../../schema/yaml/yaml.ts';
import { anonymous, type Principal } from '../model/principal.ts';

const words = z.array(z.string().min(1).max(500)).max(500).readonly().default([]);

const callers = z.record(
  z.string().min(1).max(100),
  z.strictObject({ scopes: words, roles: words, policies: words }),
);

export type ReadCallers =
  | { readonly ok: true; readonly callers: ReadonlyMap<string, Principal> }
  | { readonly ok: false; readonly text: string };

/** Reads `callers.yaml`: named callers with the scopes, roles and policies that a token of theirs holds. */
export function readCallers(file: string, text: string): ReadCallers {
  const noFiles = { env: {}, readFile: () => ({ ok: false, reason: 'is not read here' }) as const };
  const read = readYaml({ file, text }, callers, noFiles);
  if (!read.ok) return read;
  const named = Object.entries(read.value).map(
    ([name, { scopes, roles, policies }]) => [name, knownCaller(name, { scopes, roles, policies })] as const,
  );
  return { ok: true, callers: new Map([['anonymous', anonymous], ...named]) };
}

interface Grants {
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly policies: readonly string[];
}

function knownCaller(subject: string, { scopes, roles, policies }: Grants): Principal {
  return {
    kind: 'known',
    subject,
    issuer: '',
    scopes: new Set(scopes),
    roles: new Set(roles),
    policies: new Set(policies),
    claims: {},
    expiresAt: Number.POSITIVE_INFINITY,
  };
}
