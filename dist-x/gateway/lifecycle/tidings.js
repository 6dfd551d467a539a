import { unknownSubgraphs, unknownSubgraphsText } from "../settings/subgraph-names.js";
/** What the log says of an overload. */
export function overloadLog({ logger }) {
    const said = ({ refused, inFlight, limit, waiting, delayMs }) => ({
        ...{ refused, in_flight: inFlight, limit, waiting, event_loop_delay_ms: delayMs },
    });
    return {
        onRefusing: (report) => logger.warn(said(report), 'overloaded: requests are refused'),
        onRecovered: (report) => logger.info(said(report), 'no longer overloaded'),
    };
}
/** Told each time that a supergraph and a configuration come together, and nothing of it is an error. */
export function warnAbout(observer, serving) {
    warnOfUnknownSubgraphs(observer, serving);
    warnOfRulesInDoubt(observer, serving);
}
/** Settings that nothing obeys are told of, each time that a supergraph and a configuration come together. */
function warnOfUnknownSubgraphs({ logger }, { service, basis }) {
    const unknown = unknownSubgraphs(basis.config, new Set(service.supergraph.subgraphs.keys()));
    if (unknown.length === 0)
        return;
    const keys = unknownSubgraphsText(unknown);
    logger.warn({ keys }, 'the configuration speaks of subgraphs that the supergraph does not have');
}
/** Rules that a supergraph composed elsewhere leaves open may refuse more than is meant. */
function warnOfRulesInDoubt({ logger }, { service }) {
    const { inDoubt } = service.authorizer;
    if (inDoubt.length === 0)
        return;
    const coordinates = inDoubt.slice(0, 20).join(', ');
    logger.warn({ coordinates, count: inDoubt.length }, 'rules on these interfaces hold for all that implements them, as the supergraph does not tell whose rules they are; one that weir compose makes does');
}
/** What the log and the numbers say of a supergraph that was read. */
export function logReload({ logger, metrics }, event) {
    metrics?.count('weir_supergraph_reloads_total', event.kind);
    if (event.kind === 'taken')
        logger.info({ schema: event.id.slice(0, 16), ms: event.ms }, 'supergraph taken over');
    else
        logger.error({ problems: event.text }, 'a supergraph cannot be taken over; the last good one stays');
}
//# sourceMappingURL=tidings.js.map