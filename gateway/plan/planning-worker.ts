import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { apolloPlanner, type PlanOperation, Unplannable } from './apollo-planner.ts';
import type { PlanningRequest, ThreadData, ThreadMessage } from './planning-messages.ts';
import { standBack } from './thread-priority.ts';

/** The thread that plans: builds its planner once, then answers one request after the other. */

const longestPlanBytes = 8 * 1024 * 1024;

function preparedPlanner({ plannerSdl, options }: ThreadData): PlanOperation | { readonly reason: string } {
  try {
    return apolloPlanner(plannerSdl, options);
  } catch (thrown) {
    return { reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

function outcome(plan: PlanOperation, request: PlanningRequest): ThreadMessage {
  try {
    const planned = plan(request);
    const bytes = JSON.stringify(planned).length;
    if (bytes > longestPlanBytes)
      return { kind: 'unplannable', message: 'The plan of this operation is too large.' };
    return { kind: 'planned', plan: planned, bytes };
  } catch (thrown) {
    if (thrown instanceof Unplannable) return { kind: 'unplannable', message: thrown.message };
    return {
      kind: 'failed',
      detail: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    };
  }
}

function serve(port: MessagePort): void {
  const post = (message: ThreadMessage): void => port.postMessage(message);
  const planner = preparedPlanner(workerData as ThreadData);
  if (typeof planner !== 'function') {
    post({ kind: 'broken', reason: planner.reason });
    return;
  }
  standBack();
  port.on('message', (request: PlanningRequest) => post(outcome(planner, request)));
  post({ kind: 'ready' });
}

if (parentPort !== null) serve(parentPort);
