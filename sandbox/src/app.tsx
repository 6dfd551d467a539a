import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { gatewayName, type Endpoint, type Example, type Person, type SandboxConfig } from './config.ts';
import { endpointFetcher, type Run } from './endpoint-fetcher.ts';
import type { Exchange } from './exchange.ts';
import { Notices } from './notices.tsx';
import { SchemaKeeper } from './schema-keeper.tsx';
import { useServerConfig, type ServerState } from './server-config.ts';
import { headersOf, signInAs, type Session } from './session.ts';
import { operationIn } from './share-link.ts';
import { TabOpener, type Opening } from './tab-opener.tsx';
import { TopBar } from './top-bar.tsx';
import { WorkbenchProvider, type Workbench } from './workbench.ts';
import { Workspace } from './workspace.tsx';

/** The sandbox page. */
export function App(): ReactNode {
  const server = useServerConfig();
  if (server.config === undefined) return <p className="starting">Starting the sandbox…</p>;
  return <Sandbox server={server} config={server.config} />;
}

function Sandbox({
  server,
  config,
}: {
  readonly server: ServerState;
  readonly config: SandboxConfig;
}): ReactNode {
  const [session, { signIn, signOut }, sessionHeaders] = useSession(config);
  const { endpoint, chooseEndpoint, opening, openExample, closeOpening } = useEndpoint(config);
  const [lastRun, setLastRun] = useState<Run>();
  const [schemaAnswer, setSchemaAnswer] = useState<Exchange>();
  const { name, url } = endpoint;

  const fetcher = useMemo(
    () => endpointFetcher({ name, url, sessionHeaders, onRun: setLastRun, onSchema: setSchemaAnswer }),
    [name, url, sessionHeaders],
  );
  useEffect(() => {
    setLastRun(undefined);
    setSchemaAnswer(undefined);
  }, [name]);

  const plan = planOf(config, name);
  const workbench = useMemo(
    (): Workbench => ({ endpoint: { name, url }, plan, lastRun, sessionHeaders }),
    [name, url, plan, lastRun, sessionHeaders],
  );
  const first = useMemo(() => firstOf(config, name), [config, name]);
  const schemaId = name === gatewayName ? config.schema?.id : undefined;
  return (
    <div className="page">
      <TopBar
        config={config}
        endpoint={endpoint}
        session={session}
        onEndpoint={chooseEndpoint}
        onSignIn={signIn}
        onSignOut={signOut}
        onExample={openExample}
      />
      <Notices server={server} session={session} endpoint={name} schemaAnswer={schemaAnswer} />
      <WorkbenchProvider value={workbench}>
        <Workspace key={name} endpoint={name} fetcher={fetcher} first={first}>
          <SchemaKeeper schemaId={schemaId} sessionKind={session.kind} answer={schemaAnswer} />
          <TabOpener opening={opening} onOpened={closeOpening} />
        </Workspace>
      </WorkbenchProvider>
    </div>
  );
}

function planOf(config: SandboxConfig, endpoint: string): Workbench['plan'] {
  if (endpoint !== gatewayName) return 'not-a-gateway';
  return config.plan ? 'available' : 'not-shown';
}

function firstOf(config: SandboxConfig, endpoint: string): Opening {
  const example = config.examples.find((candidate) => candidate.endpoint === endpoint);
  if (example !== undefined) return { query: example.query, variables: example.variables ?? '' };
  const query = '# Ctrl-Enter runs this.\n# Ctrl-Space completes.\n\nquery {\n  __typename\n}\n';
  return { query, variables: '' };
}

interface SignActions {
  readonly signIn: (person: Person) => void;
  readonly signOut: () => void;
}

function useSession({
  signIn: way,
}: SandboxConfig): readonly [Session, SignActions, () => Readonly<Record<string, string>>] {
  const [session, setSession] = useState<Session>({ kind: 'nobody' });
  const current = useRef(session);
  const actions = useMemo((): SignActions => {
    const become = (next: Session): void => {
      current.current = next;
      setSession(next);
    };
    const signInNow = async (person: Person): Promise<void> => {
      if (way === undefined) return;
      const signingIn: Session = { kind: 'signing-in', person };
      become(signingIn);
      const next = await signInAs(person, way);
      // Whoever was chosen last counts, not whose answer came last.
      if (current.current === signingIn) become(next);
    };
    return {
      signIn: (person) => void signInNow(person), // signInAs() does not reject
      signOut: () => become({ kind: 'nobody' }),
    };
  }, [way]);
  const sessionHeaders = useCallback(() => headersOf(current.current), []);
  return [session, actions, sessionHeaders];
}

interface EndpointChoice {
  readonly endpoint: Endpoint;
  readonly chooseEndpoint: (name: string) => void;
  readonly opening: Opening | undefined;
  readonly openExample: (example: Example) => void;
  readonly closeOpening: () => void;
}

function useEndpoint(config: SandboxConfig): EndpointChoice {
  const [name, chooseEndpoint] = useState(config.endpoints[0].name);
  const [opening, setOpening] = useState<Opening>();
  const closeOpening = useCallback(() => setOpening(undefined), []);
  const endpoint = config.endpoints.find((candidate) => candidate.name === name) ?? config.endpoints[0];

  useEffect(() => {
    const openShared = (): void => {
      const shared = operationIn(window.location.hash);
      if (shared === undefined) return;
      if (shared.endpoint !== '') chooseEndpoint(shared.endpoint);
      setOpening({ query: shared.query, variables: shared.variables });
      window.history.replaceState(null, '', window.location.pathname + window.location.search);
    };
    openShared();
    window.addEventListener('hashchange', openShared);
    return () => window.removeEventListener('hashchange', openShared);
  }, []);

  const openExample = (example: Example): void => {
    chooseEndpoint(example.endpoint ?? name);
    setOpening({ query: example.query, variables: example.variables ?? '' });
  };
  return { endpoint, chooseEndpoint, opening, openExample, closeOpening };
}
