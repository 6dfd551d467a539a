export type AnswerType = 'application/json' | 'application/graphql-response+json';

export interface Negotiated {
  readonly type: AnswerType;
  /** The client named `application/json` itself: refusals by GraphQL are then 200 (GraphQL over HTTP, 6.4.1). */
  readonly namedJson: boolean;
}

const anything: Negotiated = { type: 'application/json', namedJson: false };
const longestAccept = 1000;

/** The media type to answer in; `undefined` when the client accepts none of GraphQL's. */
export function negotiated(accept: string | undefined): Negotiated | undefined {
  if (accept === undefined || accept === '*/*') return anything;
  if (accept === 'application/json') return { type: 'application/json', namedJson: true };
  let best: { readonly found: Negotiated; readonly weight: number } | undefined;
  for (const part of accept.slice(0, longestAccept).split(',')) {
    const { type, weight } = range(part);
    const found = candidates[type];
    if (found === undefined || weight === 0) continue;
    // A named type beats a wildcard of the same weight; the newer type beats the older one.
    const rank =
      weight + (type.includes('*') ? 0 : 0.0001) + (found.type === 'application/json' ? 0 : 0.0001);
    if (best === undefined || rank > best.weight) best = { found, weight: rank };
  }
  return best?.found;
}

const candidates: Readonly<Record<string, Negotiated>> = Object.assign(
  Object.create(null) as Record<string, Negotiated>,
  {
    'application/json': { type: 'application/json', namedJson: true },
    'application/graphql-response+json': { type: 'application/graphql-response+json', namedJson: false },
    'application/*': anything,
    '*/*': anything,
  },
);

function range(part: string): { readonly type: string; readonly weight: number } {
  const [type = '', ...parameters] = part.split(';');
  const weight = parameters
    .map((one) => /^\s*q\s*=\s*([\d.]{1,6})\s*$/i.exec(one)?.[1])
    .find((q) => q !== undefined);
  return { type: type.trim().toLowerCase(), weight: weight === undefined ? 1 : Number(weight) || 0 };
}

export type BodyType = 'json' | 'other type' | 'other charset' | 'none';

/** What a POST says its body is. */
export function bodyType(contentType: string | undefined): BodyType {
  if (contentType === undefined || contentType === '') return 'none';
  if (contentType === 'application/json') return 'json';
  const [type = '', ...parameters] = contentType.slice(0, 500).split(';');
  if (type.trim().toLowerCase() !== 'application/json' || contentType.length > 500) return 'other type';
  for (const parameter of parameters) {
    const charset = /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i.exec(parameter)?.[1];
    if (charset !== undefined && !/^utf-?8$/i.test(charset)) return 'other charset';
  }
  return 'json';
}
