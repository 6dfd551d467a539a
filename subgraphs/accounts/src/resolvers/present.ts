/** A value that the tables' own rules promise; its absence is a fault of the data and not of the caller. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a row lacks a value that its kind must have');
  return value;
}
