import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { SubgraphName } from './shop.ts';
import type { Counted, FromSubgraphs, RecordedCall, ToSubgraphs } from './subgraph-server.ts';

export type Waves = readonly (readonly RecordedCall[])[];

/** The running subgraphs, as the runner speaks with them. */
export interface Subgraphs {
  readonly urls: Readonly<Record<SubgraphName, string>>;
  readonly pid: number;
  /** Calls since this was last asked. */
  count(): Promise<Counted>;
  /** Which calls come while `run` runs, by waves. */
  recorded(run: () => Promise<void>): Promise<Waves>;
  stop(): void;
}

export async function startSubgraphs(script: string, pin: (pid: number) => void): Promise<Subgraphs> {
  const child = fork(script, { execArgv: [] });
  const { ports } = await told(child, 'ports');
  const pid = child.pid ?? 0;
  pin(pid);
  const ask = async <T extends FromSubgraphs['told']>(question: ToSubgraphs['ask'], answer: T) => {
    child.send({ ask: question } satisfies ToSubgraphs);
    return told(child, answer);
  };
  return {
    pid,
    urls: {
      accounts: localUrl(ports.accounts),
      inventory: localUrl(ports.inventory),
      products: localUrl(ports.products),
      reviews: localUrl(ports.reviews),
    },
    count: async () => (await ask('count', 'count')).counted,
    recorded: async (run) => {
      await ask('record', 'recording');
      await run();
      return (await ask('recorded', 'recorded')).waves;
    },
    stop: () => void child.kill(),
  };
}

const localUrl = (port: number): string => `http://127.0.0.1:${String(port)}/`;

async function told<T extends FromSubgraphs['told']>(
  child: ChildProcess,
  what: T,
): Promise<Extract<FromSubgraphs, { readonly told: T }>> {
  const [message] = (await once(child, 'message')) as [FromSubgraphs];
  if (message.told !== what) throw new Error(`the subgraphs said ${message.told} where ${what} was due`);
  return message as Extract<FromSubgraphs, { readonly told: T }>;
}
