import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';
import type { Exchange } from './exchange.ts';

const retryMilliseconds = 3000;

interface SchemaKeeperProps {
  /** Changes when the server composes a new schema. */
  readonly schemaId: string | undefined;
  /** Changes when somebody signs in or out: introspection may be for some people only. */
  readonly sessionKind: string;
  /** How the last introspection ended. */
  readonly answer: Exchange | undefined;
}

/** Keeps docs and completion in step with the server. */
export function SchemaKeeper({ schemaId, sessionKind, answer }: SchemaKeeperProps): null {
  const actions = useGraphiQLActions();
  const hasSchema = useGraphiQL((state) => Boolean(state.schema));

  const introspected = useRef({ schemaId, sessionKind });
  useEffect(() => {
    const before = introspected.current;
    const isNewSchema = before.schemaId !== schemaId;
    const mayHelp = before.sessionKind !== sessionKind && !hasSchema;
    introspected.current = { schemaId, sessionKind };
    if (isNewSchema || mayHelp) void actions.introspect(); // tells of its errors in the store
  }, [schemaId, sessionKind, hasSchema, actions]);

  useEffect(() => {
    if (answer?.kind !== 'unreachable') return;
    const timer = setTimeout(() => void actions.introspect(), retryMilliseconds);
    return () => clearTimeout(timer);
  }, [answer, actions]);

  return null;
}
