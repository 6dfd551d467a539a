import { readFile } from 'node:fs/promises';
/** Reads what is known of the folder where the command line is typed; what cannot be read offers nothing. */
export function knownValues(env) {
    return async (kind) => readers[kind](env).catch(() => []);
}
const readers = {
    subgraphs: async (env) => {
        const { readSupergraphFile } = await import("../../schema/compose/supergraph-file.js");
        const { filesFrom } = await import("../../schema/yaml/yaml.js");
        const source = { file: 'supergraph.yaml', text: await readFile('supergraph.yaml', 'utf8') };
        const read = readSupergraphFile(source, { env, readFile: filesFrom('.') }, '2.99');
        return read.ok ? read.value.subgraphs.map(({ name }) => name) : [];
    },
    callers: async () => {
        const { readCallers } = await import("../../gateway/config/callers.js");
        const read = readCallers('callers.yaml', await readFile('callers.yaml', 'utf8'));
        return read.ok ? [...read.callers.keys()] : [];
    },
    codes: async () => {
        const { allCodes } = await import("../verbs/explain.js");
        return [...(await allCodes()).keys()];
    },
};
//# sourceMappingURL=known-values.js.map