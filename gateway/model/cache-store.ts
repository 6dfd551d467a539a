/** Texts that several gateways share for a while. No method rejects, and none takes longer than the store's timeout. */
export interface EntryStore {
  /** The texts under these names, `undefined` where there is none; `undefined` as a whole: the store cannot be asked now. */
  readonly readMany: (
    group: string,
    names: readonly string[],
  ) => Promise<readonly (string | undefined)[] | undefined>;
  /** What comes at a bad time, or is too large, is dropped. */
  readonly writeMany: (group: string, entries: readonly StoredText[]) => Promise<void>;
  /** Whether a lock of this name is ours now; it ends by itself. */
  readonly lock: (group: string, name: string, ttlMs: number) => Promise<LockState>;
  /** Lets a lock that is ours last this long from now. */
  readonly extend: (group: string, name: string, ttlMs: number) => Promise<void>;
  /** Gives back a lock that is ours; `unkept` stands in its place for a moment. */
  readonly unlock: (group: string, name: string, leaving: 'free' | 'unkept') => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `unkept`: who had it last got nothing that could be kept, and waiting for the next one would be in vain. */
export type LockState = 'ours' | 'held' | 'unkept' | 'unavailable';

export interface StoredText {
  readonly name: string;
  readonly text: string;
  readonly ttlMs: number;
}

/** Texts in one order for all who write and read them. */
export interface SharedLog {
  /** The position of the text in the log; `undefined` when it could not be written. */
  readonly append: (text: string) => Promise<number | undefined>;
  /** Whether what others wrote up to a second ago is known here. */
  readonly isLive: () => boolean;
  readonly close: () => Promise<void>;
}

export interface LogReader {
  readonly read: (text: string, position: number) => void;
  /** Everything up to `position` was read. */
  readonly reached: (position: number) => void;
  /** What stood before `position` cannot be read any more. */
  readonly lost: (position: number) => void;
}
