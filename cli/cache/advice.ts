import type { RecordedQuestion } from '../../gateway/model/cache-recording.ts';

/** What keeping a type's answers for one time would have come to, for the questions that were recorded. */
export interface Trial {
  readonly ttlMs: number;
  /** Questions that would have cost no call. */
  readonly hits: number;
  /** Hits that would have shown what the subgraph no longer said. */
  readonly outdated: number;
}

/** What was asked of one type of one subgraph, and what is advised for it. */
export interface TypeAdvice {
  readonly subgraph: string;
  readonly type: string;
  readonly questions: number;
  /** Questions that somebody with the same right to the answer had asked before. */
  readonly repeated: number;
  /** Answers of the subgraph that differed from the one before. */
  readonly changed: number;
  /** Questions that cost no call when they were recorded. */
  readonly hits: number;
  /** Time of all calls for it, as recorded. */
  readonly callMs: number;
  readonly trials: readonly Trial[];
  /** The time to live that is advised; `undefined`: none is worth it. */
  readonly ttlMs: number | undefined;
  /** What to do, or why there is nothing to do. */
  readonly verdict: Verdict;
  /** Time of calls that the advice would have spared. */
  readonly sparedMs: number;
}

export type Verdict =
  | 'keep it'
  | 'kept well already'
  | 'try longer times'
  | 'seldom asked twice'
  | 'changes too often'
  | 'the subgraph forbids it'
  | 'cannot be shared';

export interface AdviceSettings {
  /** Times to try, in ascending order. */
  readonly ttls: readonly number[];
  /** Largest part of hits that may be outdated, 0 to 1. */
  readonly outdated: number;
}

/** Takes questions in the order in which they were asked. */
export interface Adviser {
  readonly take: (question: RecordedQuestion) => void;
  /** What gains most first. */
  readonly advice: () => readonly TypeAdvice[];
}

/** Plays a recording against times to live: what would have been a hit, and what of that would have been outdated. */
export function adviser(settings: AdviceSettings): Adviser {
  const types = new Map<string, Tally>();
  return {
    take: (question) => {
      const name = `${question.subgraph}\n${question.type}`;
      const tally = types.get(name) ?? newTally(question, settings.ttls);
      types.set(name, tally);
      count(tally, question);
    },
    advice: () =>
      [...types.values()]
        .map((tally) => advised(tally, settings))
        .sort((one, other) => other.sparedMs - one.sparedMs || other.questions - one.questions),
  };
}

interface Tally extends Pick<TypeAdvice, 'subgraph' | 'type'> {
  questions: number;
  repeated: number;
  changed: number;
  hits: number;
  callMs: number;
  calls: number;
  forbidden: number;
  unshareable: number;
  /** What each key's answer was when the subgraph last said it. */
  readonly truth: Map<string, string | undefined>;
  readonly trials: readonly TrialTally[];
}

interface TrialTally {
  readonly ttlMs: number;
  hits: number;
  outdated: number;
  readonly kept: Map<string, { readonly at: number; readonly answer: string | undefined }>;
}

function newTally({ subgraph, type }: RecordedQuestion, ttls: readonly number[]): Tally {
  return {
    ...{ subgraph, type, questions: 0, repeated: 0, changed: 0, hits: 0 },
    ...{ callMs: 0, calls: 0, forbidden: 0, unshareable: 0, truth: new Map() },
    trials: ttls.map((ttlMs) => ({ ttlMs, hits: 0, outdated: 0, kept: new Map() })),
  };
}

/** What no configuration overrules. */
const forbidding: ReadonlySet<string> = new Set(['no-store', 'no-cache', 'set-cookie', 'vary: *']);

function count(tally: Tally, question: RecordedQuestion): void {
  const { at, key, who, answer } = question;
  countCall(tally, question);
  if (who === '?') {
    tally.unshareable += 1;
    return;
  }
  const name = `${key} ${who ?? ''}`;
  const known = tally.truth.get(name);
  if (tally.truth.has(name)) tally.repeated += 1;
  if (answer !== undefined && known !== undefined && answer !== known) tally.changed += 1;
  const truth = answer ?? known;
  tally.truth.set(name, truth);
  for (const trial of tally.trials) play(trial, name, at, truth);
}

function countCall(tally: Tally, { ms, outcome, why }: RecordedQuestion): void {
  tally.questions += 1;
  if (outcome !== 'miss') tally.hits += 1;
  if (why !== undefined && forbidding.has(why)) tally.forbidden += 1;
  if (ms === undefined) return;
  tally.callMs += ms;
  tally.calls += 1;
}

function play(trial: TrialTally, name: string, at: number, truth: string | undefined): void {
  const entry = trial.kept.get(name);
  if (entry === undefined || at - entry.at >= trial.ttlMs) {
    trial.kept.set(name, { at, answer: truth });
    return;
  }
  trial.hits += 1;
  if (entry.answer !== truth) trial.outdated += 1;
}

/** Below this part of the questions nothing is worth a setting. */
const leastGain = 0.05;
/** A longer time must bring this part more hits than the next shorter one to be preferred. */
const leastStep = 1.1;

function advised(tally: Tally, { outdated }: AdviceSettings): TypeAdvice {
  const { subgraph, type, questions, repeated, changed, hits, callMs, calls } = tally;
  const trials = tally.trials.map(({ ttlMs, hits: found, outdated: old }) => ({
    ...{ ttlMs, hits: found, outdated: old },
  }));
  const chosen = trials
    .filter((trial) => trial.outdated <= outdated * trial.hits)
    .reduce<Trial | undefined>(
      (best, trial) => (best === undefined || trial.hits > best.hits * leastStep ? trial : best),
      undefined,
    );
  const verdict = verdictOn(tally, chosen);
  const gained = Math.max(0, (chosen?.hits ?? 0) - hits);
  return {
    ...{ subgraph, type, questions, repeated, changed, hits, callMs: Math.round(callMs), trials, verdict },
    ttlMs: verdict === 'keep it' ? chosen?.ttlMs : undefined,
    sparedMs: verdict === 'keep it' && calls > 0 ? Math.round((gained * callMs) / calls) : 0,
  };
}

function verdictOn(tally: Tally, chosen: Trial | undefined): Verdict {
  const { questions, hits, repeated, forbidden, unshareable, trials } = tally;
  if (forbidden * 2 > questions - hits) return 'the subgraph forbids it';
  if (unshareable * 2 > questions) return 'cannot be shared';
  if (repeated < leastGain * questions) return 'seldom asked twice';
  const gains = (trial: Pick<Trial, 'hits'> | undefined): boolean =>
    (trial?.hits ?? 0) - hits >= leastGain * questions;
  if (gains(chosen)) return 'keep it';
  if (trials.some(gains)) return 'changes too often';
  // A time without end would answer all that was asked before.
  return gains({ hits: repeated }) ? 'try longer times' : 'kept well already';
}
