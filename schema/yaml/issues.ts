import type { z } from 'zod';
import { maskedText } from './excerpt.ts';
import { knownKeys } from './known-keys.ts';
import { dotted, type YamlProblem } from './problem.ts';
import type { YamlData } from './source.ts';
import { nearestName } from './suggestion.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What turns a schema's findings into sentences for a person. */
export interface IssueReading {
  readonly schema: z.ZodType;
  readonly data: YamlData;
  /** Says why a key that is unknown today is refused, where there is more to say than that it is unknown. */
  readonly explainKey: (path: string) => string | undefined;
}

const mostProblems = 200;

/** One problem for each wrong value and each unknown key. */
export function issueProblems(issues: readonly Issue[], reading: IssueReading): readonly YamlProblem[] {
  return issues.flatMap((issue) => problemsOf(issue, [], reading)).slice(0, mostProblems);
}

function problemsOf(issue: Issue, before: Path, reading: IssueReading): readonly YamlProblem[] {
  const path = [...before, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, mostProblems).map((key) => unknownKey(path, key, reading));
  }
  if (issue.code === 'invalid_union') {
    const branch = likeliestBranch(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => problemsOf(inner, path, reading));
    return [wrongValue(path, `expected ${unionText(issue.errors)}`, reading)];
  }
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    return issue.issues.flatMap((inner) => problemsOf(inner, path, reading));
  }
  return [wrongValue(path, sentence(issue), reading)];
}

function unknownKey(path: Path, key: string, reading: IssueReading): YamlProblem {
  const at = [...path, key];
  const explained = reading.explainKey(dotted(at).replaceAll(/\[\d+\]/g, '[]'));
  if (explained !== undefined) return reading.data.problemAt(at, explained, 'key');
  const known = knownKeys(reading.schema, path);
  const near = nearestName(key, known);
  if (near !== undefined) return reading.data.problemAt(at, `unknown key — did you mean "${near}"?`, 'key');
  const some = [...known].slice(0, 12).join(', ');
  const hint = some === '' ? '' : ` — known here: ${some}${known.size > 12 ? ', …' : ''}`;
  return reading.data.problemAt(at, `unknown key${hint}`, 'key');
}

/** The branch the writer seems to have meant: the one whose trouble lies inside the value. */
function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const inside = branches.filter((issues) => issues.every((issue) => !refusesWhole(issue)));
  return inside.toSorted((a, b) => a.length - b.length)[0];
}

function refusesWhole(issue: Issue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function unionText(branches: readonly (readonly Issue[])[]): string {
  const wanted = branches.flatMap((issues) => {
    const first = issues.find(refusesWhole);
    if (first?.code === 'invalid_type') return [typeName(first.expected)];
    return first?.code === 'invalid_value' ? [valueList(first.values)] : [];
  });
  return [...new Set(wanted)].join(' or ');
}

function wrongValue(path: Path, message: string, { data }: IssueReading): YamlProblem {
  const shown = got(path, data);
  // Of a mapping or list only its kind is told, which says something only where another kind was expected.
  const ofKind = / a (?:list|mapping)$/.test(shown) && !message.startsWith('expected');
  return data.problemAt(path, ofKind ? message : message + shown);
}

/** What stands there instead; never an expanded value or one under a secret-looking key. */
function got(path: Path, data: YamlData): string {
  const { placeholders, secret } = data.writtenAt(path);
  const first = placeholders[0];
  if (first !== undefined) return ` (the value comes from ${first.replace(/:-.*$/s, '}')})`;
  if (secret) return '';
  const value = path.reduce<unknown>(inner, data.value);
  if (typeof value === 'string') return `, got ${JSON.stringify(maskedText(value, []).slice(0, 60))}`;
  if (typeof value === 'number' || typeof value === 'boolean') return `, got ${String(value)}`;
  if (Array.isArray(value)) return ', got a list';
  return value === undefined || value === null ? '' : ', got a mapping';
}

function inner(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Readonly<Record<PropertyKey, unknown>>)[step];
}

function sentence(issue: Issue): string {
  if (issue.code === 'invalid_type') {
    const missing = issue.message.endsWith('received undefined');
    return `${missing ? 'required:' : 'expected'} ${typeName(issue.expected)}`;
  }
  if (issue.code === 'invalid_value') return `expected ${valueList(issue.values)}`;
  if (issue.code === 'too_big') {
    const word = issue.origin === 'string' ? 'long' : 'big';
    return `too ${word} (at most ${String(issue.maximum)}${unit(issue.origin)})`;
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'string' && issue.minimum === 1) return 'must not be empty';
    const word = issue.origin === 'string' ? 'short' : 'small';
    return `too ${word} (at least ${String(issue.minimum)}${unit(issue.origin)})`;
  }
  return issue.message;
}

function unit(origin: string): string {
  if (origin === 'array' || origin === 'set') return ' items';
  return origin === 'string' ? ' characters' : '';
}

function typeName(type: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'text',
    int: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping',
    record: 'a mapping',
  };
  return names[type] ?? type;
}

function valueList(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value))).join(' or ');
}
