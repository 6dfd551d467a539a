/** `data` as finished JSON text, where Apollo Server expects an object. */
export class FinishedData {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /** The data as an object, for plugins that want to look at it. */
  toJSON(): unknown {
    return JSON.parse(this.#text) as unknown;
  }
}
