import { refusal } from '../model/refusal.ts';
import { endedBecause, type Exchange } from './exchange.ts';

export interface InFlight {
  /** Runs the work of one request with its deadline; refuses when too many run already. */
  readonly run: (exchange: Exchange, work: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  /** Resolves when nothing is in flight. */
  readonly idle: () => Promise<void>;
  /** Aborts everything in flight. */
  readonly abort: () => void;
}

/** After its deadline a request may still answer with what it has; this long, then the edge answers for it. */
const graceMs = 500;

const tooMany = refusal('REQUEST_CONCURRENCY_LIMITED', 'Too many requests at once. Try again shortly.');

/** Requests being answered: counted, each with a deadline, and with an abort when its client leaves. */
export function inFlight(settings: { readonly limit: number; readonly timeoutMs: number }): InFlight {
  const running = new Set<AbortController>();
  const waiting = new Set<() => void>();

  const run: InFlight['run'] = async (exchange, work) => {
    if (running.size >= settings.limit) {
      exchange.refuse(tooMany, { headers: { 'retry-after': '1' } });
      return;
    }
    const controller = new AbortController();
    const { response } = exchange;
    const onClose = (): void => {
      if (!response.writableFinished) controller.abort(endedBecause('client left'));
    };
    let grace: NodeJS.Timeout | undefined;
    const deadline = setTimeout(() => {
      controller.abort(endedBecause('deadline'));
      grace = setTimeout(
        () => exchange.refuse(refusal('GATEWAY_TIMEOUT', 'The request took too long.')),
        graceMs,
      );
    }, settings.timeoutMs);
    running.add(controller);
    response.once('close', onClose);
    try {
      await work(controller.signal);
    } finally {
      clearTimeout(deadline);
      clearTimeout(grace);
      response.off('close', onClose);
      running.delete(controller);
      if (running.size === 0) for (const tell of waiting) tell();
    }
  };

  return {
    run,
    idle: async () => {
      if (running.size === 0) return;
      await new Promise<void>((resolve) => waiting.add(resolve));
    },
    abort: () => {
      for (const controller of running) controller.abort(endedBecause('stopping'));
    },
  };
}
