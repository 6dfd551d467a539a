import { plain } from '../../schema/problem/problem-text.ts';
import { runCommand } from '../../cli/program.ts';
import { readSettings } from '../../cli/settings.ts';

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** One command line of `weir`, as people see it without colours. */
export async function runWeir(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const told = { out: '', err: '' };
  const settings = readSettings(env);
  if (!settings.ok) throw new Error(settings.problem);
  const exitCode = await runCommand(args, {
    ...{ env, settings: settings.settings, root: process.cwd(), version: '0' },
    out: (text) => void (told.out += text),
    err: (text) => void (told.err += text),
    input: () => Promise.resolve(''),
    ...{ paint: plain, outPaint: plain, interactive: false },
    ...{ stop: new AbortController().signal, self: ['weir'], now: () => new Date() },
  });
  return { exitCode, ...told };
}
