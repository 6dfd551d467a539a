/**
 * Takes HTTP/1.1 messages out of a socket's bytes: enough of the protocol for a benchmark's two ends, which both speak
 * keep-alive with `content-length` or chunks. Texts are latin1: one character per byte.
 */
export class HttpReader {
  readonly #onMessage: (head: string, body: string) => void;
  #pending = '';

  constructor(onMessage: (head: string, body: string) => void) {
    this.#onMessage = onMessage;
  }

  read(chunk: Buffer): void {
    this.#pending = this.#pending + chunk.toString('latin1');
    while (this.#next());
  }

  #next(): boolean {
    const text = this.#pending;
    const headEnd = text.indexOf('\r\n\r\n');
    if (headEnd < 0) return false;
    const headText = text.slice(0, headEnd);
    const start = headEnd + 4;
    const length = /\r\ncontent-length: *(\d+)/i.exec(headText)?.[1];
    if (length === undefined && /\r\ntransfer-encoding: *chunked/i.test(headText)) {
      return this.#nextChunked(headText, start);
    }
    const end = start + Number(length ?? 0);
    if (text.length < end) return false;
    this.#pending = text.length === end ? '' : text.slice(end);
    this.#onMessage(headText, text.slice(start, end));
    return this.#pending !== '';
  }

  #nextChunked(headText: string, start: number): boolean {
    const text = this.#pending;
    let body = '';
    for (let at = start; ;) {
      const lineEnd = text.indexOf('\r\n', at);
      if (lineEnd < 0) return false;
      const size = parseInt(text.slice(at, lineEnd), 16);
      const chunkStart = lineEnd + 2;
      if (text.length < chunkStart + size + 2) return false;
      body += text.slice(chunkStart, chunkStart + size);
      at = chunkStart + size + 2;
      if (size > 0) continue;
      this.#pending = text.slice(at);
      this.#onMessage(headText, body);
      return this.#pending !== '';
    }
  }
}
