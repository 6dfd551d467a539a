import { grouped, percent, textTable } from "./text-table.js";
const answered = ['hit', 'stale', 'stale-if-error', 'coalesced'];
const asked = [...answered, 'miss', 'bypass'];
/** What a gateway counted, by subgraph and type; the most asked for first. */
export function statsText(body, paint) {
    const { entries, bytes, evictions, subgraphs } = body;
    const head = `${grouped(entries)} entries in ${megabytes(bytes)}, ${grouped(evictions)} made room for others\n`;
    const all = Object.entries(subgraphs).flatMap(([subgraph, types]) => Object.entries(types).map(([type, counts]) => ({ subgraph, type, counts, asked: sum(counts, asked) })));
    if (all.length === 0)
        return `${head}nothing was asked yet\n`;
    all.sort((one, other) => other.asked - one.asked);
    const titles = [
        'subgraph',
        'type',
        'asked',
        'hits',
        'stale',
        'misses',
        'past it',
        'entries',
        'MB',
        'evicted',
        'drops',
    ];
    const rows = all.map(({ subgraph, type, counts, asked: total }) => [
        subgraph === '*' ? '(whole answers)' : subgraph,
        subgraph === '*' ? '' : type,
        grouped(total),
        percent(sum(counts, answered), total),
        grouped(sum(counts, ['stale', 'stale-if-error'])),
        grouped(sum(counts, ['miss'])),
        grouped(sum(counts, ['bypass'])),
        grouped(sum(counts, ['entries'])),
        (sum(counts, ['bytes']) / 2 ** 20).toFixed(1),
        grouped(sum(counts, ['evicted'])),
        grouped(sum(counts, ['invalidated'])),
    ]);
    return `${head}\n${textTable([titles, ...rows], 2, paint)}`;
}
const sum = (counts, names) => names.reduce((total, name) => total + (counts[name] ?? 0), 0);
const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
/** Entries by what they may be dropped by, never their data. */
export function entriesText(body, paint) {
    const { entries } = body;
    if (entries.length === 0)
        return 'no such entries in the memory of this gateway\n';
    const titles = ['for', 'state', 'age', 'left', 'bytes', 'tags'];
    const rows = entries.map(({ audience, state, age, ttl, bytes, tags }) => [
        ...[
            audience === 'own' ? 'one person' : audience,
            state,
            `${String(age)}s`,
            `${String(Math.max(0, ttl))}s`,
        ],
        ...[grouped(bytes), tags.slice(0, mostTags).join(' ') + (tags.length > mostTags ? ' …' : '')],
    ]);
    return textTable([titles, ...rows], 2, paint);
}
const mostTags = 6;
//# sourceMappingURL=kept-text.js.map