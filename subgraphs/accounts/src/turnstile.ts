/** Lets a few through at a time and a bounded number wait; `undefined` when even the waiting room is full. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T> | undefined;

export function turnstile(limits: { readonly atOnce: number; readonly waiting: number }): Turnstile {
  const queue: (() => void)[] = [];
  let inside = 0;
  const enter = (): Promise<void> => {
    if (inside < limits.atOnce) {
      inside += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => queue.push(resolve));
  };
  const leave = (): void => {
    const next = queue.shift();
    // The place goes to the next in line, so `inside` stays.
    if (next === undefined) inside -= 1;
    else next();
  };
  return (work) => {
    if (inside >= limits.atOnce && queue.length >= limits.waiting) return undefined;
    return (async () => {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    })();
  };
}
