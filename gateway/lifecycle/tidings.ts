import type { Observer } from '../observe/observe.ts';
import type { OverloadEvents, OverloadReport } from '../overload/overload.ts';
import { unknownNamesText, unknownSubgraphs } from '../settings/subgraph-names.ts';
import { unknownTypes } from '../settings/type-names.ts';
import type { Serving } from './succession.ts';
import type { ReloadEvent } from './supply.ts';

/** What the log says of an overload. */
export function overloadLog({ logger }: Observer): OverloadEvents {
  const said = ({ refused, inFlight, limit, waiting, delayMs }: OverloadReport) => ({
    ...{ refused, in_flight: inFlight, limit, waiting, event_loop_delay_ms: delayMs },
  });
  return {
    onRefusing: (report) => logger.warn(said(report), 'overloaded: requests are refused'),
    onRecovered: (report) => logger.info(said(report), 'no longer overloaded'),
  };
}

/** Told each time that a supergraph and a configuration come together, and nothing of it is an error. */
export function warnAbout(observer: Observer, serving: Serving): void {
  warnOfUnknownNames(observer, serving);
  warnOfRulesInDoubt(observer, serving);
}

/** Settings that nothing obeys are told of, each time that a supergraph and a configuration come together. */
function warnOfUnknownNames({ logger }: Observer, { service, basis }: Serving): void {
  const { subgraphs, document } = service.supergraph;
  const keys = unknownNamesText(unknownSubgraphs(basis.config, new Set(subgraphs.keys())));
  if (keys !== '')
    logger.warn({ keys }, 'the configuration speaks of subgraphs that the supergraph does not have');
  const types = unknownNamesText(unknownTypes(basis.config, document));
  if (types !== '')
    logger.warn(
      { keys: types },
      'the configuration speaks of types that the supergraph, or the subgraph it names, does not have',
    );
}

/** Rules that a supergraph composed elsewhere leaves open may refuse more than is meant. */
function warnOfRulesInDoubt({ logger }: Observer, { service }: Serving): void {
  const { inDoubt } = service.authorizer;
  if (inDoubt.length === 0) return;
  const coordinates = inDoubt.slice(0, 20).join(', ');
  logger.warn(
    { coordinates, count: inDoubt.length },
    'rules on these interfaces hold for all that implements them, as the supergraph does not tell whose rules they are; one that weir compose makes does',
  );
}

/** What the log and the numbers say of a supergraph that was read. */
export function logReload({ logger, metrics }: Observer, event: ReloadEvent): void {
  metrics?.count('weir_supergraph_reloads_total', event.kind);
  if (event.kind === 'taken')
    logger.info({ schema: event.id.slice(0, 16), ms: event.ms }, 'supergraph taken over');
  else logger.error({ problems: event.text }, 'a supergraph cannot be taken over; the last good one stays');
}
