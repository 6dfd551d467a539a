import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { InvalidArgumentError } from 'commander';
import { exitCodes } from "../exit-codes.js";
import { formatOption, jsonDocument } from "../report-format.js";
const usualTtls = [10_000, 60_000, 300_000];
/** `weir cache advise`: which types would gain most from which time to live, by what was recorded. */
export function addAdvise(cache, run) {
    cache
        .command('advise <recording>')
        .description('which types would gain most from which time to live, by recorded traffic')
        .option('--ttl <times>', 'times to try, such as 10s,60s,5m', ttlsIn, usualTtls)
        .option('--outdated <percent>', 'hits that may show what has changed since', percentIn, 1)
        .addOption(formatOption(['text', 'json']))
        .addHelpText('after', help)
        .action((file, options, command) => run(command, (surroundings) => advise(file, options, surroundings)));
}
const help = `
Examples:
  weir cache advise cache.recording
  weir cache advise cache.recording --ttl 1m,1h --outdated 0.1 --format json

A gateway records with  response_cache: { record: { file: cache.recording } }  what is asked, hashed.
FILE.1 beside the recording is read before it.

Exit codes: 0 advised · 2 wrong usage, or nothing recorded`;
const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const mostTtls = 6;
function ttlsIn(text) {
    const times = text.split(',').map((one) => {
        const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(one.trim()) ?? [];
        return Number(count) * (units[unit ?? ''] ?? Number.NaN);
    });
    if (times.length <= mostTtls && times.every((time) => time > 0))
        return times.sort((a, b) => a - b);
    throw new InvalidArgumentError('expected up to 6 times such as 10s,60s,5m');
}
function percentIn(text) {
    const percent = Number(text);
    if (text !== '' && percent >= 0 && percent <= 100)
        return percent;
    throw new InvalidArgumentError('expected a number from 0 to 100');
}
async function advise(file, options, surroundings) {
    const files = [`${file}.1`, file].filter((one) => existsSync(one));
    const { adviser } = await import("./advice.js");
    const { recordedQuestion } = await import("../../gateway/model/cache-recording.js");
    const { ttl: ttls, outdated } = options;
    const replay = adviser({ ttls, outdated: outdated / 100 });
    let [from, to, unreadable] = [Infinity, -Infinity, 0];
    for (const one of files) {
        for await (const line of createInterface({ input: createReadStream(one), crlfDelay: Infinity })) {
            const question = recordedQuestion(line);
            if (question === undefined) {
                unreadable += 1;
                continue;
            }
            replay.take(question);
            from = Math.min(from, question.at);
            to = Math.max(to, question.at);
        }
    }
    if (from === Infinity)
        return nothing(file, files.length > 0, options, surroundings);
    const advised = { advice: replay.advice(), ttls, from, to, unreadable };
    const { adviceText, adviceYaml } = await import("./advice-text.js");
    if (options.format === 'json') {
        const data = { ...advised, yaml: adviceYaml(advised.advice) };
        surroundings.out(jsonDocument({ command: 'cache advise', exitCode: exitCodes.done, data, errors: [] }));
    }
    else
        surroundings.out(adviceText(advised, surroundings.outPaint));
    return exitCodes.done;
}
function nothing(file, isThere, { format }, { out, err }) {
    const message = isThere ? `nothing is recorded in ${file}` : `no such file: ${file}`;
    const exitCode = exitCodes.usage;
    if (format === 'json')
        out(jsonDocument({
            command: 'cache advise',
            exitCode,
            data: null,
            errors: [{ code: isThere ? 'WEIR-F006' : 'WEIR-F001', message }],
        }));
    else
        err(`error: ${message}\n  a gateway records with  response_cache: { record: { file: … } }\n`);
    return exitCode;
}
//# sourceMappingURL=advise.js.map