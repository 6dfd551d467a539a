import type { Outcome } from './counters.ts';
import type { Audience } from './variation.ts';

/** What one subgraph call adds to the answer, as far as keeping it goes. */
export interface Part {
  readonly subgraph: string;
  readonly type: string;
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Why it was not asked of the cache, or not kept. */
  readonly why?: string | undefined;
  readonly ageMs: number;
  readonly keeping: Keeping | undefined;
}

/** `undefined` in a part: the answer must not be kept. */
export interface Keeping {
  readonly freshUntil: number;
  readonly askedAt: number;
  readonly audience: Audience;
  /** Whether access directives guard any of it. */
  readonly isProtected: boolean;
  readonly vary: ReadonlySet<string>;
  readonly made: readonly { readonly tags: readonly string[] }[];
}

/** All parts of one answer together. */
export interface Whole {
  readonly freshUntil: number;
  readonly askedAt: number;
  readonly audience: Audience;
  readonly isProtected: boolean;
  readonly vary: readonly string[];
}

const mostTags = 5_000;
const order: readonly Audience[] = ['public', 'anonymous', 'own'];

/** Gathers the parts of one answer; what any of them forbids, the whole forbids. */
export class AnswerParts {
  readonly all: Part[] = [];

  add(part: Part): void {
    this.all.push(part);
  }

  /** `undefined`: there were no parts, or one must not be kept. */
  whole(): Whole | undefined {
    if (this.all.length === 0) return undefined;
    let [freshUntil, askedAt, audience, isProtected] = [Infinity, Infinity, 0, false];
    const vary = new Set<string>();
    for (const { keeping } of this.all) {
      if (keeping === undefined) return undefined;
      freshUntil = Math.min(freshUntil, keeping.freshUntil);
      askedAt = Math.min(askedAt, keeping.askedAt);
      audience = Math.max(audience, order.indexOf(keeping.audience));
      isProtected ||= keeping.isProtected;
      for (const name of keeping.vary) vary.add(name);
    }
    return {
      freshUntil,
      askedAt,
      isProtected,
      vary: [...vary].sort(),
      audience: order[audience] ?? 'own',
    };
  }

  /** Everything the parts may be dropped by; `undefined`: too much to be kept. */
  tags(): readonly string[] | undefined {
    const tags = new Set<string>();
    for (const { keeping } of this.all) {
      for (const one of keeping?.made ?? []) for (const tag of one.tags) tags.add(tag);
      // An answer without all its tags could not be dropped by them.
      if (tags.size > mostTags) return undefined;
    }
    return [...tags];
  }
}
