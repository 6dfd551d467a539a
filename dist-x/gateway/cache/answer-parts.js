const mostTags = 5_000;
const order = ['public', 'anonymous', 'own'];
/** Gathers the parts of one answer; what any of them forbids, the whole forbids. */
export class AnswerParts {
    all = [];
    add(part) {
        this.all.push(part);
    }
    /** `undefined`: there were no parts, or one must not be kept. */
    whole() {
        if (this.all.length === 0)
            return undefined;
        let [freshUntil, askedAt, audience, isProtected] = [Infinity, Infinity, 0, false];
        const vary = new Set();
        for (const { keeping } of this.all) {
            if (keeping === undefined)
                return undefined;
            freshUntil = Math.min(freshUntil, keeping.freshUntil);
            askedAt = Math.min(askedAt, keeping.askedAt);
            audience = Math.max(audience, order.indexOf(keeping.audience));
            isProtected ||= keeping.isProtected;
            for (const name of keeping.vary)
                vary.add(name);
        }
        return {
            freshUntil,
            askedAt,
            isProtected,
            vary: [...vary].sort(),
            audience: order[audience] ?? 'own',
        };
    }
    /** Everything the parts may be dropped by; `undefined`: too much to be kept. */
    tags() {
        const tags = new Set();
        for (const { keeping } of this.all) {
            for (const one of keeping?.made ?? [])
                for (const tag of one.tags)
                    tags.add(tag);
            // An answer without all its tags could not be dropped by them.
            if (tags.size > mostTags)
                return undefined;
        }
        return [...tags];
    }
}
//# sourceMappingURL=answer-parts.js.map