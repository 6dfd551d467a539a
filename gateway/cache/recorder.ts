import { createHmac, randomBytes } from 'node:crypto';
import type { RecordedQuestion } from '../model/cache-recording.ts';
import type { Obtained, Slot } from './obtain.ts';
import type { Question } from './question.ts';
import { recordingFile, type RecordingSettings } from './recording-file.ts';

/** Records what is asked, so that it can be told later what keeping it longer would be worth. */
export interface Recorder {
  readonly add: (question: Question, answered: Answered) => void;
  readonly close: () => Promise<void>;
}

interface Answered {
  readonly slots: readonly (Slot | undefined)[];
  readonly obtained: Obtained | undefined;
  readonly now: number;
}

const hashLength = 16;

/**
 * Writes one line for each entity and root call. What is written are hashes under a secret that ends with this process, so
 * that neither keys nor answers nor people can be found by trying. `sample`: the part of all keys that is recorded, 0 to 1.
 */
export function cacheRecorder(settings: RecordingSettings, sample: number): Recorder {
  const file = recordingFile(settings);
  const secret = randomBytes(32);
  const hashed = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  const shortened = (text: string): string => hashed(text).toString('base64url').slice(0, hashLength);
  return {
    add: (question, { slots, obtained, now }) => {
      const asked = slots.filter((slot) => slot?.outcome === 'miss').length;
      question.items.forEach((item, index) => {
        const slot = slots[index];
        if (slot === undefined) return;
        const key = hashed(`${question.group}\n${item.name}`);
        if (key.readUInt32BE(0) / 2 ** 32 >= sample) return;
        const { facts } = question.learned;
        const line: RecordedQuestion = {
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

type Shorten = (text: string) => string;

function whoOf(
  { variation }: Question,
  { entry }: Slot,
  obtained: Obtained | undefined,
  shortened: Shorten,
): Pick<RecordedQuestion, 'who'> {
  const partition =
    entry === undefined
      ? obtained?.made?.forWhom
      : variation.partitions.find(({ audience }) => audience === entry.audience);
  if (partition?.audience === 'public') return {};
  return { who: partition === undefined ? '?' : shortened(partition.name) };
}

function brought(
  { value }: Slot,
  asked: number,
  obtained: Obtained | undefined,
  shortened: Shorten,
): Pick<RecordedQuestion, 'answer' | 'ms' | 'why'> {
  const { made, why } = obtained ?? {};
  return {
    answer: shortened(JSON.stringify(value)),
    ...(made === undefined ? {} : { ms: Math.round((made.ms * 100) / asked) / 100 }),
    ...(why === undefined ? {} : { why }),
  };
}
