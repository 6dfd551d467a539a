import type { CheckReport } from '../../schema/check/check.ts';
import { checkSchemas } from '../../schema/check/check.ts';
import { composeFile, type ComposedFile } from '../../schema/compose/compose.ts';
import { problemText, type Paint } from '../../schema/problem/problem-text.ts';
import type { Environment } from '../settings.ts';

export interface Recomposer {
  /** What there is to say about the supergraph at the start. */
  readonly banner: string;
  /** Files to watch. */
  readonly files: readonly string[];
  /** Composes again, after a change or because it is asked to; what there is to say, or nothing when nothing is new. */
  readonly recompose: (changed: readonly string[]) => Promise<string | undefined>;
}

export interface RecomposerOptions {
  readonly config: string;
  readonly env: Environment;
  readonly paint: Paint;
  readonly now: () => Date;
}

/** Composes now, and again on demand, telling each outcome once. */
export async function createRecomposer(options: RecomposerOptions): Promise<Recomposer> {
  const read = (): Promise<ComposedFile> =>
    composeFile({ path: options.config, env: options.env, signal: AbortSignal.timeout(10_000) });
  const began = performance.now();
  const first = await read();
  let last = outcomeOf(first);
  return {
    banner: bannerText(first, performance.now() - began, options.paint),
    files: first.files,
    recompose: async (changed) => {
      const start = performance.now();
      const current = await read();
      const outcome = outcomeOf(current);
      if (outcome === last) return undefined;
      last = outcome;
      const what = changed.length === 0 ? 'asked' : `${changed.join(', ')} changed`;
      const head = `${clock(options.now())} ${what}`;
      if (!current.composition.ok) {
        const problems = current.composition.problems.map((problem) => problemText(problem, options.paint));
        return `${head} → ${options.paint.red('does not compose; the last good supergraph goes on serving')}\n${problems.join('\n\n')}\n`;
      }
      const took = Math.round(performance.now() - start);
      return `${head} → recomposed in ${took} ms${await sinceStart(first, current, options.now())}\n`;
    },
  };
}

/** Equal for outcomes that need not be told twice. */
function outcomeOf({ composition }: ComposedFile): string {
  return composition.ok ? composition.hash : JSON.stringify(composition.problems);
}

function bannerText({ composition }: ComposedFile, tookMs: number, paint: Paint): string {
  if (composition.ok) {
    const { subgraphs, typeCount, hints } = composition;
    return `  composed   ${subgraphs.length} subgraphs, ${typeCount} types, ${hints.length} hints (weir compose to see)   ${Math.round(tookMs)} ms\n`;
  }
  const problems = composition.problems.map((problem) => problemText(problem, paint));
  return `  ${paint.red('composed   not: the gateway waits for a supergraph that composes')}\n${problems.join('\n\n')}\n`;
}

async function sinceStart(first: ComposedFile, current: ComposedFile, now: Date): Promise<string> {
  if (!first.composition.ok) return '';
  const { sdl } = first.composition;
  const baseline = { kind: 'schema', label: 'start', sdl, sources: first.sources } as const;
  const report: CheckReport = await checkSchemas({
    current,
    baseline,
    operations: [],
    approvals: [],
    failOn: 'breaking',
    now,
  });
  const breaking = report.changes.filter(({ level }) => level === 'breaking' || level === 'security');
  if (breaking.length === 0) return '';
  const names = breaking.slice(0, 3).map(({ coordinate }) => coordinate);
  const more = breaking.length > names.length ? ', …' : '';
  return ` · ${breaking.length} breaking change${breaking.length === 1 ? '' : 's'} vs. start (${names.join(', ')}${more})`;
}

function clock(now: Date): string {
  return now.toTimeString().slice(0, 8);
}
