import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  apiKeyFileText,
  apiKeyProblem,
  readApiKeyFile,
  type ApiKey,
} from '../../gateway/identity/identity.ts';
import { reasonOf } from '../files.ts';

export type Changed =
  { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

/** What becomes of the keys, or why nothing does. */
export type Change = (
  keys: readonly ApiKey[],
) => readonly ApiKey[] | { readonly code: string; readonly message: string };

/**
 * Changes a file of API keys as a whole or not at all; a file that is not there counts as one without keys. Only its owner
 * can read what is written. Two changes at the same time cannot lose one of them.
 */
export async function changeKeys(path: string, change: Change): Promise<Changed> {
  const target = resolve(path);
  const next = `${target}.next`;
  const lock = await open(next, 'wx', 0o600).catch((failure: unknown) => reasonOf(failure));
  if (typeof lock === 'string') return refusal(path, next, lock);
  // From then on a file of that name is another's.
  let isRenamed = false;
  try {
    const file = readApiKeyFile(target);
    if (file.kind === 'unusable')
      return { ok: false, code: 'WEIR-F015', message: `${path}: ${file.problem}` };
    const keys = change(file.kind === 'absent' ? [] : file.keys);
    if (!isKeys(keys)) return { ok: false, ...keys };
    const text = apiKeyFileText(keys);
    const problem = apiKeyProblem(text);
    if (problem !== undefined) return { ok: false, code: 'WEIR-F017', message: problem };
    await lock.writeFile(text);
    await lock.sync();
    await rename(next, target);
    isRenamed = true;
    return { ok: true };
  } catch (failure) {
    return refusal(path, next, reasonOf(failure));
  } finally {
    await lock.close();
    if (!isRenamed) await rm(next, { force: true });
  }
}

const isKeys = (changed: ReturnType<Change>): changed is readonly ApiKey[] => Array.isArray(changed);

function refusal(path: string, next: string, reason: string): Changed {
  if (reason !== 'EEXIST')
    return { ok: false, code: 'WEIR-F014', message: `cannot write ${path}: ${reason}` };
  const message = `${path} is being changed by another weir keys; if none runs, remove ${next}`;
  return { ok: false, code: 'WEIR-F016', message };
}
