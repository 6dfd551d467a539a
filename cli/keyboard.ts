/** Single keys as they are pressed. */
export interface Keyboard {
  /** Until what comes back is called, keys are not lines any more. */
  readonly listen: (onKey: (key: string) => void) => () => void;
  /** As Ctrl-C does. */
  readonly interrupt: () => void;
}

/** What of a terminal's input is needed. */
export interface TerminalInput {
  readonly isTTY: boolean;
  setRawMode(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** Ctrl-C and Ctrl-D, which a terminal in raw mode gives as they are. */
const ends: ReadonlySet<string> = new Set(['\u0003', '\u0004']);

/** The keyboard of a terminal; `undefined` where nobody types. */
export function keyboardOf(input: TerminalInput, interrupt: () => void): Keyboard | undefined {
  if (!input.isTTY) return undefined;
  return {
    interrupt,
    listen: (onKey) => {
      const onData = (chunk: Buffer): void => {
        for (const key of chunk.toString('utf8')) {
          if (ends.has(key)) interrupt();
          else onKey(key.toLowerCase());
        }
      };
      input.setRawMode(true);
      input.on('data', onData);
      input.resume();
      return () => {
        input.off('data', onData);
        input.setRawMode(false);
        input.pause();
      };
    },
  };
}
