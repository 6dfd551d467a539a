import type { AnswerPolicy } from './cache-control.ts';
import type { SubgraphCacheSettings } from './cache-settings.ts';
import type { DocumentFacts, SchemaHint } from './document-facts.ts';
import type { Partition, Variation } from './variation.ts';

/** Whether an answer may be kept, for whom and how long. Milliseconds. */
export type Verdict =
  | {
      readonly kind: 'keep';
      readonly partition: Partition;
      readonly ttlMs: number;
      readonly staleMs: number;
      readonly errorMs: number;
    }
  | {
      readonly kind: 'skip';
      readonly why: string;
      /** Whose it would be if it had a time to live. */
      readonly partition: Partition | undefined;
    };

export interface Case {
  readonly policy: AnswerPolicy;
  readonly document: Pick<DocumentFacts, 'schemaHint' | 'topTypes' | 'types'>;
  readonly settings: SubgraphCacheSettings;
  readonly variation: Variation;
  /** See `CacheSettings`. */
  readonly identityHeaders: ReadonlySet<string>;
  readonly maxTtlMs: number;
}

const skip = (why: string, partition?: Partition): Verdict => ({ kind: 'skip', why, partition });

/** Nothing is kept unless subgraph, schema or configuration said so; of several words the strictest holds. */
export function verdict(one: Case): Verdict {
  const { policy, settings, maxTtlMs } = one;
  if (policy.refusal !== undefined) return skip(policy.refusal);
  const ttlMs = Math.min(lifetimeMs(one), maxTtlMs);
  const partition = partitionFor(one);
  if (ttlMs <= 0) return skip('no time to live', partition);
  if (partition === undefined) return skip('private, and the caller cannot be told apart');
  const { staleWhileRevalidate, staleIfError, mustRevalidate } = policy;
  const longer = (seconds: number | undefined, otherwise: number): number =>
    mustRevalidate ? 0 : Math.min(seconds === undefined ? otherwise : seconds * 1000, maxTtlMs);
  return {
    ...{ kind: 'keep', partition, ttlMs },
    staleMs: longer(staleWhileRevalidate, settings.staleWhileRevalidateMs),
    errorMs: longer(staleIfError, settings.staleIfErrorMs),
  };
}

/**
 * The configuration's times by type stand in place of what is said if all that is asked for has one, and always bound the
 * whole: what holds a type is kept no longer than the type.
 */
function lifetimeMs({ policy, document, settings }: Case): number {
  const timesOf = (type: string): readonly number[] =>
    Object.hasOwn(settings.types, type) ? [settings.types[type] ?? 0] : [];
  const bound = Math.min(...[...document.types].flatMap(timesOf));
  const { topTypes } = document;
  if (topTypes.length > 0 && topTypes.every((type) => timesOf(type).length > 0)) return bound;
  return Math.min(bound, saidMs(policy, document.schemaHint, settings.ttlMs));
}

function saidMs(policy: AnswerPolicy, { least, complete }: SchemaHint, otherwise: number): number {
  if (policy.lifetime !== undefined) return Math.min(policy.lifetime, least ?? Infinity) * 1000;
  return complete === undefined ? otherwise : complete * 1000;
}

/**
 * `public` has to be said; without it, what was asked with somebody's identity is that person's. `undefined`: nobody may be
 * given it.
 */
function partitionFor({ policy, document, variation, identityHeaders }: Case): Partition | undefined {
  const find = (audience: Partition['audience']): Partition | undefined =>
    variation.partitions.find((one) => one.audience === audience);
  const { isPrivate, complete = 0, isOwn } = document.schemaHint;
  if (policy.isPrivate || isPrivate) return find('own');
  // Of all that is in the answer, and by the subgraph that gave it.
  const saidBySchema = policy.lifetime === undefined && complete > 0 && isOwn;
  const dependsOnIdentity = policy.vary.some((name) => identityHeaders.has(name));
  if ((policy.isPublic || saidBySchema) && !dependsOnIdentity) return find('public');
  return find('anonymous') ?? find('own');
}
