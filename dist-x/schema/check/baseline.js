import { resolve } from 'node:path';
import { composeFile, readTextFile, shownPath } from "../compose/compose.js";
import { accepted, refused } from "../problem/problem.js";
import { openRevision } from "./git-revision.js";
/** Reads what is compared with; problems are those of the arguments (a file or revision that is not there). */
export async function readBaseline(reading) {
    const { against, env, signal } = reading;
    if (against.startsWith('git:'))
        return atRevision(against.slice(4), reading);
    if (/\.ya?ml$/.test(against)) {
        const { composition, sources } = await composeFile({ path: against, env, signal });
        if (!composition.ok)
            return composition;
        return accepted({ kind: 'schema', label: shownPath(against), sdl: composition.sdl, sources });
    }
    const text = await readTextFile(resolve(against));
    if (!text.ok)
        return text;
    const label = shownPath(against);
    const origin = { kind: 'file', shown: label, lineOffset: 0, columnOffset: 0 };
    return accepted({
        kind: 'schema',
        label,
        sdl: text.value,
        sources: [{ name: label, routingUrl: '', sdl: text.value, origin }],
    });
}
async function atRevision(ref, { config, env, signal }) {
    const revision = await openRevision(ref, resolve(config), signal);
    if (!revision.ok)
        return refused(...revision.problems);
    const { label, readText } = revision.value;
    const { composition, sources } = await composeFile({ path: config, env, signal, readText });
    if (composition.ok)
        return accepted({ kind: 'schema', label, sdl: composition.sdl, sources });
    const [first] = composition.problems;
    const reason = first?.code === 'WEIR-F001'
        ? `${label} has no ${shownPath(config)}`
        : `${label} does not compose: ${first?.message ?? ''}`;
    return accepted({ kind: 'absent', label, reason });
}
//# sourceMappingURL=baseline.js.map