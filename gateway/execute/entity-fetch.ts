import type { CallParts, SubgraphCall } from '../model/subgraph-call.ts';
import { entitiesOf, handOut } from './entity-answer.ts';
import type { Entities } from './entity-answer.ts';
import { entityAsk } from './entity-call.ts';
import type { EntityAsk, EntityFetch } from './entity-call.ts';
import type { Batch } from './representations.ts';
import { requestBody, variableMembers } from './request-body.ts';
import type { RequestBody } from './request-body.ts';
import type { Run, Step } from './run.ts';

/** A fetch of entities by calls of its own. */
export interface LoneFetch {
  readonly step: Step;
  /** Ends when the answers to what is asked have been handed out. */
  readonly answered: (ask: EntityAsk, run: Run) => Promise<void>;
}

export function loneFetch(fetch: EntityFetch): LoneFetch {
  const bodies: Bodies = {
    whole: requestBody(fetch.node, fetch.document),
    members: variableMembers(fetch.node),
  };
  const answered: LoneFetch['answered'] = (ask, run) => askAll(ask, bodies, run);
  return {
    answered,
    step: async (run) => {
      const ask = entityAsk(fetch, run);
      if (ask !== undefined) await answered(ask, run);
    },
  };
}

interface Bodies {
  readonly whole: RequestBody;
  readonly members: RequestBody;
}

async function askAll(ask: EntityAsk, bodies: Bodies, run: Run): Promise<void> {
  const { asked } = ask;
  const calls = asked.batches.map((batch) => askBatch(ask, batch, bodies, run));
  // The texts are in the request bodies now; holding them until the answers are here would keep them alive twice.
  asked.texts.length = 0;
  const [only] = calls;
  const given = calls.length === 1 && only !== undefined ? await only : (await Promise.all(calls)).flat();
  handOut(ask, given, run.unknown);
}

async function askBatch(ask: EntityAsk, batch: Batch, bodies: Bodies, run: Run): Promise<Entities> {
  // No local name for the call: it would keep the body alive while the answer is awaited.
  const answer = await run.request.call(callFor(ask, batch, bodies, run), run.request.context);
  return entitiesOf(ask, batch, answer, run);
}

/** Literals without spreads: this is made for every call. */
function callFor({ fetch, asked }: EntityAsk, batch: Batch, bodies: Bodies, run: Run): SubgraphCall {
  const { document } = fetch;
  const { subgraph, operationKind } = fetch.node;
  const { variables: given } = run.request;
  const isAll = asked.batches.length === 1;
  const representations = isAll ? asked.texts : asked.texts.slice(batch.from, batch.to);
  const bodyFor = (texts: readonly string[]): string =>
    bodies.whole(given, [`"representations":[${texts.join(',')}]`, ...batch.members]);
  const variables = (): string => bodies.members(given, batch.members);
  const parts: CallParts = { document, variables, representations, bodyFor };
  const entityCount = batch.to - batch.from;
  return { subgraph, operationKind, body: bodyFor(representations), entityCount, parts };
}
