import { exitCodes } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Refusal } from './refusal.ts';

export interface Question {
  /** `response_cache.invalidation` of the gateway, as the user wrote it. */
  readonly url: string;
  readonly key: string | undefined;
  /** What is asked below that address, such as `/stats`. */
  readonly below: string;
  readonly search?: URLSearchParams;
  /** What is posted; nothing: it is got. */
  readonly body?: unknown;
  /** The field by which an answer is one of a gateway. */
  readonly expects: string;
}

export type Answer =
  { readonly ok: true; readonly body: unknown } | { readonly ok: false; readonly refusal: Refusal };

const longestMs = 10_000;

/** The answer's JSON, or why there is none. */
export async function ask(question: Question, { stop }: Surroundings): Promise<Answer> {
  const address = addressOf(question);
  if (address === undefined) return refused(wrongAddress(question.url));
  if (!isHeader(question.key ?? '')) return refused(wrongKey);
  const wait = new AbortController();
  const timer = setTimeout(() => wait.abort(), longestMs);
  const leave = (): void => wait.abort();
  stop.addEventListener('abort', leave);
  try {
    const { body, key = '', expects } = question;
    const response = await fetch(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: key, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: wait.signal,
    });
    return answerIn(await response.text(), { status: response.status, address, expects });
  } catch {
    return refused(unreached(address, wait.signal.aborted));
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', leave);
  }
}

const refused = (refusal: Refusal): Answer => ({ ok: false, refusal });

function addressOf({ url, below, search }: Question): URL | undefined {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol) || address.username !== '')
    return undefined;
  if (below !== '') address.pathname = address.pathname.replace(/\/+$/, '') + below;
  address.search = search?.toString() ?? '';
  return address;
}

function isHeader(text: string): boolean {
  try {
    new Headers({ authorization: text });
    return true;
  } catch {
    return false;
  }
}

interface Answered {
  readonly status: number;
  readonly address: URL;
  readonly expects: string;
}

function answerIn(text: string, { status, address, expects }: Answered): Answer {
  const body = objectIn(text);
  const problem = body?.['error'];
  if (status === 200 && body !== undefined && expects in body) return { ok: true, body };
  if (typeof problem !== 'string') return refused(noGateway(address, status));
  const isUsage = status === 400 || status === 404;
  return refused({
    exitCode: isUsage ? exitCodes.usage : exitCodes.surroundings,
    code: isUsage ? 'WEIR-F017' : 'WEIR-N005',
    // One invalidation is sent: its place in the list tells nobody anything.
    message: `${problem.replace(/^\[0\]\.?/, '')} (${String(status)})`,
    hint: status === 401 ? 'give it by --key, or in WEIR_INVALIDATION_KEY' : `at  ${address.href}`,
  });
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const read = JSON.parse(text) as unknown;
    return typeof read === 'object' && read !== null ? { ...read } : undefined;
  } catch {
    return undefined;
  }
}

const wrongAddress = (url: string): Refusal => ({
  ...{ exitCode: exitCodes.usage, code: 'WEIR-F017' },
  message: `--url ${url} is no address`,
  hint: 'expected one such as  http://127.0.0.1:4009/invalidation',
});

const wrongKey: Refusal = {
  ...{ exitCode: exitCodes.usage, code: 'WEIR-F017' },
  message: 'the key holds what no header can: a line break, or letters beyond Latin-1',
  hint: "give the gateway's shared_key by --key, or in WEIR_INVALIDATION_KEY",
};

const noGateway = (address: URL, status: number): Refusal => ({
  ...{ exitCode: exitCodes.surroundings, code: 'WEIR-N005' },
  message: `not an answer of a gateway (${String(status)}): ${address.href}`,
  hint: '--url is where response_cache.invalidation of the gateway listens, not where GraphQL is answered',
});

const unreached = (address: URL, isLate: boolean): Refusal => ({
  ...{ exitCode: exitCodes.surroundings, code: 'WEIR-N005' },
  message: `${isLate ? 'no answer in 10 s' : 'not reached'}: ${address.href}`,
  hint: isLate
    ? 'is --url the address of response_cache.invalidation?'
    : 'a gateway listens there once its gateway.yaml has response_cache.invalidation.shared_key; elsewhere: --url',
});
