/**
 * One thing that was asked of the response cache, as a recording has it: one JSON object a line. Keys and answers are hashes
 * that cannot be turned back; times are milliseconds.
 */
export interface RecordedQuestion {
  readonly at: number;
  readonly subgraph: string;
  readonly type: string;
  /** What was asked for, whoever asked. */
  readonly key: string;
  /** Whose answer it is: absent for everybody's, `?` when it can be given to nobody else. */
  readonly who?: string;
  /** What the subgraph said; absent when it was not asked. */
  readonly answer?: string;
  /** This question's share of the call's time. */
  readonly ms?: number;
  readonly outcome: string;
  /** Why it was not kept. */
  readonly why?: string;
}

/** `undefined`: not a line of a recording. */
export function recordedQuestion(line: string): RecordedQuestion | undefined {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const one = read as Readonly<Record<string, unknown>>;
  const isRecorded =
    Number.isFinite(one['at']) &&
    needed.every((name) => typeof one[name] === 'string') &&
    optional.every((name) => ['string', 'undefined'].includes(typeof one[name])) &&
    (one['ms'] === undefined || Number.isFinite(one['ms']));
  return isRecorded ? (read as RecordedQuestion) : undefined;
}

const needed = ['subgraph', 'type', 'key', 'outcome'];
const optional = ['who', 'answer', 'why'];
