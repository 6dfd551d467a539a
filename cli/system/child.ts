import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readLines } from './lines.ts';
import type { Service } from './service.ts';

/** A running server. */
export interface Child {
  readonly pid: number | undefined;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
  /** Asks it to end, and after `graceMs` ends it and all it started. */
  readonly stop: (graceMs: number) => Promise<void>;
}

// It is loaded before anything else, so it is plain JavaScript and stays where it is when we are compiled to dist/.
const compiled = import.meta.url.endsWith('.js');
const ending = fileURLToPath(
  new URL(compiled ? '../../../cli/bin/end-with-parent.mjs' : '../bin/end-with-parent.mjs', import.meta.url),
);

/** Starts a server in a process group of its own; it ends with us even when we end without a word. */
export function startChild(service: Service, onLine: (line: string) => void): Child {
  const child = spawn(service.command, ['--import', ending, ...service.args], {
    cwd: service.cwd,
    env: { ...service.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C in a terminal goes to a whole group: only we may hear it, and then say in which order to end.
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) readLines(stream, onLine);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (failure) => resolve(failure.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
  });
  return { pid: child.pid, ended, stop: (graceMs) => stopChild(child, ended, graceMs) };
}

async function stopChild(child: ChildProcess, ended: Promise<string>, graceMs: number): Promise<void> {
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  await ended;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL'); // what the server itself may have started and left
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone, which is what was wanted.
  }
}
