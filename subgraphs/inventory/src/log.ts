export type Level = 'info' | 'warn' | 'error';

/** Writes one line about one thing that happened. */
export type Log = (level: Level, msg: string, fields?: Readonly<Record<string, unknown>>) => void;

interface Sink {
  readonly isTTY?: boolean;
  write(line: string): unknown;
}

/** A log that writes a JSON object a line, or a sentence a line when a person is looking at a terminal. */
export function logTo(sink: Sink, name: string): Log {
  return (level, msg, fields = {}) => {
    sink.write(sink.isTTY === true ? sentence(name, level, msg, fields) : record(name, level, msg, fields));
  };
}

function record(name: string, level: Level, msg: string, fields: Readonly<Record<string, unknown>>): string {
  // JSON.stringify escapes line breaks and control characters, so that no input can forge a line.
  return `${JSON.stringify({ time: new Date().toISOString(), level, name, msg, ...fields })}\n`;
}

function sentence(
  name: string,
  level: Level,
  msg: string,
  fields: Readonly<Record<string, unknown>>,
): string {
  const details = Object.entries(fields).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return `${[`${name}:`, ...(level === 'info' ? [] : [level]), msg, ...details].join(' ')}\n`;
}

/** An error's text for the log: its message and those of its causes, without a stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = error.message === '' ? error.name : error.message;
  return error.cause === undefined ? text : `${text}: ${reasonOf(error.cause)}`;
}
