import { jsonOf, stringAt } from './json.ts';

/** What a link carries: never headers, which may hold secrets. */
export interface SharedOperation {
  readonly endpoint: string;
  readonly query: string;
  readonly variables: string;
}

const mark = '#op=';
const maxLength = 200_000;

/** The page's address with the operation in the fragment, which browsers do not send to servers. */
export function linkTo(operation: SharedOperation, page: string): string {
  const { endpoint, query, variables } = operation;
  const bytes = new TextEncoder().encode(JSON.stringify({ endpoint, query, variables }));
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const [address = ''] = page.split('#');
  return address + mark + base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The operation in a link's fragment, `undefined` when there is none that can be read. */
export function operationIn(fragment: string): SharedOperation | undefined {
  if (!fragment.startsWith(mark) || fragment.length > maxLength) return undefined;
  const json = jsonOf(textOf(fragment.slice(mark.length)) ?? '');
  const query = stringAt(json, 'query');
  if (query === undefined) return undefined;
  return { query, endpoint: stringAt(json, 'endpoint') ?? '', variables: stringAt(json, 'variables') ?? '' };
}

function textOf(base64url: string): string | undefined {
  try {
    const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
