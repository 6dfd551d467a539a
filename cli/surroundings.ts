import pc from 'picocolors';
import type { Paint } from '../schema/problem/problem-text.ts';
import type { Keyboard } from './keyboard.ts';
import type { Environment, Settings } from './settings.ts';

/** Everything outside of the command that a verb may use; tests give their own. */
export interface Surroundings {
  readonly env: Environment;
  readonly settings: Settings;
  /** The folder of the checkout: where the sample system lies. */
  readonly root: string;
  readonly version: string;
  /** Data goes here and nothing else. */
  readonly out: (text: string) => void;
  /** Everything that is not data. */
  readonly err: (text: string) => void;
  /** Text that was piped in, at most a few megabytes. */
  readonly input: () => Promise<string>;
  /** Colours of what goes to `err`. */
  readonly paint: Paint;
  /** Colours of reports that go to `out`. */
  readonly outPaint: Paint;
  /** Whether a person is looking. */
  readonly interactive: boolean;
  /** `undefined` where nobody types. */
  readonly keyboard?: Keyboard | undefined;
  /** Aborts when the process is asked to end. */
  readonly stop: AbortSignal;
  /** The command and first arguments that run this program again. */
  readonly self: readonly [command: string, ...args: string[]];
  readonly now: () => Date;
}

/** Colours, or none. */
export function paintFor(colour: boolean): Paint {
  const { red, yellow, green, dim, bold } = pc.createColors(colour);
  return { red, yellow, green, dim, bold };
}
