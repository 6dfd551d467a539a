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

/** Shorter texts are not worth it. */
const longText = 1024;
/** What was asked for: it has to go somewhere, or the compiler leaves the question out. */
const asked = { lastCharacter: 0 };

/**
 * The same text, no longer held together by its pieces. V8 keeps what was put together by `+` as a tree of all its parts,
 * and whoever still holds the text, such as a request that waited for so long that it has become old for the garbage
 * collector, holds them all: six times the text. Asked for a character, it lays the text out for good.
 */
export function inOnePiece(text: string): string {
  if (text.length > longText) asked.lastCharacter = text.charCodeAt(text.length - 1);
  return text;
}
