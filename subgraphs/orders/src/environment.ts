export type Environment = Readonly<Record<string, string | undefined>>;

interface Range {
  readonly min: number;
  readonly max: number;
}

/** Reads environment variables one after the other and remembers what is wrong with them. */
export interface EnvironmentReader {
  /** What was wrong so far, a sentence each. */
  readonly problems: readonly string[];
  text(name: string, fallback: string): string;
  optionalText(name: string): string | undefined;
  wholeNumber(name: string, fallback: number, range: Range): number;
  positiveNumber(name: string, fallback: number, max: number): number;
  /** An address with one of the protocols, for example `['http:', 'https:']`. */
  address(name: string, fallback: string, protocols: readonly string[]): string;
}

/** A reader over the environment; a variable that is set to nothing counts as not set. */
export function environmentReader(environment: Environment): EnvironmentReader {
  const problems: string[] = [];
  const raw = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  const refuse = <T>(problem: string, fallback: T): T => {
    problems.push(problem);
    return fallback;
  };
  return {
    problems,
    text: (name, fallback) => raw(name) ?? fallback,
    optionalText: raw,
    wholeNumber: (name, fallback, { min, max }) => {
      const text = raw(name);
      if (text === undefined) return fallback;
      const value = Number(text);
      if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
      return refuse(`${name} must be a whole number from ${min} to ${max}, got "${text}"`, fallback);
    },
    positiveNumber: (name, fallback, max) => {
      const text = raw(name);
      if (text === undefined) return fallback;
      const value = Number(text);
      if (Number.isFinite(value) && value > 0 && value <= max) return value;
      return refuse(`${name} must be a number above 0 and at most ${max}, got "${text}"`, fallback);
    },
    address: (name, fallback, protocols) => {
      const text = raw(name);
      if (text === undefined) return fallback;
      if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
      // The value is not repeated: addresses may carry passwords.
      return refuse(
        `${name} must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
        fallback,
      );
    },
  };
}
