import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
/** A third of the share of a thread that answers, where both want the whole processor: planning must not starve either. */
export const niceness = 5;
/**
 * Has the calling worker thread stand back where processors are short, so that planning for seconds does not delay who
 * waits for an answer.
 */
export function standBack() {
    try {
        // Linux alone gives threads a priority of their own, by the number that this link ends with.
        const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
        if (thread !== process.pid)
            setPriority(thread, niceness);
    }
    catch {
        // Elsewhere planning competes as an equal.
    }
}
//# sourceMappingURL=thread-priority.js.map