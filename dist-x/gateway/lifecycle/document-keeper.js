import { setImmediate as nextTurn } from 'node:timers/promises';
import { problemText } from "../../schema/problem/problem-text.js";
import { anonymous } from "../model/principal.js";
/** Planning all documents may take this long; the rest is planned when it is asked for. */
const longestPlanningMs = 30_000;
const progressMs = 2_000;
/** Documents of which the log says what is wrong. */
const mostTold = 20;
export function documentKeeper(logger, current) {
    // One after the other: a new supergraph is held against the documents that are in force when it takes over.
    let last = Promise.resolve();
    const renew = async (trusted, read) => {
        const serving = current();
        if (serving?.basis.stages.documents.trusted !== trusted)
            return;
        const problem = read.ok
            ? await proved(serving, read.value, { logger, plans: true })
            : textOf(read.problems);
        if (problem !== undefined || !read.ok) {
            logger.error({ problems: problem }, 'documents cannot be taken over; the last good ones stay');
            return;
        }
        trusted.accept(read.value);
        logger.info({ documents: read.value.documents.length }, 'documents taken over');
    };
    const admit = async (serving) => {
        const { trusted } = serving.basis.stages.documents;
        if (trusted === undefined)
            return undefined;
        const read = trusted.isLoaded() ? { ok: true, value: trusted.current() } : await trusted.read();
        if (!read.ok)
            return textOf(read.problems);
        const { on_startup: first, on_reload: later } = serving.basis.config.persisted_queries.prewarm_query_plan_cache;
        const plans = current() === undefined ? first : later;
        const problem = await proved(serving, read.value, { logger, plans });
        if (problem !== undefined)
            return problem;
        trusted.accept(read.value);
        trusted.follow((news) => {
            last = last.then(() => renew(trusted, news));
        });
        return undefined;
    };
    return {
        admit: (serving) => {
            const admitted = last.then(() => admit(serving));
            last = admitted;
            return admitted;
        },
        settled: async () => {
            await last;
        },
    };
}
/** Tells of documents that do not fit; their text when that is a reason to refuse. */
async function proved({ service, basis }, set, { logger, plans }) {
    const proving = { ...basis.stages, service, set };
    const { operations, problems } = await validated(proving);
    const unplanned = plans ? await planned(proving, operations, logger) : [];
    const broken = [...problems, ...unplanned];
    if (broken.length === 0)
        return undefined;
    const text = textOf(broken);
    if (basis.config.persisted_queries.on_broken === 'refuse')
        return text;
    const what = { schema: service.supergraph.id.slice(0, 16), broken: broken.length, problems: text };
    logger.warn(what, 'documents that clients shipped do not fit the supergraph');
    return undefined;
}
async function validated({ documents, service, set }) {
    const operations = [];
    const problems = [];
    for (const document of set.documents) {
        for (const name of set.namesIn(document)) {
            // Requests are answered in between.
            await nextTurn();
            const prepared = documents.prepareListed(document, name, service.schema);
            if (prepared.ok)
                operations.push({ document, operation: prepared.operation });
            else
                problems.push(brokenDocument(document, name, prepared.refusal.errors[0]?.message ?? ''));
        }
    }
    return { operations, problems };
}
/** Plans for who may see everything and for who is nobody; the problems are of operations that have no plan. */
async function planned({ service }, operations, logger) {
    const problems = [];
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), longestPlanningMs);
    const room = service.planRoom;
    const wanted = operations.slice(0, room);
    let told = performance.now();
    for (const [done, { document, operation }] of wanted.entries()) {
        const failure = await planFor(service, operation, late.signal);
        if (late.signal.aborted)
            break;
        if (failure !== undefined)
            problems.push(brokenDocument(document, operation.name, failure));
        if (performance.now() - told < progressMs)
            continue;
        told = performance.now();
        logger.info({ planned: done + 1, of: operations.length }, 'planning documents');
    }
    clearTimeout(timer);
    const { aborted } = late.signal;
    if (aborted || wanted.length < operations.length) {
        const why = aborted ? 'it took too long' : 'the plan cache holds no more';
        logger.warn({ why, of: operations.length }, 'some documents are planned when they are asked for');
    }
    else if (operations.length > 0)
        logger.info({ planned: operations.length }, 'documents planned');
    return problems;
}
async function planFor(service, operation, signal) {
    const nobody = service.authorizer.authorize(operation, anonymous);
    const whole = { allowed: operation, denied: new Set(), denials: [], shape: 'all' };
    const forNobody = nobody.kind === 'allowed' && nobody.authorized.shape !== whole.shape ? [nobody.authorized] : [];
    for (const authorized of [whole, ...forNobody]) {
        const result = await service.plan(operation, authorized, signal);
        if (result.kind === 'failed' && result.failure.code === 'QUERY_PLANNING_FAILED')
            return result.failure.message;
    }
    return undefined;
}
function brokenDocument(document, name, message) {
    const shown = name ?? document.ids[0]?.slice(0, 16) ?? '';
    const client = document.client === undefined ? '' : ` of ${document.client}`;
    return {
        code: 'WEIR-K004',
        severity: 'error',
        message: `${shown}${client}: ${message}`,
        places: [{ location: document.location }],
    };
}
function textOf(problems) {
    const left = problems.length - mostTold;
    const texts = problems.slice(0, mostTold).map((problem) => problemText(problem));
    return [...texts, ...(left > 0 ? [`… and ${String(left)} more`] : [])].join('\n');
}
//# sourceMappingURL=document-keeper.js.map