import { reasonOf, type Log } from './log.ts';

export interface Repeated {
  /** No more runs; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

export interface Task {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<void>;
}

/** Runs a task at once and again some time after each end. A failed run is logged and the next one tries again. */
export function repeat(task: Task, log: Log): Repeated {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const once = async (): Promise<void> => {
    try {
      await task.run();
    } catch (error) {
      log('error', `${task.name} failed`, { reason: reasonOf(error) });
    }
    if (stopped) return;
    timer = setTimeout(() => {
      running = once();
    }, task.everyMs);
    timer.unref();
  };
  let running = once();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
