import type { ReactNode } from 'react';
import type { Exchange } from './exchange.ts';
import { schemaFailureText } from './failure-text.ts';
import type { ServerState } from './server-config.ts';
import type { Session } from './session.ts';

interface NoticesProps {
  readonly server: ServerState;
  readonly session: Session;
  readonly endpoint: string;
  /** How the last introspection of the endpoint ended. */
  readonly schemaAnswer: Exchange | undefined;
}

interface Notice {
  readonly tone: 'bad' | 'mild';
  readonly text: string;
}

/** Bars that say what is wrong with the system behind the page, and what happens next. */
export function Notices(props: NoticesProps): ReactNode {
  return (
    <div className="notices" aria-live="polite">
      {noticesOf(props).map(({ tone, text }) => (
        <p key={text} className={`notice notice-${tone}`}>
          {text}
        </p>
      ))}
    </div>
  );
}

function noticesOf({ server, session, endpoint, schemaAnswer }: NoticesProps): readonly Notice[] {
  const notices: Notice[] = [];
  if (!server.reachable) notices.push({ tone: 'bad', text: 'The gateway is not reachable, retry in 3 s.' });
  const problem = server.config?.schema?.problem;
  if (problem !== undefined) {
    notices.push({
      tone: 'bad',
      text: `The newest subgraphs do not compose; the schema before them is served. ${problem}`,
    });
  }
  if (session.kind === 'refused') {
    notices.push({ tone: 'bad', text: `${session.person.name} could not be signed in: ${session.because}` });
  }
  const text = schemaAnswer === undefined ? undefined : schemaText(schemaAnswer, endpoint);
  // When the server of the page is gone, one bar about it is enough.
  if (text !== undefined && server.reachable) notices.push({ tone: 'mild', text });
  return notices;
}

function schemaText(answer: Exchange, endpoint: string): string | undefined {
  return answer.kind === 'unreachable'
    ? `${endpoint} is not reachable, retry in 3 s. Is it running, and does it let this page in (CORS)?`
    : schemaFailureText(answer, endpoint);
}
