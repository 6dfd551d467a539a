import { hash } from 'node:crypto';
import type { CallContext, CallParts, SubgraphCall, Telling } from '../model/subgraph-call.ts';
import type { ClientWish } from './cache-control.ts';
import type { Account, Counters } from './counters.ts';
import { completeness, type IsComplete } from './complete-values.ts';
import { settingsOf, type CacheSettings, type SubgraphCacheSettings } from './cache-settings.ts';
import { documentFacts, type DocumentFacts } from './document-facts.ts';
import type { SchemaFacts } from './schema-facts.ts';
import {
  variation,
  type Audience,
  type Identities,
  type IdentityHeaders,
  type Variation,
} from './variation.ts';
import { LRUCache } from 'lru-cache';

/** A document with what answers to it turned out to be. */
export interface Learned {
  readonly facts: DocumentFacts;
  readonly settings: SubgraphCacheSettings;
  readonly account: Account;
  readonly isComplete: IsComplete;
  /** What became of the last answer; only saves look-ups. */
  last: 'unknown' | Became;
  /** Of how many in a row it became that. */
  inRow: number;
  /** When that was last seen. */
  seenAt: number;
}

/** What an answer is kept as, or that it is not kept. */
export type Became = Audience | 'skip';

export function learn(learned: Learned, became: Became, now: number): void {
  learned.inRow = learned.last === became ? learned.inRow + 1 : 1;
  learned.last = became;
  learned.seenAt = now;
}

/** One answer of another kind among many says nothing yet of the others. */
const settledAfter = 3;
const skippedMs = 10_000;

/** Whether answers to this have become that several times in a row. That they are not kept is believed for a while. */
export function isSettled({ last, inRow, seenAt }: Learned, became: Became, now: number): boolean {
  if (last !== became || inRow < settledAfter) return false;
  return became !== 'skip' || now < seenAt + skippedMs;
}

/** What is asked of a subgraph, entity by entity; a root call is one item. */
export interface Question {
  readonly call: SubgraphCall;
  readonly parts: CallParts;
  readonly context: CallContext;
  readonly learned: Learned;
  readonly variation: Variation;
  /** Everything an answer depends on but the entity itself and who may see it, hashed. */
  readonly group: string;
  readonly items: readonly Item[];
  readonly wish: ClientWish;
}

export interface Item {
  /** Part of the key within the group. */
  readonly name: string;
  /** JSON of the representation; empty for a root call. */
  readonly text: string;
}

export interface QuestionKit {
  readonly settings: CacheSettings;
  readonly facts: SchemaFacts;
  readonly identities: Identities;
  readonly identityHeaders: IdentityHeaders;
  readonly tellingOf: (subgraph: string) => Telling;
  readonly counters: Counters;
}

export interface Asking {
  readonly call: SubgraphCall;
  readonly parts: CallParts;
  readonly context: CallContext;
  readonly wish: ClientWish;
}

export interface Questions {
  readonly learned: (subgraph: string, document: string) => Learned;
  /** Reads the representations at once. */
  readonly of: (asking: Asking, learned: Learned) => Question;
}

const mostDocuments = 5_000;
/** Of all documents together: what is known of one takes a few times its text. */
const mostCharacters = 10_000_000;
const charactersPerDocument = 1_000;
const longestName = 120;

export function questions(kit: QuestionKit): Questions {
  const { settings, facts, identities, identityHeaders, tellingOf, counters } = kit;
  // By the document first: it is the same string each time, and its hash is known.
  const documents = new LRUCache<string, Map<string, Learned>>({
    max: mostDocuments,
    maxSize: mostCharacters,
    sizeCalculation: (_, { length }) => length + charactersPerDocument,
  });
  return {
    learned: (subgraph, document) => {
      const known = documents.get(document) ?? new Map<string, Learned>();
      const learned = known.get(subgraph);
      if (learned !== undefined) return learned;
      const own = settingsOf(settings, subgraph);
      const asked = documentFacts(facts, subgraph, document);
      const made: Learned = {
        facts: asked,
        settings: own,
        account: counters.account(subgraph, asked.topTypes[0] ?? ''),
        isComplete: completeness(facts.schema, document),
        ...{ last: 'unknown', inRow: 0, seenAt: 0 },
      };
      known.set(subgraph, made);
      documents.set(document, known);
      return made;
    },
    of: ({ call, parts, context, wish }, learned) => {
      const { facts: document, settings: own } = learned;
      const access = identities.access(context.principal);
      const varies = variation({
        told: tellingOf(call.subgraph)(context),
        identityHeaders,
        own: identities.own(context.principal, own.privateId),
      });
      const asked = JSON.stringify([
        document.id,
        parts.variables(),
        varies.headers,
        document.isProtected ? access : '',
      ]);
      const items = parts.representations?.map((text) => ({ name: nameOf(text), text })) ?? [rootItem];
      const group = hash('sha256', asked, 'base64url');
      return { call, parts, context, learned, variation: varies, group, items, wish };
    },
  };
}

const rootItem: Item = { name: '', text: '' };

const nameOf = (text: string): string =>
  text.length <= longestName ? text : `#${hash('sha256', text, 'base64url')}`;
