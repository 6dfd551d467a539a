import { GraphQLError } from 'graphql';

interface Problem {
  /** Path of the argument, for example `input.email`. */
  readonly argument: string;
  readonly reason: string;
}

/** The error for arguments that cannot be used: the first problem in its own words, all of them in `problems`. */
export function badInput(argument: string, reason: string, problems?: readonly Problem[]): GraphQLError {
  return new GraphQLError(`${argument} ${reason}`, {
    extensions: { code: 'BAD_USER_INPUT', argument, reason, problems: problems ?? [{ argument, reason }] },
  });
}

interface TextBounds {
  readonly min: number;
  readonly max: number;
  /** What the whole text must match, and how to say so. */
  readonly shape?: { readonly pattern: RegExp; readonly reason: string };
}

/** Checks arguments one after the other and refuses them all at once. */
export interface InputCheck {
  /** The text without blanks around it; length in characters. */
  text(argument: string, value: string, bounds: TextBounds): string;
  wholeNumber(
    argument: string,
    value: number,
    bounds: { readonly min: number; readonly max: number },
  ): number;
  /** Remembers a problem that the caller has found itself. */
  refuse(argument: string, reason: string): void;
  /** Throws BAD_USER_INPUT when there was any problem. */
  done(): void;
}

export function inputCheck(): InputCheck {
  const problems: Problem[] = [];
  const refuse = (argument: string, reason: string): void => {
    problems.push({ argument, reason });
  };
  return {
    refuse,
    text: (argument, value, bounds) => {
      const trimmed = value.trim();
      const reason = textProblem(trimmed, bounds);
      if (reason !== undefined) refuse(argument, reason);
      return trimmed;
    },
    wholeNumber: (argument, value, { min, max }) => {
      if (!Number.isSafeInteger(value) || value < min || value > max) {
        refuse(argument, `must be a whole number from ${min} to ${max}`);
      }
      return value;
    },
    done: () => {
      const [first] = problems;
      if (first !== undefined) throw badInput(first.argument, first.reason, problems);
    },
  };
}

function textProblem(text: string, { min, max, shape }: TextBounds): string | undefined {
  if (text.length > max) return `must have at most ${max} characters`;
  if (text.length < min) return min === 1 ? 'must not be empty' : `must have at least ${min} characters`;
  // Control characters other than line breaks and tabs have no place in names and texts; PostgreSQL refuses U+0000.

  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) return 'must not have control characters';
  if (/\p{Surrogate}/u.test(text)) return 'must be well-formed Unicode';
  return shape === undefined || shape.pattern.test(text) ? undefined : shape.reason;
}

const maxKeyLength = 200;

/** Whether a text could be a key at all; others need not be looked for, and PostgreSQL refuses U+0000. */
export function couldBeKey(value: unknown): value is string {
  return (
    typeof value === 'string' && value !== '' && value.length <= maxKeyLength && !value.includes('\u0000')
  );
}
