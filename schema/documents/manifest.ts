import { createHash } from 'node:crypto';
import { parseDocument } from 'yaml';
import { accepted, refused, type Checked, type FileLocation, type Problem } from '../problem/problem.ts';
import { fileLocation, jsonPlace, type JsonStep } from './json-places.ts';

/** One operation document that clients shipped. */
export interface ManifestDocument {
  /** What it is asked for by, without `sha256:`. */
  readonly ids: readonly string[];
  /** One operation, or several of which the request names one, and their fragments. */
  readonly text: string;
  readonly name: string | undefined;
  /** The client program that may ask for it; `undefined`: every one. */
  readonly client: string | undefined;
  /** Exact versions, or beginnings such as `2.*`; `undefined`: every one. */
  readonly versions: readonly string[] | undefined;
  readonly location: FileLocation;
}

/** Apollo's name of its manifest format, which is ours too. */
export const manifestFormat = 'apollo-persisted-query-manifest';

const longestId = 256;
const mostProblems = 50;

/** `sha256:<64 hex digits>` and the digits alone are one id. */
export function bareId(id: string): string {
  return /^sha256:[0-9a-f]{64}$/.test(id) ? id.slice('sha256:'.length) : id;
}

/** The SHA-256 of a text as hex digits: the usual id of a document. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Reads a manifest: Apollo's (`format`, `version`, `operations`) or Relay's (an object from id to text). Problems:
 * WEIR-O003, each with its line.
 */
export function readManifest(file: string, text: string): Checked<readonly ManifestDocument[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (failure) {
    return refused(notJson(file, text, failure));
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return refused(problem(`${file} is no manifest`, { file, line: 1, column: 1 }));
  }
  const reading: Reading = { file, text, problems: [] };
  const found = 'format' in json || 'operations' in json ? apollo(json, reading) : relay(json, reading);
  return reading.problems.length > 0 ? refused(...reading.problems) : accepted(found);
}

interface Reading {
  readonly file: string;
  readonly text: string;
  readonly problems: Problem[];
}

function apollo(json: object, reading: Reading): readonly ManifestDocument[] {
  const { format, version, operations } = json as Readonly<Record<string, unknown>>;
  if (format !== manifestFormat) tell(reading, ['format'], `"format" must be "${manifestFormat}"`);
  if (version !== 1) tell(reading, ['version'], '"version" must be 1');
  if (!Array.isArray(operations)) {
    tell(reading, ['operations'], '"operations" must be a list');
    return [];
  }
  return operations.flatMap((entry: unknown, index) => {
    const document = apolloEntry(entry, ['operations', index], reading);
    return document === undefined ? [] : [document];
  });
}

function apolloEntry(
  entry: unknown,
  path: readonly JsonStep[],
  reading: Reading,
): ManifestDocument | undefined {
  const given = (typeof entry === 'object' && entry !== null ? entry : {}) as Readonly<
    Record<string, unknown>
  >;
  const { id, body, name, clientName, clientVersions } = given;
  if (typeof id !== 'string' || typeof body !== 'string') {
    tell(reading, path, 'an operation needs "id" and "body", both texts');
    return undefined;
  }
  const client = textOrNothing(clientName);
  const versions = clientVersions ?? undefined;
  if (client === null || !isVersions(versions)) {
    tell(reading, path, '"clientName" must be a text and "clientVersions" a list of texts');
    return undefined;
  }
  if (versions !== undefined && client === undefined) {
    tell(reading, path, '"clientVersions" needs "clientName"');
    return undefined;
  }
  if (!isId(id, body, path, reading)) return undefined;
  const shown = typeof name === 'string' ? name : undefined;
  return documentAt(reading, path, { ids: [bareId(id)], text: body, name: shown, client, versions });
}

function relay(json: object, reading: Reading): readonly ManifestDocument[] {
  return Object.entries(json).flatMap(([id, body]: [string, unknown]) => {
    if (typeof body !== 'string') {
      tell(reading, [id], `the document of "${id.slice(0, 80)}" must be a text`);
      return [];
    }
    if (!isId(id, body, [id], reading)) return [];
    const found = { ids: [bareId(id)], text: body, name: undefined, client: undefined, versions: undefined };
    return [documentAt(reading, [id], found)];
  });
}

/** Lines are looked up for what is told only: a getter keeps reading a large manifest cheap. */
function documentAt(
  { file, text }: Reading,
  path: readonly JsonStep[],
  found: Omit<ManifestDocument, 'location'>,
): ManifestDocument {
  return {
    ...found,
    get location() {
      return jsonPlace(file, text, path);
    },
  };
}

/** Hive's ids, `client~version~hash`, are made of parts that we hold apart. */
function isId(id: string, body: string, path: readonly JsonStep[], reading: Reading): boolean {
  const shown = id.slice(0, 80);
  if (id === '' || id.length > longestId || /[\s~\u0000-\u001f\u007f]/.test(id)) {
    tell(reading, path, `"${shown}" is no id: 1 to ${longestId} characters, without spaces and "~"`);
    return false;
  }
  if (id.startsWith('sha256:') && id !== `sha256:${digestOf(body)}`) {
    tell(reading, path, `the id ${shown} is not the SHA-256 of its document`);
    return false;
  }
  return true;
}

function textOrNothing(value: unknown): string | undefined | null {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}

function isVersions(value: unknown): value is readonly string[] | undefined {
  return (
    value === undefined ||
    (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string'))
  );
}

function tell(reading: Reading, path: readonly JsonStep[], message: string): void {
  if (reading.problems.length >= mostProblems) return;
  reading.problems.push(problem(message, jsonPlace(reading.file, reading.text, path)));
}

function notJson(file: string, text: string, failure: unknown): Problem {
  const position = /at position (\d+)/.exec(failure instanceof Error ? failure.message : '')?.[1];
  const location =
    position === undefined ? yamlPlace(file, text) : fileLocation(file, text, Number(position));
  return problem('the manifest is not JSON', location);
}

/** Node does not say where an unexpected sign stands; JSON is YAML, whose parser does. */
function yamlPlace(file: string, text: string): FileLocation {
  const [error] = text.length > longestLookedAt ? [] : parseDocument(text).errors;
  const { line = 1, col: column = 1 } = error?.linePos?.[0] ?? {};
  return { file, line, column };
}

const longestLookedAt = 1024 * 1024;

function problem(message: string, location: FileLocation): Problem {
  return {
    code: 'WEIR-O003',
    severity: 'error',
    message,
    places: [{ location }],
    fix: `weir documents extract  writes such a manifest; Apollo's and Relay's are read too`,
  };
}
