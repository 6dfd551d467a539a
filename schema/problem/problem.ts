/** A place in a file as people write it: 1-based line and column, path as given by the user. */
export interface FileLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One of the places that a problem speaks of. */
export interface Place {
  readonly location: FileLocation;
  readonly subgraph?: string;
  /** The source line at the place, as written; secrets are never expanded in it. */
  readonly sourceLine?: string;
  /** Length of what is meant within `sourceLine`, in characters. */
  readonly length?: number;
  /** Source lines with a caret line, ready to be shown; instead of `sourceLine`. */
  readonly excerpt?: string;
  /** The definition in one line, such as `total: Float!`. */
  readonly text?: string;
  /** A word about this place, such as "differs". */
  readonly note?: string;
}

/** Something wrong with what the user gave, with where it is and the way out. */
export interface Problem {
  /** Stable code, `WEIR-` and a letter and three digits; `weir explain CODE` tells more. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** Code of the tool that found it, such as the composer's. */
  readonly origin?: string;
  readonly subgraph?: string;
  /** `Type.field` or `Type.field(argument:)`. */
  readonly coordinate?: string;
  readonly places: readonly Place[];
  /** Further lines of explanation. */
  readonly detail?: readonly string[];
  /** One sentence: what to do. */
  readonly fix?: string;
}

/** A result that is either a value or everything that is wrong, never both. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The outcome that went wrong with these problems. */
export function refused(...problems: readonly Problem[]): Extract<Checked<never>, { readonly ok: false }> {
  return { ok: false, problems };
}

/** The outcome that went well. */
export function accepted<T>(value: T, warnings: readonly Problem[] = []): Checked<T> {
  return { ok: true, value, warnings };
}
