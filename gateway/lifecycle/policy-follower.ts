import { policyVersion, type PolicyJudge } from '../authorize/authorize.ts';
import { followFile, type FollowedFile } from '../config/follow-file.ts';

/** Tells when the file that decides policies has changed, whichever file that is. */
export interface PolicyFollower {
  /** Follows what this one was made of from now on, and nothing else. */
  readonly follow: (judge: PolicyJudge | undefined) => void;
  readonly close: () => Promise<void>;
}

export function policyFollower(onChange: () => void): PolicyFollower {
  let followed: { readonly path: string; readonly file: FollowedFile } | undefined;
  const leaving: Promise<void>[] = [];
  return {
    follow: (judge) => {
      const source = judge?.source;
      if (source?.path === followed?.path) return;
      if (followed !== undefined) leaving.push(followed.file.close());
      followed = source && { path: source.path, file: followedFile(source, onChange) };
    },
    close: async () => {
      await Promise.all([...leaving, followed?.file.close()]);
    },
  };
}

function followedFile(
  { path, version }: NonNullable<PolicyJudge['source']>,
  onChange: () => void,
): FollowedFile {
  return followFile(path, {
    first: version,
    read: () => policyVersion(path),
    textOf: (text) => text,
    onRead: () => {
      onChange();
      return Promise.resolve();
    },
  });
}
