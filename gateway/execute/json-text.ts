// Characters that JSON.stringify would write differently: quote, backslash, control characters, halves of pairs.
const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A string as JSON text; for short harmless strings cheaper than `JSON.stringify`. */
export function stringText(value: string): string {
  return needsEscape.test(value) ? JSON.stringify(value) : `"${value}"`;
}

/** Any value out of parsed JSON as JSON text; throws a RangeError when it is nested too deeply to print. */
export function jsonText(value: unknown): string {
  if (typeof value === 'string') return stringText(value);
  return JSON.stringify(value);
}
