import { Agent, request } from 'undici';

const timeoutMs = 2_000;
const maxAnswerBytes = 262_144;

/** Another service could not be reached in time, or what it said makes no sense. */
export class NeighbourUnavailable extends Error {
  override readonly name = 'NeighbourUnavailable';
}

export interface WireRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends requests to other services. Each ends within 2 seconds, is answered with 256 kB at most and follows no redirect. */
export interface Wire {
  /** Rejects with NeighbourUnavailable when no JSON answer comes. */
  post(request: WireRequest): Promise<WireAnswer>;
  close(): Promise<void>;
}

export function openWire(): Wire {
  const agent = new Agent({
    connections: 32,
    connect: { timeout: 1_000 },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: maxAnswerBytes,
  });
  return {
    post: async ({ url, headers, body }) => {
      try {
        const signal = AbortSignal.timeout(timeoutMs);
        const answer = await request(url, { method: 'POST', headers, body, signal, dispatcher: agent });
        return { status: answer.statusCode, body: await answer.body.json() };
      } catch (cause) {
        throw new NeighbourUnavailable(`no usable answer from ${new URL(url).host}`, { cause });
      }
    },
    close: () => agent.close(),
  };
}
