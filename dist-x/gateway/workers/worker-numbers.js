import { buildReadings, openAddress } from "../lifecycle/numbers.js";
import { metricsPage, ownNumbers, processReadings } from "../observe/observe.js";
import { metricsSettings } from "../settings/metrics-settings.js";
import { gatheredNumbers } from "./gathered-numbers.js";
/** Gathers them; where the configuration gives the page an address of its own, it is opened here. */
export function workerNumbers({ config, version }, logger) {
    const metrics = ownNumbers();
    metrics.watch(() => [...processReadings(), ...buildReadings(version)]);
    const gathered = gatheredNumbers(metrics.readings, () => page.text());
    const page = metricsPage(gathered.gather);
    const settings = metricsSettings(config);
    const close = settings?.place.kind === 'own address'
        ? openAddress({ ...settings.place, path: settings.path }, page, logger)
        : () => Promise.resolve();
    return { gathered, metrics, close };
}
//# sourceMappingURL=worker-numbers.js.map