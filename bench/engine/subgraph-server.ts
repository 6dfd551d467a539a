import { createServer, type AddressInfo, type Socket } from 'node:net';
import { HttpReader } from './http-reader.ts';
import { subgraphSchemas, type SubgraphName } from './shop.ts';
import { subgraph } from './subgraphs.ts';

/**
 * The four subgraphs in one process, each on a port of its own: bare sockets, every answer computed once and then sent
 * from memory, so that as little as possible of a measurement is theirs. Talks to its parent: tells its ports, counts
 * calls, and records which calls are made together.
 */

export type ToSubgraphs =
  { readonly ask: 'count' } | { readonly ask: 'record' } | { readonly ask: 'recorded' };

export interface Counted {
  readonly calls: number;
  /** Of these, with an Authorization header. */
  readonly authorized: number;
}

export interface RecordedCall {
  readonly subgraph: SubgraphName;
  readonly body: string;
}

export type FromSubgraphs =
  | { readonly told: 'ports'; readonly ports: Readonly<Record<SubgraphName, number>> }
  | { readonly told: 'count'; readonly counted: Counted }
  | { readonly told: 'recording' }
  | { readonly told: 'recorded'; readonly waves: readonly (readonly RecordedCall[])[] };

/** While recording, calls are kept back until no other has come for this long: what comes together is one wave. */
const quietMs = 80;

let calls = 0;
let authorized = 0;
let recording:
  { readonly waves: RecordedCall[][]; held: (() => void)[]; timer: NodeJS.Timeout | undefined } | undefined;

const head = (length: number): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${String(length)}\r\n\r\n`;

function serve(name: SubgraphName): (socket: Socket) => void {
  const answer = subgraph(name);
  const known = new Map<string, Buffer>();
  const learn = async (body: string): Promise<Buffer> => {
    const text = await answer(Buffer.from(body, 'latin1').toString());
    const bytes = Buffer.from(head(Buffer.byteLength(text)) + text);
    if (known.size < 10_000) known.set(body, bytes);
    return bytes;
  };
  return (socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    const reader = new HttpReader((headText, body) => {
      calls += 1;
      if (/\r\nauthorization:/i.test(headText)) authorized += 1;
      const bytes = known.get(body);
      if (recording === undefined && bytes !== undefined) {
        socket.write(bytes);
        return;
      }
      const send = (): void => {
        void (bytes === undefined ? learn(body) : Promise.resolve(bytes)).then((found) =>
          socket.write(found),
        );
      };
      if (recording === undefined) send();
      else hold({ subgraph: name, body: Buffer.from(body, 'latin1').toString() }, send);
    });
    socket.on('data', (chunk) => reader.read(chunk));
  };
}

function hold(call: RecordedCall, send: () => void): void {
  const into = recording;
  if (into === undefined) return;
  if (into.held.length === 0) into.waves.push([]);
  into.waves.at(-1)?.push(call);
  into.held.push(send);
  clearTimeout(into.timer);
  into.timer = setTimeout(() => {
    const { held } = into;
    into.held = [];
    for (const one of held) one();
  }, quietMs);
}

function tell(message: FromSubgraphs): void {
  process.send?.(message);
}

process.on('message', ({ ask }: ToSubgraphs) => {
  if (ask === 'count') {
    tell({ told: 'count', counted: { calls, authorized } });
    calls = 0;
    authorized = 0;
    return;
  }
  if (ask === 'record') {
    recording = { waves: [], held: [], timer: undefined };
    tell({ told: 'recording' });
    return;
  }
  tell({ told: 'recorded', waves: recording?.waves ?? [] });
  recording = undefined;
});
process.on('disconnect', () => process.exit());

const names = Object.keys(subgraphSchemas) as SubgraphName[];
const listening = await Promise.all(
  names.map(
    (name) =>
      new Promise<readonly [SubgraphName, number]>((resolve) => {
        const server = createServer(serve(name));
        server.listen(0, '127.0.0.1', () => resolve([name, (server.address() as AddressInfo).port]));
      }),
  ),
);
tell({ told: 'ports', ports: Object.fromEntries(listening) as Record<SubgraphName, number> });
