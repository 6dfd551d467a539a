/** `data` as finished JSON text, where Apollo Server expects an object. */
export class FinishedData {
    #text;
    constructor(text) {
        this.#text = text;
    }
    get text() {
        return this.#text;
    }
    /** The data as an object, for plugins that want to look at it. */
    toJSON() {
        return JSON.parse(this.#text);
    }
}
//# sourceMappingURL=finished-data.js.map