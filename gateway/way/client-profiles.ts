import { clientName } from '../model/client-name.ts';
import { defaultProfile } from '../model/client-profile.ts';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import type { Principal } from '../model/principal.ts';
import { versionRange } from '../model/version-range.ts';

export interface ProfileRule {
  /** Of the profile. */
  readonly name: string;
  readonly client: string;
  /** `undefined`: all. */
  readonly versions: readonly string[] | undefined;
}

export interface ClientProfiles {
  /** The profile of the program that asks; one that nobody names has the default profile. */
  readonly of: (request: Pick<GraphQLRequest, 'headers'>, principal: Principal) => string;
  /** Of a program whose version is not known. */
  readonly ofClient: (client: string | undefined) => string;
}

interface Candidate {
  readonly name: string;
  readonly covers: (version: string | undefined) => boolean;
}

/**
 * Tells which profile holds, by the program that a credential names, else by the headers that clients send; of several,
 * one that names the version goes before one that names none.
 */
export function clientProfiles(rules: readonly ProfileRule[]): ClientProfiles {
  const byClient = new Map<string, Candidate[]>();
  const special = rules.filter(({ versions }) => versions !== undefined);
  for (const rule of [...special, ...rules.filter(({ versions }) => versions === undefined)]) {
    const candidates = byClient.get(rule.client) ?? [];
    byClient.set(rule.client, candidates);
    candidates.push({ name: rule.name, covers: coverage(rule) });
  }
  const find = (client: string | undefined, version: string | undefined): string => {
    const candidates = client === undefined ? undefined : byClient.get(client);
    return candidates?.find(({ covers }) => covers(version))?.name ?? defaultProfile;
  };
  return {
    of: ({ headers }, principal) => {
      if (byClient.size === 0) return defaultProfile;
      const { name, version } = clientName(headers);
      const verified = principal.kind === 'known' ? principal.client : undefined;
      return find(verified ?? name, version);
    },
    ofClient: (client) => find(client, undefined),
  };
}

function coverage({ versions }: ProfileRule): Candidate['covers'] {
  if (versions === undefined) return () => true;
  const ranges = versions.flatMap((text) => versionRange(text) ?? []);
  return (version) => version !== undefined && ranges.some((covers) => covers(version));
}
