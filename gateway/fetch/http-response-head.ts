export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Everything before a response's body. */
export interface ResponseHead {
  readonly status: number;
  /** Names in lower case; what came several times is a list. */
  readonly headers: AnswerHeaders;
  /** How the end of the body is told: its length in bytes, or otherwise. */
  readonly framing: number | 'chunked' | 'until close';
  /** How long the connection may wait for its next request, in milliseconds; 0: it must not be used again. */
  readonly keepAlive: number;
}

/** Without a hint of the server. */
const usualKeepAlive = 60_000;
/** A server's own wait ends while a request is on its way; so much before that it gets none. */
const keepAliveMargin = 1_000;

const headerName = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

/** Reads a head without its empty last line; throws for one that is not plainly right (RFC 9112). */
export function responseHead(text: string): ResponseHead {
  const lines = text.split('\r\n');
  const [, minor, code] = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/.exec(lines[0] ?? '') ?? [];
  if (code === undefined) throw new Error('The answer is not HTTP/1.1');
  const status = Number(code);
  if (status === 101) throw new Error('The answer changes the protocol');
  const headers: Record<string, string | string[]> = { __proto__: null as never };
  for (let at = 1; at < lines.length; at += 1) addHeader(headers, lines[at] ?? '');
  const framing = framingOf(status, headers);
  return { status, headers, framing, keepAlive: keepAliveOf(minor === '1', framing, headers) };
}

function addHeader(headers: Record<string, string | string[]>, line: string): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon));
  const value = line.slice(colon + 1).trim();
  if (!headerName.test(name) || value.includes('\n') || value.includes('\r') || value.includes('\0'))
    throw new Error('The answer has a header that is none');
  const key = name.toLowerCase();
  const before = headers[key];
  if (before === undefined) headers[key] = value;
  else if (typeof before === 'string') headers[key] = [before, value];
  else before.push(value);
}

function framingOf(status: number, headers: AnswerHeaders): ResponseHead['framing'] {
  const coding = headers['transfer-encoding'];
  const length = headers['content-length'];
  if (status < 200 || status === 204 || status === 304) return 0;
  if (coding !== undefined) {
    if (length !== undefined || typeof coding !== 'string' || coding.toLowerCase() !== 'chunked')
      throw new Error('The answer says in two ways, or in an unknown one, where it ends');
    return 'chunked';
  }
  if (length === undefined) return 'until close';
  if (typeof length !== 'string' || !/^\d{1,15}$/.test(length))
    throw new Error('The answer has a length that is none');
  return Number(length);
}

function keepAliveOf(
  isCurrent: boolean,
  framing: ResponseHead['framing'],
  { connection, 'keep-alive': hint }: AnswerHeaders,
): number {
  if (!isCurrent || framing === 'until close') return 0;
  if (connection !== undefined && String(connection).toLowerCase() !== 'keep-alive') return 0;
  const seconds = /\btimeout\s*=\s*(\d{1,6})/i.exec(String(hint ?? ''))?.[1];
  if (seconds === undefined) return usualKeepAlive;
  return Math.max(0, Math.min(usualKeepAlive, Number(seconds) * 1_000 - keepAliveMargin));
}
