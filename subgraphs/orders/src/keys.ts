import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { reasonOf, type Log } from './log.ts';

const refreshAfterMs = 10 * 60_000;
const refuseAfterMs = 24 * 60 * 60_000;
const unknownKeyCooldownMs = 5_000;
const failureCooldownMs = 1_000;
const timeoutMs = 2_000;
const maxBytes = 65_536;

export interface KeySource {
  readonly url: string;
  readonly fetch: typeof fetch;
  /** Milliseconds on a clock. */
  readonly now: () => number;
  readonly log: Log;
}

interface KnownKeys {
  readonly find: ReturnType<typeof createLocalJWKSet>;
  readonly fetchedAt: number;
}

/**
 * Finds the public key for a token. Keys are fetched when first needed and again in the background every 10 minutes;
 * while the key server is away the known ones serve on, for a day at most. jose's own remote key set refuses tokens as
 * soon as a refresh fails, which would sign everybody out.
 */
export function remoteKeys(source: KeySource): JWTVerifyGetKey {
  let known: KnownKeys | undefined;
  let triedAt = -Infinity;
  let running: Promise<void> | undefined;

  const refresh = (): Promise<void> => {
    running ??= (async () => {
      triedAt = source.now();
      try {
        known = { find: createLocalJWKSet(await fetchKeys(source)), fetchedAt: source.now() };
      } catch (error) {
        source.log('warn', 'the token keys could not be fetched', {
          url: source.url,
          reason: reasonOf(error),
        });
      } finally {
        running = undefined;
      }
    })();
    return running;
  };
  const refreshUnlessTried = async (cooldownMs: number): Promise<void> => {
    if (running !== undefined || source.now() - triedAt >= cooldownMs) await refresh();
  };
  const usable = async (): Promise<KnownKeys> => {
    if (known === undefined || source.now() - known.fetchedAt > refuseAfterMs) {
      await refreshUnlessTried(failureCooldownMs);
    } else if (source.now() - known.fetchedAt > refreshAfterMs) {
      void refreshUnlessTried(unknownKeyCooldownMs); // the known keys serve meanwhile; refresh() never rejects
    }
    if (known === undefined || source.now() - known.fetchedAt > refuseAfterMs)
      throw new Error('no token keys');
    return known;
  };

  return async (header, token) => {
    const keys = await usable();
    try {
      return await keys.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // Perhaps the keys have been changed just now. The cool-down keeps made-up key ids from flooding the key server.
      await refreshUnlessTried(unknownKeyCooldownMs);
      return (await usable()).find(header, token);
    }
  };
}

async function fetchKeys({ url, fetch }: KeySource): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`the key server answered ${response.status}`);
  }
  const keys: unknown = JSON.parse(await boundedText(response));
  return keys as JSONWebKeySet; // createLocalJWKSet checks the shape and throws JWKSInvalid
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`the key server sent more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
