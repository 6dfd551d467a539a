/** A stretch of source text, as offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Something wrong in a file that a person wrote, with its place; lines and columns count from 1. */
export interface YamlProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Dotted path of the setting, empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
  /** The source lines around it with a caret line, secrets masked; empty when there is nothing to show. */
  readonly excerpt: string;
}

const mostShown = 40;

/** All problems of a file as text for a terminal, in the order of the file. */
export function problemsText(file: string, problems: readonly YamlProblem[]): string {
  const count = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
  const shown = problems.slice(0, mostShown).map(problemText);
  const rest = problems.length - shown.length;
  if (rest > 0) shown.push(`  and ${String(rest)} more`);
  return `${file}: ${count}\n\n${shown.join('\n')}\n`;
}

function problemText(problem: YamlProblem): string {
  const place = `${String(problem.line)}:${String(problem.column)}`;
  const head = `  ${place.padEnd(6)}${problem.path === '' ? '' : `${problem.path.padEnd(22)} `}${problem.message}`;
  return problem.excerpt === '' ? head : `${head}\n${problem.excerpt}`;
}

/** `a.b[0].c`, for messages. */
export function dotted(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${String(step)}]`;
      return index === 0 ? String(step) : `.${String(step)}`;
    })
    .join('');
}
