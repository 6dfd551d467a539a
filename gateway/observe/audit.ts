import type { Logger } from 'pino';
import type { ClientName } from '../model/client-name.ts';
import { cleanText } from './clean-text.ts';

/** What a caller was denied in one request: never a value, a variable or a claim. */
export interface AuditRecord {
  readonly requestId: string;
  readonly caller:
    | { readonly kind: 'anonymous' }
    | { readonly kind: 'known'; readonly subject: string; readonly issuer: string };
  readonly client?: ClientName | undefined;
  readonly operationName?: string | undefined;
  readonly operationHash: string;
  /** Nothing was withheld: this is what would be. */
  readonly isDryRun: boolean;
  readonly denials: readonly AuditedDenial[];
}

interface AuditedDenial {
  /** `Type.field` */
  readonly coordinate: string;
  /** The rule that was not met. */
  readonly requirement: string;
  readonly path: readonly string[];
  readonly undecided?: true;
}

/** Entries of one request; one that asks for more writes how many there were besides. */
const mostEntries = 50;

/** One entry of the log for each field and rule that was denied, however often the operation asks for it. */
export function writeAudit(logger: Logger, record: AuditRecord): void {
  if (!logger.isLevelEnabled('info')) return;
  const distinct = new Map<string, AuditedDenial>();
  for (const denial of record.denials) {
    const key = `${denial.coordinate} ${denial.requirement}`;
    if (!distinct.has(key)) distinct.set(key, denial);
  }
  const common = commonFields(record);
  for (const { coordinate, requirement, path, undecided } of [...distinct.values()].slice(0, mostEntries)) {
    logger.info(
      {
        ...common,
        outcome: record.isDryRun ? 'would be denied' : undecided === true ? 'undecided' : 'denied',
        what: cleanText(coordinate, 200),
        rule: cleanText(requirement, 300),
        path: cleanText(path.join('.'), 200),
      },
      'access denied',
    );
  }
  if (distinct.size > mostEntries)
    logger.info({ ...common, more: distinct.size - mostEntries }, 'access denied');
}

function commonFields({ caller, client, requestId, operationName, operationHash }: AuditRecord) {
  return {
    audit: 'authorization',
    request_id: cleanText(requestId, 64),
    who: caller.kind === 'anonymous' ? 'anonymous' : cleanText(caller.subject, 100),
    issuer: caller.kind === 'anonymous' ? undefined : cleanText(caller.issuer, 200),
    client: client?.name === undefined ? undefined : cleanText(client.name, 100),
    operation: operationName === undefined ? undefined : cleanText(operationName, 100),
    hash: operationHash.slice(0, 16),
  };
}
