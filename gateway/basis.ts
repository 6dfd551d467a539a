import { admission } from './admission/admission.ts';
import type { GatewayConfig } from './config/config.ts';
import { documents } from './documents/documents.ts';
import { createIdentity, identitySettings } from './identity/identity.ts';
import type { SharedStore } from './model/store.ts';
import type { Logger } from './observe/observe.ts';
import type { SharedPlans } from './plan/plan.ts';
import { isSame } from './config-change.ts';
import type { Stages } from './request-way.ts';
import { respond } from './respond/respond.ts';
import { admissionSettings, documentSettings, planStoreSettings } from './stage-settings.ts';
import { redisStore } from './store/store.ts';

/** What one configuration makes, whatever supergraph is served. */
export interface Basis {
  readonly config: GatewayConfig;
  readonly stages: Stages;
  /** Where plans are shared with other gateways. */
  readonly plans: PlanStore | undefined;
}

interface PlanStore extends SharedPlans {
  readonly store: SharedStore;
}

/** The parts for a configuration; those whose settings are as `before` stay, with all they remember. */
export function basisFor(config: GatewayConfig, logger: Logger, before?: Basis): Basis {
  const kept = (settings: (config: GatewayConfig) => unknown): Basis | undefined =>
    before !== undefined && isSame(settings(before.config), settings(config)) ? before : undefined;
  const onKeyFailure = (cause: unknown): void =>
    logger.warn({ err: cause }, 'the keys of a token issuer cannot be read');
  const samePlans = kept(planStoreSettings);
  return {
    config,
    stages: {
      identity:
        kept(identitySettings)?.stages.identity ?? createIdentity(identitySettings(config), { onKeyFailure }),
      documents:
        kept(({ limits, supergraph, apq }) => [limits, supergraph.introspection, apq])?.stages.documents ??
        documents(documentSettings(config, admission(admissionSettings(config)))),
      responder: respond({
        includeSubgraphErrors: config.include_subgraph_errors,
        unauthorized: config.authorization.directives.errors.response,
      }),
      exposePlans: config.sandbox.enabled,
      dryRun: config.authorization.directives.dry_run,
      logDenials: config.authorization.directives.errors.log,
    },
    plans: samePlans === undefined ? planStore(config, logger) : samePlans.plans,
  };
}

/** Lets go of what only `basis` uses. */
export async function closeBasis({ stages, plans }: Basis, other?: Basis): Promise<void> {
  await Promise.all([
    stages.identity === other?.stages.identity ? undefined : stages.identity.close(),
    plans === other?.plans ? undefined : plans?.store.close(),
  ]);
}

function planStore(config: GatewayConfig, logger: Logger): PlanStore | undefined {
  const settings = planStoreSettings(config);
  if (settings === undefined) return undefined;
  let told = false;
  const store = redisStore(settings, {
    onDown: (reason) =>
      logger.warn({ reason }, 'the plan cache in Redis cannot be used; plans are made here'),
    onUp: () => logger.info('the plan cache in Redis is used again'),
  });
  return {
    store,
    onGarbage: () => {
      if (!told) logger.warn('the plan cache in Redis holds what is no plan; it is not used');
      told = true;
    },
  };
}
