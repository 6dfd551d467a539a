import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../../gateway/model/deadline.ts';
import { holderOf, isFree } from './ports.ts';
import type { Service } from './service.ts';
import { supervise, type Supervised, type SystemEvent } from './supervised.ts';

export type { SystemEvent };

export interface SystemOptions {
  readonly services: readonly Service[];
  readonly onEvent: (event: SystemEvent) => void;
  /** Servers of a stage get this long to be ready before the next stage starts all the same. */
  readonly stageMs: number;
  /** Ends the start; what runs by then is stopped by `stop`. */
  readonly signal: AbortSignal;
}

/** A system of servers that runs until it is stopped. */
export interface System {
  /** Names of the servers that were not ready in their time; they go on trying. */
  readonly waiting: readonly string[];
  /** Ends one server and starts it again, as after a change of its files. */
  readonly restart: (name: string) => Promise<void>;
  /** Ends all servers; none is left after five seconds. */
  readonly stop: () => Promise<void>;
}

export interface BusyPort {
  readonly service: string;
  readonly port: number;
  readonly holder: string | undefined;
}

const graceMs = 3_500;

/** The ports of these services that others hold. */
export async function busyPorts(services: readonly Service[]): Promise<readonly BusyPort[]> {
  const busy: BusyPort[] = [];
  for (const { name, port, host } of services) {
    if (!(await isFree(port, host))) busy.push({ service: name, port, holder: await holderOf(port) });
  }
  return busy;
}

/** Starts servers stage by stage. One that does not get ready keeps none of the others from serving. */
export async function startSystem(given: SystemOptions): Promise<System> {
  const stopping = new AbortController();
  const options = { ...given, signal: AbortSignal.any([given.signal, stopping.signal]) };
  const running = new Map<string, Supervised>();
  const waiting: string[] = [];
  const awaited = new Set<string>();
  const onEvent = withRecovery(options, awaited);
  const stages = [...new Set(options.services.map(({ stage }) => stage))].sort((a, b) => a - b);
  for (const stage of stages) {
    if (options.signal.aborted) break;
    const services = options.services.filter((service) => service.stage === stage);
    for (const service of services) running.set(service.name, supervise(service, { ...patience, onEvent }));
    waiting.push(...(await notReady(services, options, awaited)));
  }
  return {
    waiting,
    restart: async (name) => running.get(name)?.restart(),
    stop: async () => {
      stopping.abort();
      await Promise.all([...running.values()].map((one) => one.stop(graceMs)));
    },
  };
}

/** Tells of a server that died also when it is ready again; one that is still waited for is told by who waits. */
function withRecovery({ services, onEvent, signal }: SystemOptions, awaited: ReadonlySet<string>) {
  const recovering = new Set<string>();
  return (event: SystemEvent): void => {
    onEvent(event);
    const service = services.find(({ name }) => name === event.service);
    if (event.kind !== 'ended' || service === undefined) return;
    if (awaited.has(service.name) || recovering.has(service.name)) return;
    recovering.add(service.name);
    const told = (more: SystemEvent): void => {
      recovering.delete(service.name);
      onEvent(more);
    };
    void whenReady(service, { began: performance.now(), onEvent: told, signal }); // never rejects
  };
}

const patience = { firstWaitMs: 500, longestWaitMs: 15_000, settledMs: 30_000 };

async function notReady(
  services: readonly Service[],
  { onEvent, stageMs, signal }: SystemOptions,
  awaited: Set<string>,
): Promise<readonly string[]> {
  for (const { name } of services) awaited.add(name);
  const began = performance.now();
  const outcomes = await Promise.all(
    services.map(async (service) => {
      const ready = await withDeadline(signal, stageMs, (late) => untilReady(service, late, 150));
      const afterMs = Math.round(performance.now() - began);
      if (!signal.aborted) onEvent({ kind: ready ? 'ready' : 'late', service: service.name, afterMs });
      if (ready) {
        awaited.delete(service.name);
        return [];
      }
      const told = (event: SystemEvent): void => {
        awaited.delete(service.name);
        onEvent(event);
      };
      void whenReady(service, { began, onEvent: told, signal }); // ends with the signal, never rejects
      return [service.name];
    }),
  );
  return outcomes.flat();
}

interface Late {
  readonly began: number;
  readonly onEvent: (event: SystemEvent) => void;
  readonly signal: AbortSignal;
}

/** Says so when a server that was late is ready after all. */
async function whenReady(service: Service, { began, onEvent, signal }: Late): Promise<void> {
  const ready = await untilReady(service, signal, 1_000);
  if (ready)
    onEvent({ kind: 'ready', service: service.name, afterMs: Math.round(performance.now() - began) });
}

/** Asks until the server answers 200 or the signal ends the wait. */
export async function untilReady(
  { healthUrl }: Pick<Service, 'healthUrl'>,
  signal: AbortSignal,
  pauseMs: number,
): Promise<boolean> {
  while (!signal.aborted) {
    const answer = await fetch(healthUrl, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined);
    await answer?.body?.cancel().catch(() => undefined);
    if (answer?.status === 200) return true;
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
