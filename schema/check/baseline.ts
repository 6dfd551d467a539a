import { resolve } from 'node:path';
import { composeFile, readTextFile, shownPath, type SubgraphSource } from '../compose/compose.ts';
import { accepted, refused, type Checked } from '../problem/problem.ts';
import { openRevision } from './git-revision.ts';

/** What the subgraphs are compared with. */
export type Baseline =
  | {
      readonly kind: 'schema';
      /** As the report names it, such as `main (9c1f0ab)`. */
      readonly label: string;
      /** A supergraph, or a plain client schema. */
      readonly sdl: string;
      /** Its subgraphs, where known. */
      readonly sources: readonly SubgraphSource[];
    }
  | { readonly kind: 'absent'; readonly label: string; readonly reason: string };

export interface BaselineReading {
  /** `git:REF`, a `supergraph.yaml`, or a schema file. */
  readonly against: string;
  /** Path of the current `supergraph.yaml`; the same path is read at a revision. */
  readonly config: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Reads what is compared with; problems are those of the arguments (a file or revision that is not there). */
export async function readBaseline(reading: BaselineReading): Promise<Checked<Baseline>> {
  const { against, env, signal } = reading;
  if (against.startsWith('git:')) return atRevision(against.slice(4), reading);
  if (/\.ya?ml$/.test(against)) {
    const { composition, sources } = await composeFile({ path: against, env, signal });
    if (!composition.ok) return composition;
    return accepted({ kind: 'schema', label: shownPath(against), sdl: composition.sdl, sources });
  }
  const text = await readTextFile(resolve(against));
  if (!text.ok) return text;
  const label = shownPath(against);
  const origin = { kind: 'file', shown: label, lineOffset: 0, columnOffset: 0 } as const;
  return accepted({
    kind: 'schema',
    label,
    sdl: text.value,
    sources: [{ name: label, routingUrl: '', sdl: text.value, origin }],
  });
}

async function atRevision(ref: string, { config, env, signal }: BaselineReading): Promise<Checked<Baseline>> {
  const revision = await openRevision(ref, resolve(config), signal);
  if (!revision.ok) return refused(...revision.problems);
  const { label, readText } = revision.value;
  const { composition, sources } = await composeFile({ path: config, env, signal, readText });
  if (composition.ok) return accepted({ kind: 'schema', label, sdl: composition.sdl, sources });
  const [first] = composition.problems;
  const reason =
    first?.code === 'WEIR-F001'
      ? `${label} has no ${shownPath(config)}`
      : `${label} does not compose: ${first?.message ?? ''}`;
  return accepted({ kind: 'absent', label, reason });
}
