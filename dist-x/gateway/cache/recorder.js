import { createHmac, randomBytes } from 'node:crypto';
import { recordingFile } from "./recording-file.js";
const hashLength = 16;
/**
 * Writes one line for each entity and root call. What is written are hashes under a secret that ends with this process, so
 * that neither keys nor answers nor people can be found by trying. `sample`: the part of all keys that is recorded, 0 to 1.
 */
export function cacheRecorder(settings, sample) {
    const file = recordingFile(settings);
    const secret = randomBytes(32);
    const hashed = (text) => createHmac('sha256', secret).update(text).digest();
    const shortened = (text) => hashed(text).toString('base64url').slice(0, hashLength);
    return {
        add: (question, { slots, obtained, now }) => {
            const asked = slots.filter((slot) => slot?.outcome === 'miss').length;
            question.items.forEach((item, index) => {
                const slot = slots[index];
                if (slot === undefined)
                    return;
                const key = hashed(`${question.group}\n${item.name}`);
                if (key.readUInt32BE(0) / 2 ** 32 >= sample)
                    return;
                const { facts } = question.learned;
                const line = {
                    ...{ at: now, subgraph: facts.subgraph, type: facts.topTypes[0] ?? '' },
                    key: key.toString('base64url').slice(0, hashLength),
                    ...whoOf(question, slot, obtained, shortened),
                    ...(slot.outcome === 'miss' ? brought(slot, asked, obtained, shortened) : {}),
                    outcome: slot.outcome,
                };
                file.write(`${JSON.stringify(line)}\n`);
            });
        },
        close: () => file.close(),
    };
}
function whoOf({ variation }, { entry }, obtained, shortened) {
    const partition = entry === undefined
        ? obtained?.made?.forWhom
        : variation.partitions.find(({ audience }) => audience === entry.audience);
    if (partition?.audience === 'public')
        return {};
    return { who: partition === undefined ? '?' : shortened(partition.name) };
}
function brought({ value }, asked, obtained, shortened) {
    const { made, why } = obtained ?? {};
    return {
        answer: shortened(JSON.stringify(value)),
        ...(made === undefined ? {} : { ms: Math.round((made.ms * 100) / asked) / 100 }),
        ...(why === undefined ? {} : { why }),
    };
}
//# sourceMappingURL=recorder.js.map