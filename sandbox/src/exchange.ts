import { isObject, jsonOf, listAt, stringAt } from './json.ts';

/** One request and how it was answered. */
export type Exchange =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly milliseconds: number;
      /** Bytes of the body, after decompression. */
      readonly bytes: number;
      /** Seconds the server asked to wait, when it said so. */
      readonly retryAfter: number | undefined;
      readonly body: unknown;
    }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'too-slow'; readonly seconds: number }
  | { readonly kind: 'too-large'; readonly megabytes: number }
  | { readonly kind: 'stopped' };

export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: unknown;
  readonly operationName?: string | undefined;
}

export interface Call {
  readonly url: string;
  readonly request: GraphQLRequest;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

const maxSeconds = 60;
const maxMegabytes = 20;

/**
 * Sends one GraphQL request. Never throws for what a server or a network may do: that is in the exchange. Waits 60 s
 * and reads 20 MB at most, since an editor that has to show more would hang the tab.
 */
export async function exchange({ url, request, headers, signal }: Call): Promise<Exchange> {
  const deadline = AbortSignal.timeout(maxSeconds * 1000);
  const started = performance.now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(request),
      headers: {
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...headers,
        'content-type': 'application/json',
      },
      signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
    });
    const text = await boundedText(response);
    if (text === undefined) return { kind: 'too-large', megabytes: maxMegabytes };
    return {
      kind: 'answered',
      status: response.status,
      milliseconds: performance.now() - started,
      bytes: new Blob([text]).size,
      retryAfter: secondsOf(response.headers.get('retry-after')),
      body: jsonOf(text) ?? notJson(response.status, text),
    };
  } catch {
    if (signal?.aborted === true) return { kind: 'stopped' };
    return deadline.aborted ? { kind: 'too-slow', seconds: maxSeconds } : { kind: 'unreachable' };
  }
}

async function boundedText(response: Response): Promise<string | undefined> {
  if (response.body === null) return '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const parts: string[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > maxMegabytes * 1024 * 1024) {
      await reader.cancel();
      return undefined;
    }
    parts.push(part.value);
  }
  return parts.join('');
}

function secondsOf(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : undefined;
}

function notJson(status: number, text: string): unknown {
  const start = text.trim().slice(0, 500);
  const message = `The server answered ${String(status)} with something that is not JSON${start === '' ? ' (an empty body).' : `: ${start}`}`;
  return { errors: [{ message }] };
}

/** The `errors` of an answer. */
export function errorsOf(body: unknown): readonly unknown[] {
  return listAt(body, 'errors');
}

/** `extensions.code` of the first error that has one. */
export function codeOf(body: unknown): string | undefined {
  for (const error of errorsOf(body)) {
    const code = isObject(error) ? stringAt(error['extensions'], 'code') : undefined;
    if (code !== undefined) return code;
  }
  return undefined;
}

/** The first error's message. */
export function messageOf(body: unknown): string | undefined {
  return stringAt(errorsOf(body)[0], 'message');
}
