const maxWords = 6;
const maxWordLength = 40;

/** A text as it is compared when searching: lower case, without accents, single blanks. */
export function searchable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The different words of a text, the longest first; six at most. */
export function searchWords(text: string): readonly string[] {
  const words = searchable(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.slice(0, maxWordLength));
  return [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, maxWords);
}
