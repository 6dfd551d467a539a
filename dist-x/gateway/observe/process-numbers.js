import { performance } from 'node:perf_hooks';
import { reading } from "../model/metrics.js";
/** What this process takes of the machine. */
export function processReadings() {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, external } = process.memoryUsage();
    const { active, idle } = performance.eventLoopUtilization();
    return [
        reading('process_start_time_seconds', Math.round(performance.timeOrigin) / 1000),
        reading('process_cpu_seconds_total', (user + system) / 1e6),
        reading('process_resident_memory_bytes', rss),
        reading('nodejs_heap_size_used_bytes', heapUsed),
        reading('nodejs_external_memory_bytes', external),
        reading('nodejs_eventloop_time_seconds_total', active / 1000, 'active'),
        reading('nodejs_eventloop_time_seconds_total', idle / 1000, 'idle'),
    ];
}
//# sourceMappingURL=process-numbers.js.map