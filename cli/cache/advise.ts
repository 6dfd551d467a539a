import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { reasonOf } from '../files.ts';
import { formatOption, jsonDocument, type ReportFormat } from '../report-format.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Run } from '../verb.ts';
import type { AdviceSettings } from './advice.ts';
import type { Advised } from './advice-text.ts';
import { refuse, type Refusal } from './refusal.ts';

interface Options {
  readonly ttl: string;
  readonly outdated: string;
  readonly format?: ReportFormat;
}

/** `weir cache advise`: which types would gain most from which time to live, by what was recorded. */
export function addAdvise(cache: Command, run: Run): void {
  cache
    .command('advise <recording>')
    .description('which types would gain most from which time to live, by recorded traffic')
    .optionsGroup('Behaviour:')
    .option('--ttl <times>', 'times to try, up to 6', '10s,60s,5m')
    .option('--outdated <percent>', 'hits that may show what has changed since', '1')
    .optionsGroup('Output:')
    .addOption(formatOption(['text', 'json']))
    .addHelpText('after', help)
    .action((file: string, options: Options, command: Command) =>
      run(command, (surroundings) => advise(file, options, surroundings)),
    );
}

const help = `
Examples:
  weir cache advise cache.recording
  weir cache advise cache.recording --ttl 1m,1h --outdated 0.1
  weir cache advise cache.recording --format json | jq -r .data.yaml

A gateway records with  response_cache: { record: { file: cache.recording } }  what is asked, hashed.
FILE.1 beside the recording is read before it. No running gateway and no key are needed.

Exit codes: 0 advised · 2 wrong usage or file, or nothing recorded`;

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const mostTtls = 6;

function ttlsIn(text: string): readonly number[] | undefined {
  const times = text.split(',').map((one) => {
    const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(one.trim()) ?? [];
    return Number(count) * (units[unit ?? ''] ?? Number.NaN);
  });
  const isFine = times.length <= mostTtls && times.every((time) => time > 0);
  return isFine ? times.sort((a, b) => a - b) : undefined;
}

function percentIn(text: string): number | undefined {
  const percent = Number(text);
  return text.trim() !== '' && percent >= 0 && percent <= 100 ? percent : undefined;
}

async function advise(file: string, options: Options, surroundings: Surroundings): Promise<ExitCode> {
  const { format } = options;
  const settings = settingsIn(options);
  if ('code' in settings) return refuse(command, settings, format, surroundings);
  const replayed = await replay(file, settings);
  if ('code' in replayed) return refuse(command, replayed, format, surroundings);
  const { adviceText, adviceYaml } = await import('./advice-text.ts');
  if (format === 'json') {
    const data = { ...replayed, yaml: adviceYaml(replayed.advice) };
    surroundings.out(jsonDocument({ command, exitCode: exitCodes.done, data, errors: [] }));
  } else surroundings.out(adviceText(replayed, surroundings.outPaint));
  return exitCodes.done;
}

const command = 'cache advise';

function settingsIn({ ttl, outdated }: Options): AdviceSettings | Refusal {
  const wrong = { exitCode: exitCodes.usage, code: 'WEIR-F017', hint: 'see  weir cache advise --help' };
  const ttls = ttlsIn(ttl);
  if (ttls === undefined)
    return { ...wrong, message: `--ttl ${ttl} is wrong: expected up to 6 times such as 10s,60s,5m` };
  const percent = percentIn(outdated);
  if (percent === undefined)
    return { ...wrong, message: `--outdated ${outdated} is wrong: expected a number from 0 to 100` };
  return { ttls, outdated: percent / 100 };
}

async function replay(file: string, settings: AdviceSettings): Promise<Advised | Refusal> {
  const { adviser } = await import('./advice.ts');
  const { recordedQuestion } = await import('../../gateway/model/cache-recording.ts');
  const { take, advice } = adviser(settings);
  let [from, to, unreadable] = [Infinity, -Infinity, 0];
  const takeLine = (line: string): void => {
    const question = recordedQuestion(line);
    if (question === undefined) {
      unreadable += 1;
      return;
    }
    take(question);
    from = Math.min(from, question.at);
    to = Math.max(to, question.at);
  };
  const older = `${file}.1`;
  const isThere = existsSync(file);
  for (const one of existsSync(older) ? [older, ...(isThere ? [file] : [])] : [file]) {
    const problem = await readLines(one, takeLine);
    if (problem !== undefined) return problem;
  }
  if (from === Infinity) return noRecording('WEIR-F006', `nothing is recorded in ${file}`);
  return { advice: advice(), ttls: settings.ttls, from, to, unreadable };
}

/** The problem that keeps the file from being read. A pipe is read as well as a file. */
async function readLines(file: string, take: (line: string) => void): Promise<Refusal | undefined> {
  try {
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
    for await (const line of lines) take(line);
    return undefined;
  } catch (failure) {
    // Only what the system says of a file is the user's to mend.
    if (!(failure instanceof Error && 'syscall' in failure)) throw failure;
    return whyUnreadable(file, failure);
  }
}

async function whyUnreadable(file: string, failure: Error): Promise<Refusal> {
  const { readTextFile } = await import('../../schema/compose/compose.ts');
  const read = await readTextFile(resolve(file));
  const [problem] = read.ok ? [] : read.problems;
  if (problem === undefined) return noRecording('WEIR-F003', `cannot read ${file} (${reasonOf(failure)})`);
  return noRecording(problem.code, problem.message, problem.fix);
}

const noRecording = (code: string, message: string, hint?: string): Refusal => ({
  ...{ exitCode: exitCodes.usage, code, message },
  hint: hint ?? 'a gateway records with  response_cache: { record: { file: … } }',
});
