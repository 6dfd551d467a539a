import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { composeSupergraph } from '../../schema/compose/compose.ts';
import type { BadAnswer } from './bad-answer.ts';
import type { ToSubgraphs } from './subgraph-process.ts';
import type { World } from './worlds.ts';

/** The process of the subgraphs, as the runner speaks with it. */
export interface Subgraphs {
  /** Serves this world from now on; gives its supergraph. */
  serve(world: World): Promise<string>;
  /** From now on `bad` answers like this; `undefined`: well. */
  misbehave(how: BadAnswer | undefined): Promise<void>;
  stop(): void;
}

const script = fileURLToPath(new URL('./subgraph-process.ts', import.meta.url));

export async function startSubgraphs(): Promise<Subgraphs> {
  const child = fork(script, { execArgv: ['--import', 'tsx'] });
  const [port] = (await once(child, 'message')) as [number];
  const tell = async (message: ToSubgraphs): Promise<void> => {
    child.send(message);
    await once(child, 'message');
  };
  return {
    serve: async (world) => {
      await tell({ world });
      return supergraphOf(world, port);
    },
    misbehave: (bad) => tell({ bad }),
    stop: () => void child.kill(),
  };
}

function supergraphOf({ subgraphs }: World, port: number): string {
  const composed = composeSupergraph(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      ...{ name, sdl, routingUrl: `http://127.0.0.1:${String(port)}/${name}` },
      origin: { kind: 'inline', shown: name, lineOffset: 0, columnOffset: 0 },
    })),
  );
  if (composed.ok) return composed.sdl;
  throw new Error(composed.problems.map(({ message }) => message).join('\n'));
}
