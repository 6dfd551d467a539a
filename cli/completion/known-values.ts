import { readFile } from 'node:fs/promises';
import type { Environment } from '../settings.ts';
import type { KnownKind, KnownValues } from './candidates.ts';

/** Reads what is known of the folder where the command line is typed; what cannot be read offers nothing. */
export function knownValues(env: Environment): KnownValues {
  return async (kind) => readers[kind](env).catch(() => []);
}

const readers: Readonly<Record<KnownKind, (env: Environment) => Promise<readonly string[]>>> = {
  subgraphs: async (env) => {
    const { readSupergraphFile } = await import('../../schema/compose/supergraph-file.ts');
    const { filesFrom } = await import('../../schema/yaml/yaml.ts');
    const source = { file: 'supergraph.yaml', text: await readFile('supergraph.yaml', 'utf8') };
    const read = readSupergraphFile(source, { env, readFile: filesFrom('.') }, '2.99');
    return read.ok ? read.value.subgraphs.map(({ name }) => name) : [];
  },
  callers: async () => {
    const { readCallers } = await import('../../gateway/config/callers.ts');
    const read = readCallers('callers.yaml', await readFile('callers.yaml', 'utf8'));
    return read.ok ? [...read.callers.keys()] : [];
  },
  codes: async () => {
    const { allCodes } = await import('../verbs/explain.ts');
    return [...(await allCodes()).keys()];
  },
};
