import { DropdownMenu } from '@graphiql/react';
import type { ReactNode } from 'react';
import type { Endpoint, Example, Person, SandboxConfig, SchemaFacts } from './config.ts';
import type { Session } from './session.ts';

interface TopBarProps {
  readonly config: SandboxConfig;
  readonly endpoint: Endpoint;
  readonly onEndpoint: (name: string) => void;
  readonly session: Session;
  readonly onSignIn: (person: Person) => void;
  readonly onSignOut: () => void;
  readonly onExample: (example: Example) => void;
}

/** What is asked, as whom, and of which schema. */
export function TopBar({
  config,
  endpoint,
  onEndpoint,
  session,
  onSignIn,
  onSignOut,
  onExample,
}: TopBarProps): ReactNode {
  return (
    <header className="top">
      <h1 className="top-title">
        <img src="./icon.svg" alt="" width="22" height="22" />
        {config.title}
        {config.version !== undefined && <span>{config.version}</span>}
      </h1>
      <nav className="switch" aria-label="Endpoint">
        {config.endpoints.map(({ name, url }) => (
          <button
            key={name}
            type="button"
            title={url}
            aria-pressed={name === endpoint.name}
            onClick={() => onEndpoint(name)}
          >
            {name}
          </button>
        ))}
      </nav>
      {config.examples.length > 0 && <ExamplesMenu config={config} onExample={onExample} />}
      <div className="top-space" />
      {config.schema !== undefined && <SchemaBadge facts={config.schema} />}
      {config.signIn !== undefined && config.people.length > 0 && (
        <PeopleMenu people={config.people} session={session} onSignIn={onSignIn} onSignOut={onSignOut} />
      )}
    </header>
  );
}

interface ExamplesProps {
  readonly config: SandboxConfig;
  readonly onExample: (example: Example) => void;
}

function ExamplesMenu({ config, onExample }: ExamplesProps): ReactNode {
  return (
    <DropdownMenu modal={false}>
      <DropdownMenu.Button className="plain-button">Examples ▾</DropdownMenu.Button>
      <DropdownMenu.Content className="top-menu" align="start" onCloseAutoFocus={keepFocus}>
        {config.examples.map((example, index) => (
          <DropdownMenu.Item key={index} onSelect={() => onExample(example)}>
            {example.name}
            {example.endpoint !== undefined && <small>{example.endpoint}</small>}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}

/** Choosing an example puts the cursor into the editor, ready for Ctrl-Enter; the menu must not take it back. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

function SchemaBadge({ facts }: { readonly facts: SchemaFacts }): ReactNode {
  const fine = facts.problem === undefined;
  return (
    <p
      className={fine ? 'schema-badge' : 'schema-badge schema-badge-bad'}
      title={facts.problem ?? facts.composedAt}
    >
      schema <code>{facts.id}</code>
      {facts.composedAt !== undefined && ` · composed ${timeText(facts.composedAt)}`}
      <span aria-label={fine ? 'composes' : 'does not compose'}>{fine ? '✓' : '✕'}</span>
    </p>
  );
}

function timeText(isoTime: string): string {
  const time = new Date(isoTime);
  if (Number.isNaN(time.getTime())) return isoTime;
  return time.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });
}

interface PeopleProps {
  readonly people: readonly Person[];
  readonly session: Session;
  readonly onSignIn: (person: Person) => void;
  readonly onSignOut: () => void;
}

function PeopleMenu({ people, session, onSignIn, onSignOut }: PeopleProps): ReactNode {
  return (
    <DropdownMenu>
      <DropdownMenu.Button className="plain-button people-button" data-session={session.kind}>
        as: {whoText(session)} ▾
      </DropdownMenu.Button>
      <DropdownMenu.Content className="top-menu" align="end">
        {people.map((person) => (
          <DropdownMenu.Item key={person.email} onSelect={() => onSignIn(person)}>
            {person.name}
            <small>{person.role ?? person.email}</small>
          </DropdownMenu.Item>
        ))}
        <DropdownMenu.Item onSelect={onSignOut}>
          nobody<small>{session.kind === 'nobody' ? 'not signed in' : 'sign out'}</small>
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}

function whoText(session: Session): string {
  switch (session.kind) {
    case 'nobody':
    case 'refused':
      return 'nobody';
    case 'signing-in':
      return `${session.person.name}…`;
    case 'signed-in':
      return session.person.name;
  }
}
