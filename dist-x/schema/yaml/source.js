import { isAlias, isMap, isScalar, isSeq, parseDocument, } from 'yaml';
import { excerpt, looksSecret, maskedByLine, maskedText } from "./excerpt.js";
import { expand } from "./expansion.js";
import { dotted } from "./problem.js";
const largestFile = 1024 * 1024;
const mostNodes = 50_000;
const deepest = 64;
/** Parses and expands; never throws. Anchors work, within a bound on the nodes they expand to. */
export function yamlData(source, sources) {
    const decoded = decode(source.text);
    if (!decoded.ok)
        return unreadable(source.file, decoded.reason);
    return new YamlReader(source.file, decoded.text, sources).read();
}
function decode(text) {
    if (text.length > largestFile)
        return { ok: false, reason: 'the file is larger than 1 MB' };
    if (typeof text === 'string')
        return { ok: true, text: text.replace(/^\uFEFF/, '') };
    try {
        return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(text) };
    }
    catch {
        return { ok: false, reason: 'the file is not UTF-8 text' };
    }
}
function unreadable(file, message) {
    const problemAt = (path, text) => {
        return { file, line: 1, column: 1, path: dotted(path), message: text, excerpt: '' };
    };
    return {
        value: undefined,
        problems: [problemAt([], message)],
        problemAt,
        writtenAt: () => ({ placeholders: [], secret: false }),
    };
}
class YamlReader {
    #places = new Map();
    #secrets = [];
    #found = [];
    #file;
    #text;
    #sources;
    #nodes = 0;
    #shown;
    constructor(file, text, sources) {
        this.#file = file;
        this.#text = text;
        this.#sources = sources;
    }
    read() {
        let value;
        try {
            value = this.#parsed();
        }
        catch (error) {
            // The parser is recursive: text nested thousands of levels deep ends in a RangeError.
            if (!(error instanceof RangeError))
                throw error;
            return unreadable(this.#file, 'the file is nested too deeply');
        }
        return {
            value,
            problems: this.#found.map((one) => this.#problem(one.path, one.span, one.message)),
            problemAt: (path, message, mark = 'value') => this.#problem(path, this.#spanAt(path, mark), message),
            writtenAt: (path) => ({
                placeholders: this.#places.get(keyOf(path))?.placeholders ?? [],
                secret: secretPath(path),
            }),
        };
    }
    #parsed() {
        if (nestedTooDeeply(this.#text))
            throw new RangeError('nested too deeply');
        const document = parseDocument(this.#text, {
            // Looked for below: the parser's own search is quadratic.
            uniqueKeys: false,
            prettyErrors: false,
            stringKeys: true,
            logLevel: 'error',
        });
        const broken = [...document.errors, ...document.warnings];
        if (broken.length === 0)
            return this.#value(document, document.contents, []);
        this.#shown = maskedByLine(this.#text);
        for (const { pos, message } of broken.slice(0, 20)) {
            this.#found.push({ path: [], span: { start: pos[0], end: pos[1] }, message: oneLine(message) });
        }
        return undefined;
    }
    #value(document, node, path) {
        if (node === null)
            return null;
        if (++this.#nodes === mostNodes)
            this.#add(path, spanOf(node), 'the file has too many values');
        if (this.#nodes >= mostNodes)
            return undefined;
        if (path.length > deepest) {
            this.#add(path, spanOf(node), 'nested too deeply');
            return undefined;
        }
        if (isAlias(node))
            return this.#value(document, node.resolve(document) ?? null, path);
        if (isScalar(node))
            return this.#scalar(node, path);
        if (isSeq(node))
            return node.items.map((item, index) => this.#item(document, item, [...path, index]));
        if (isMap(node))
            return this.#map(document, node.items, path);
        return undefined;
    }
    #item(document, node, path) {
        this.#places.set(keyOf(path), { key: undefined, value: spanOf(node), placeholders: [] });
        return this.#value(document, node, path);
    }
    #map(document, pairs, path) {
        const entries = new Map();
        const secretName = pairs.some(({ key, value }) => textOf(key) === 'name' && looksSecret(textOf(value)));
        for (const pair of pairs) {
            const key = textOf(pair.key);
            const span = spanOf(pair.key);
            if (key === '__proto__')
                this.#add(path, span, 'this key is not allowed');
            if (entries.has(key))
                this.#add([...path, key], span, `"${oneLine(key)}" is written twice`);
            if (key === '__proto__' || entries.has(key))
                continue;
            const value = pair.value === null ? span : spanOf(pair.value);
            // `{ name: authorization, value: … }` holds a secret under a harmless key.
            if (secretName && key !== 'name' && isScalar(pair.value))
                this.#secrets.push(value);
            const at = [...path, key];
            this.#places.set(keyOf(at), { key: span, value, placeholders: [] });
            // A key without a value (all of it commented out) counts as not written, but stays a known or unknown key.
            entries.set(key, this.#value(document, pair.value, at) ?? undefined);
        }
        return Object.fromEntries(entries);
    }
    #scalar(node, path) {
        if (secretPath(path))
            this.#secrets.push(spanOf(node));
        if (typeof node.value !== 'string')
            return node.value;
        const expanded = expand(node.value, this.#sources);
        for (const problem of expanded.problems)
            this.#add(path, spanOf(node), problem);
        if (expanded.placeholders.length === 0)
            return expanded.text;
        const place = this.#places.get(keyOf(path));
        const span = spanOf(node);
        this.#places.set(keyOf(path), {
            key: place?.key,
            value: place?.value ?? span,
            placeholders: expanded.placeholders,
        });
        return node.type === 'PLAIN' ? retyped(expanded.text) : expanded.text;
    }
    #add(path, span, message) {
        this.#found.push({ path, span, message });
    }
    #spanAt(path, mark) {
        for (let length = path.length; length > 0; length--) {
            const place = this.#places.get(keyOf(path.slice(0, length)));
            if (place === undefined)
                continue;
            const key = place.key ?? place.value;
            return mark === 'key' || length < path.length ? key : place.value;
        }
        return { start: 0, end: 0 };
    }
    /** The parser's own count of lines passes over those in a text that goes on over several of them. */
    #placeOf(offset) {
        const before = this.#text.slice(0, offset);
        return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
    }
    #problem(path, span, message) {
        this.#shown ??= maskedText(this.#text, this.#secrets.toSorted((a, b) => a.start - b.start));
        const start = this.#placeOf(Math.min(span.start, this.#text.length));
        const frame = this.#text === '' ? '' : excerpt(this.#shown, span, start);
        return { file: this.#file, ...start, path: dotted(path), message, excerpt: frame };
    }
}
function textOf(node) {
    return isScalar(node) ? String(node.value) : '';
}
/** Decided by the last key, so that a whole section called `authorization` stays readable. */
function secretPath(path) {
    const key = path.findLast((step) => typeof step === 'string');
    return key !== undefined && looksSecret(key);
}
function spanOf(node) {
    const [start, end] = node.range ?? [0, 0];
    return { start, end };
}
function keyOf(path) {
    return JSON.stringify(path);
}
/** Unquoted text keeps YAML's meaning after expansion: `port: ${env.PORT}` is a number. */
function retyped(text) {
    if (/^(?:true|false)$/i.test(text))
        return text.toLowerCase() === 'true';
    if (/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text))
        return Number(text);
    return text === '' ? null : text;
}
/** A cheap bound on brackets and indentation before the recursive parser sees the text. */
function nestedTooDeeply(text) {
    let open = 0;
    for (let index = 0; index < text.length; index++) {
        const char = text.charCodeAt(index);
        if (char === 0x5b || char === 0x7b)
            open++;
        else if (char === 0x5d || char === 0x7d)
            open = Math.max(0, open - 1);
        if (open > 500)
            return true;
    }
    return /^[ \t]*(?:[-?] +){100}/m.test(text) || /^ {600}/m.test(text);
}
function oneLine(message) {
    return message.replace(/\s+/g, ' ').slice(0, 300);
}
//# sourceMappingURL=source.js.map