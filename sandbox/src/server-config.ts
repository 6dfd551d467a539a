import { useEffect, useState } from 'react';
import { parseConfig, plainConfig, type SandboxConfig } from './config.ts';
import { jsonOf } from './json.ts';

const refreshMilliseconds = 10_000;
const retryMilliseconds = 3000;

/** What is known of the server that gave this page. */
export interface ServerState {
  /** `undefined` until the first answer. */
  readonly config: SandboxConfig | undefined;
  readonly reachable: boolean;
}

type Answer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreachable' };

/** Follows `config.json`: the schema may be composed anew, or fail to, while the page is open. */
export function useServerConfig(): ServerState {
  const [state, setState] = useState<ServerState>({ config: undefined, reachable: true });
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown = '';
    const followLater = (milliseconds: number): void => {
      timer = setTimeout(() => void follow(), milliseconds); // askConfig() does not reject
    };
    const follow = async (): Promise<void> => {
      if (document.hidden && shown !== '') {
        followLater(refreshMilliseconds);
        return;
      }
      const answer = await askConfig(stop.signal);
      if (stop.signal.aborted) return;
      const changed = answer.kind === 'text' && answer.text !== shown;
      if (answer.kind === 'text') shown = answer.text;
      setState((known) => nextState(known, answer, changed));
      // A server without the file will not grow one.
      if (answer.kind !== 'absent')
        followLater(answer.kind === 'unreachable' ? retryMilliseconds : refreshMilliseconds);
    };
    void follow();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  return state;
}

function nextState(known: ServerState, answer: Answer, changed: boolean): ServerState {
  const reachable = answer.kind !== 'unreachable';
  if (answer.kind === 'text' && changed) return { config: parseConfig(jsonOf(answer.text)), reachable };
  return known.config !== undefined && known.reachable === reachable
    ? known
    : { config: known.config ?? plainConfig, reachable };
}

async function askConfig(stop: AbortSignal): Promise<Answer> {
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(5000)]);
    const response = await fetch(new URL('config.json', document.baseURI), { signal, cache: 'no-store' });
    return response.ok ? { kind: 'text', text: await response.text() } : { kind: 'absent' };
  } catch {
    return { kind: 'unreachable' };
  }
}
