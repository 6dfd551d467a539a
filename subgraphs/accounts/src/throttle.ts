export interface ThrottleSettings {
  readonly attempts: number;
  readonly windowMs: number;
  /** Names that are remembered at the same time; the oldest is forgotten first. */
  readonly names: number;
}

export type Admission = { readonly kind: 'go ahead' } | { readonly kind: 'wait'; readonly seconds: number };

export interface Throttle {
  /** Counts an attempt before its outcome is known, so that many at once cannot slip through. */
  readonly attempt: (name: string, now: number) => Admission;
  /** The attempt was a good one: what was counted is forgotten. */
  readonly succeeded: (name: string) => void;
}

interface Window {
  readonly began: number;
  readonly attempts: number;
}

const signInThrottle: ThrottleSettings = { attempts: 10, windowMs: 15 * 60_000, names: 10_000 };

/** Counts attempts by name in this process. */
export function throttle(settings: ThrottleSettings = signInThrottle): Throttle {
  const windows = new Map<string, Window>();
  return {
    attempt: (name, now) => {
      const known = windows.get(name);
      const window =
        known === undefined || now - known.began >= settings.windowMs ? { began: now, attempts: 0 } : known;
      if (window.attempts >= settings.attempts) {
        return { kind: 'wait', seconds: Math.ceil((window.began + settings.windowMs - now) / 1_000) };
      }
      windows.delete(name); // so that it moves to the young end
      windows.set(name, { began: window.began, attempts: window.attempts + 1 });
      if (windows.size > settings.names) {
        const [oldest] = windows.keys();
        if (oldest !== undefined) windows.delete(oldest);
      }
      return { kind: 'go ahead' };
    },
    succeeded: (name) => {
      windows.delete(name);
    },
  };
}
