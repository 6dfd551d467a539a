/** Plays a recording against times to live: what would have been a hit, and what of that would have been outdated. */
export function adviser(settings) {
    const types = new Map();
    return {
        take: (question) => {
            const name = `${question.subgraph}\n${question.type}`;
            const tally = types.get(name) ?? newTally(question, settings.ttls);
            types.set(name, tally);
            count(tally, question);
        },
        advice: () => [...types.values()]
            .map((tally) => advised(tally, settings))
            .sort((one, other) => other.sparedMs - one.sparedMs || other.questions - one.questions),
    };
}
function newTally({ subgraph, type }, ttls) {
    return {
        ...{ subgraph, type, questions: 0, repeated: 0, changed: 0, hits: 0 },
        ...{ callMs: 0, calls: 0, forbidden: 0, unshareable: 0, truth: new Map() },
        trials: ttls.map((ttlMs) => ({ ttlMs, hits: 0, outdated: 0, kept: new Map() })),
    };
}
/** What no configuration overrules. */
const forbidding = new Set(['no-store', 'no-cache', 'set-cookie', 'vary: *']);
function count(tally, question) {
    const { at, key, who, answer } = question;
    countCall(tally, question);
    if (who === '?') {
        tally.unshareable += 1;
        return;
    }
    const name = `${key} ${who ?? ''}`;
    const known = tally.truth.get(name);
    if (tally.truth.has(name))
        tally.repeated += 1;
    if (answer !== undefined && known !== undefined && answer !== known)
        tally.changed += 1;
    const truth = answer ?? known;
    tally.truth.set(name, truth);
    for (const trial of tally.trials)
        play(trial, name, at, truth);
}
function countCall(tally, { ms, outcome, why }) {
    tally.questions += 1;
    if (outcome !== 'miss')
        tally.hits += 1;
    if (why !== undefined && forbidding.has(why))
        tally.forbidden += 1;
    if (ms === undefined)
        return;
    tally.callMs += ms;
    tally.calls += 1;
}
function play(trial, name, at, truth) {
    const entry = trial.kept.get(name);
    if (entry === undefined || at - entry.at >= trial.ttlMs) {
        trial.kept.set(name, { at, answer: truth });
        return;
    }
    trial.hits += 1;
    if (entry.answer !== truth)
        trial.outdated += 1;
}
/** Below this part of the questions nothing is worth a setting. */
const leastGain = 0.05;
/** A longer time must bring this part more hits than the next shorter one to be preferred. */
const leastStep = 1.1;
function advised(tally, { outdated }) {
    const { subgraph, type, questions, repeated, changed, hits, callMs, calls } = tally;
    const trials = tally.trials.map(({ ttlMs, hits: found, outdated: old }) => ({
        ...{ ttlMs, hits: found, outdated: old },
    }));
    const chosen = trials
        .filter((trial) => trial.outdated <= outdated * trial.hits)
        .reduce((best, trial) => (best === undefined || trial.hits > best.hits * leastStep ? trial : best), undefined);
    const verdict = verdictOn(tally, chosen);
    const gained = Math.max(0, (chosen?.hits ?? 0) - hits);
    return {
        ...{ subgraph, type, questions, repeated, changed, hits, callMs: Math.round(callMs), trials, verdict },
        ttlMs: verdict === 'keep it' ? chosen?.ttlMs : undefined,
        sparedMs: verdict === 'keep it' && calls > 0 ? Math.round((gained * callMs) / calls) : 0,
    };
}
function verdictOn(tally, chosen) {
    const { questions, hits, repeated, forbidden, unshareable, trials } = tally;
    if (forbidden * 2 > questions - hits)
        return 'the subgraph forbids it';
    if (unshareable * 2 > questions)
        return 'cannot be shared';
    if (repeated < leastGain * questions)
        return 'seldom asked twice';
    const gains = (trial) => (trial?.hits ?? 0) - hits >= leastGain * questions;
    if (gains(chosen))
        return 'keep it';
    return trials.some(gains) ? 'changes too often' : 'kept well already';
}
//# sourceMappingURL=advice.js.map