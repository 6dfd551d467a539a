import type { Span } from './problem.ts';

const widest = 160;

/** Whether a key's value must never be shown. */
export function looksSecret(key: string): boolean {
  return /(?:secret|passw|token|credential|cookie|authorization|hmac|(?:^|[_-])key|apikey|private)/i.test(
    key,
  );
}

const secretLine =
  /^(?<head>[\s{[,-]*["']?[\w.-]*(?:secret|passw|token|credential|cookie|authorization|hmac|key|private)[\w.-]*["']?\s*:\s+)(?<value>\S.*)$/i;
/** Up to the last @ of what has no gap: whoever forgets to encode a password may have @ and / in it. */
const urlPassword = /(:\/\/[^\s:@/]*:)([^\s"'\],}]+)(?=@)/g;

/** A file's text as it may be shown: same length and lines, secrets replaced. */
export function maskedText(text: string, secrets: readonly Span[]): string {
  let shown = '';
  let from = 0;
  for (const { start, end } of secrets) {
    if (start < from) continue;
    shown += text.slice(from, start) + masked(text.slice(start, end));
    from = end;
  }
  return (shown + text.slice(from)).replace(
    urlPassword,
    (_, head: string, word: string) => head + masked(word),
  );
}

/** Only for text that could not be parsed, where no node tells which value belongs to which key. */
export function maskedByLine(text: string): string {
  const lines = text.split('\n').map((line) => {
    const found = secretLine.exec(line.slice(0, 4096))?.groups;
    if (found?.['head'] === undefined || found['value'] === undefined) return line;
    return found['head'] + masked(found['value']);
  });
  return maskedText(lines.join('\n'), []);
}

function masked(secret: string): string {
  return secret
    .split('\n')
    .map((line) => '•'.repeat(Math.min(3, line.length)).padEnd(line.length))
    .join('\n');
}

/** Up to three source lines that end with the marked one, and a line of carets. */
export function excerpt(shown: string, span: Span, start: { line: number; column: number }): string {
  const lines = shown.split('\n');
  const gutter = String(start.line).length + 4;
  const out: string[] = [];
  for (let line = Math.max(1, start.line - 1); line <= start.line; line++) {
    out.push(`${String(line).padStart(gutter)} | ${printable((lines[line - 1] ?? '').slice(0, widest))}`);
  }
  const current = lines[start.line - 1] ?? '';
  if (start.column > widest) return out.join('\n');
  const length = Math.min(span.end - span.start, current.length - start.column + 1, widest - start.column);
  out.push(`${' '.repeat(gutter)} | ${' '.repeat(start.column - 1)}${'^'.repeat(Math.max(1, length))}`);
  return out.join('\n');
}

/** Control characters could steer the terminal that shows the excerpt. */
function printable(line: string): string {
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ');
}
