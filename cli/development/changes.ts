import { watch } from 'chokidar';

export interface Changes {
  /** Resolves when changes are noticed. */
  readonly ready: Promise<void>;
  readonly close: () => Promise<void>;
}

export interface ChangeOptions {
  readonly paths: readonly string[];
  /** Changes within this time are one batch: editors and generators write several files. */
  readonly settleMs: number;
  /** Gets each batch when the one before is done with. */
  readonly onChange: (paths: readonly string[]) => Promise<void>;
  readonly onTrouble: (message: string) => void;
}

/** Watches files and folders and gives their changes in batches, one at a time. */
export function watchChanges({ paths, settleMs, onChange, onTrouble }: ChangeOptions): Changes {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  const work = (): void => {
    const batch = [...changed];
    changed.clear();
    working = working
      .then(() => onChange(batch))
      .catch((failure: unknown) => {
        onTrouble(failure instanceof Error ? failure.message : 'unknown reason');
      });
  };
  const watcher = watch([...paths], {
    ignoreInitial: true,
    ignored: (path) => /[\\/](?:node_modules|dist|\.git)(?:[\\/]|$)/.test(path),
  });
  watcher.on('all', (_event, path) => {
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(work, settleMs);
  });
  const ready = new Promise<void>((resolve) => watcher.once('ready', resolve));
  watcher.on('error', (failure) => onTrouble(failure instanceof Error ? failure.message : 'cannot watch'));
  return {
    ready,
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
      await working;
    },
  };
}
