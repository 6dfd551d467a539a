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
  readonly lock: (group: string, name: string, ttlMs: number) => Promise<'ours' | 'held' | 'unavailable'>;
  /** Gives back a lock that is ours. */
  readonly unlock: (group: string, name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

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
