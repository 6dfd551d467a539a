import { Kind, type OperationDefinitionNode } from 'graphql';
import type { ManifestDocument } from '../../schema/documents/documents.ts';
import { clientName } from '../model/client-name.ts';
import type { GraphQLRequest } from '../model/graphql-request.ts';
import type { Operation } from '../model/operation.ts';
import type { Principal } from '../model/principal.ts';
import { refusal, type Refusal } from '../model/refusal.ts';
import type { TrustedDocuments, TrustedSettings, TrustRule } from './trusted-documents.ts';

/** One request's claim to be trusted. */
export interface Claim {
  /** Who sends none is no known client. */
  readonly headers: GraphQLRequest['headers'] | undefined;
  readonly principal: Principal;
  /** Of the client program. */
  readonly profile: string;
  /** The document that was asked for by its id. */
  readonly byId: ManifestDocument | undefined;
}

export type Judgement =
  /** `document` is the id of the document that says so; `unlisted`: no document does, and it is to be told of. */
  | { readonly ok: true; readonly document: string | undefined; readonly unlisted: boolean }
  | { readonly ok: false; readonly refusal: Refusal };

export interface Trust {
  /** The document that an id means for this client. */
  readonly document: (id: string, headers: Claim['headers']) => ManifestDocument | undefined;
  /** The name to look for in a document when the request gives none. */
  readonly soleName: (document: ManifestDocument) => string | undefined;
  /** Refuses a text before it is looked at, where no text can pass. */
  readonly refusesTexts: (claim: Pick<Claim, 'principal' | 'profile'>) => Refusal | undefined;
  readonly judge: (operation: Operation, claim: Claim) => Judgement;
}

const notListed = refusal(
  'QUERY_NOT_IN_SAFELIST',
  'This operation is not one that a known client has shipped.',
);
const idRequired = refusal(
  'PERSISTED_QUERY_ID_REQUIRED',
  'Operations are asked for by the ids of their documents here; texts are not answered.',
);
const free: Judgement = { ok: true, document: undefined, unlisted: false };
const unlisted: Judgement = { ok: true, document: undefined, unlisted: true };

/** Decides which operations may be asked, by the documents in force. */
export function trust(settings: TrustedSettings, trusted: TrustedDocuments): Trust {
  const { freeIntrospection, profiles } = settings;
  const ruleOf = (profile: string): TrustRule => profiles?.get(profile) ?? settings;
  const isFree = (principal: Principal): boolean =>
    principal.kind === 'known' && settings.freeScopes.some((scope) => principal.scopes.has(scope));
  return {
    document: (id, headers) => trusted.current().byId(id, clientName(headers ?? {})),
    soleName: (document) => {
      const [name, another] = trusted.current().namesIn(document);
      return another === undefined ? name : undefined;
    },
    refusesTexts: ({ principal, profile }) =>
      ruleOf(profile).mode === 'ids' && !freeIntrospection && !isFree(principal) ? idRequired : undefined,
    judge: (operation, { headers, principal, profile, byId }) => {
      if (byId !== undefined) return listedAs(byId);
      const { mode, logUnknown } = ruleOf(profile);
      const listed =
        mode === 'ids' ? undefined : trusted.current().asking(operation, clientName(headers ?? {}));
      if (listed !== undefined) return listedAs(listed);
      if (freeIntrospection && asksForSchemaOnly(operation)) return free;
      if (mode === 'open' || isFree(principal)) return logUnknown ? unlisted : free;
      return { ok: false, refusal: mode === 'ids' ? idRequired : notListed };
    },
  };
}

function listedAs({ ids }: ManifestDocument): Judgement {
  return { ok: true, document: ids[0], unlisted: false };
}

const schemaFields: ReadonlySet<string> = new Set(['__schema', '__type', '__typename']);

/** Fields written at the root itself: a fragment there could hold anything, and tools for introspection use none. */
function asksForSchemaOnly({ kind, document }: Operation): boolean {
  const definition = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  return (
    kind === 'query' &&
    definition?.selectionSet.selections.every(
      (selection) => selection.kind === Kind.FIELD && schemaFields.has(selection.name.value),
    ) === true
  );
}
