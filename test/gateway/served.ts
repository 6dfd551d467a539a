import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../cli/bin/weir.js', import.meta.url));

/** A gateway in a process of its own, as users run it. */
export interface Served {
  /** Where GraphQL is answered. */
  readonly url: string;
  signal(name: 'SIGTERM' | 'SIGINT'): void;
  /** The exit code. */
  readonly ended: Promise<number | null>;
  readonly output: () => string;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [command, 'serve', ...args]);
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (chunk: string) => (text[name] += chunk));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, text, ended };
}

/** `weir serve`, until it says where it serves. Rejects when it ends before. */
export async function serve(...args: readonly string[]): Promise<Served> {
  const { child, text, ended } = start(args);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = /serving (\S+)/.exec(text.stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => reject(new Error(`ended too early:\n${text.stdout}${text.stderr}`)));
  });
  const output = (): string => text.stdout + text.stderr;
  return { url, ended, output, signal: (name) => void child.kill(name) };
}

/** `weir serve` that is expected to end by itself. */
export async function serveInVain(...args: readonly string[]): Promise<Ended> {
  const { child, text, ended } = start(args);
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const code = await ended;
  clearTimeout(timer);
  return { code, ...text };
}
