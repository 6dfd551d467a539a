import { checkSchemas } from "../../schema/check/check.js";
import { composeFile } from "../../schema/compose/compose.js";
import { problemText } from "../../schema/problem/problem-text.js";
/** Composes now, and again on demand, telling each outcome once. */
export async function createRecomposer(options) {
    const read = () => composeFile({ path: options.config, env: options.env, signal: AbortSignal.timeout(10_000) });
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
            if (outcome === last)
                return undefined;
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
function outcomeOf({ composition }) {
    return composition.ok ? composition.hash : JSON.stringify(composition.problems);
}
function bannerText({ composition }, tookMs, paint) {
    if (composition.ok) {
        const { subgraphs, typeCount, hints } = composition;
        return `  composed   ${subgraphs.length} subgraphs, ${typeCount} types, ${hints.length} hints (weir compose to see)   ${Math.round(tookMs)} ms\n`;
    }
    const problems = composition.problems.map((problem) => problemText(problem, paint));
    return `  ${paint.red('composed   not: the gateway waits for a supergraph that composes')}\n${problems.join('\n\n')}\n`;
}
async function sinceStart(first, current, now) {
    if (!first.composition.ok)
        return '';
    const { sdl } = first.composition;
    const baseline = { kind: 'schema', label: 'start', sdl, sources: first.sources };
    const report = await checkSchemas({
        current,
        baseline,
        operations: [],
        approvals: [],
        failOn: 'breaking',
        now,
    });
    const breaking = report.changes.filter(({ level }) => level === 'breaking' || level === 'security');
    if (breaking.length === 0)
        return '';
    const names = breaking.slice(0, 3).map(({ coordinate }) => coordinate);
    const more = breaking.length > names.length ? ', …' : '';
    return ` · ${breaking.length} breaking change${breaking.length === 1 ? '' : 's'} vs. start (${names.join(', ')}${more})`;
}
function clock(now) {
    return now.toTimeString().slice(0, 8);
}
//# sourceMappingURL=recomposer.js.map