import { LRUCache } from 'lru-cache';

/** Which tags were dropped when; positions are those of the log that all gateways share, or of this process alone. */
export interface Invalidations {
  /** For what is asked for now: it is newer than all that was dropped so far. */
  readonly position: () => number;
  /** Drops everything with one of these tags that was asked for before `position`. */
  readonly drop: (tags: readonly string[], position: number) => void;
  /** Everything before `position` is dropped: what happened until then is not known. */
  readonly forgetBefore: (position: number) => void;
  /** All drops up to `position` have been told. */
  readonly reached: (position: number) => void;
  readonly isValid: (entry: { readonly stamp: number; readonly tags: readonly string[] }) => boolean;
}

/** Dropped tags are remembered up to this many; with the oldest goes everything that is as old. */
const mostTags = 200_000;

export function invalidations(): Invalidations {
  let newest = 0;
  let told = 0;
  let floor = -Infinity;
  const dropped = new LRUCache<string, number>({
    max: mostTags,
    dispose: (position, _tag, reason) => {
      if (reason === 'evict') floor = Math.max(floor, position);
    },
  });
  return {
    position: () => told,
    drop: (tags, position) => {
      for (const tag of tags) dropped.set(tag, Math.max(position, dropped.peek(tag) ?? 0));
      newest = Math.max(newest, position);
    },
    forgetBefore: (position) => {
      floor = Math.max(floor, position);
      newest = Math.max(newest, position);
    },
    reached: (position) => {
      told = Math.max(told, position);
      newest = Math.max(newest, position);
    },
    isValid: ({ stamp, tags }) => {
      if (stamp >= newest) return true;
      if (stamp < floor) return false;
      for (const tag of tags) if ((dropped.peek(tag) ?? -Infinity) > stamp) return false;
      return true;
    },
  };
}
