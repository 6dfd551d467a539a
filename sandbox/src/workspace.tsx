import { explorerPlugin } from '@graphiql/plugin-explorer';
import type { Fetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useMemo, type ReactNode } from 'react';
import { EditorColours } from './editor-colours.tsx';
import { pageStorage } from './page-storage.ts';
import { planPlugin } from './plan/plan-panel.tsx';
import { ShareButton } from './share-button.tsx';
import { StatusStrip } from './status-strip.tsx';
import type { Opening } from './tab-opener.tsx';

interface WorkspaceProps {
  readonly endpoint: string;
  readonly fetcher: Fetcher;
  /** What the first tab shows on a first visit. */
  readonly first: Opening;
  readonly children: ReactNode;
}

/** GraphiQL with our panels, for one endpoint. Operations and history are remembered, headers never. */
export function Workspace({ endpoint, fetcher, first, children }: WorkspaceProps): ReactNode {
  const plugins = useMemo(() => [explorerPlugin({ showAttribution: false }), HISTORY_PLUGIN, planPlugin], []);
  const storage = useMemo(() => pageStorage(endpoint, first), [endpoint, first]);
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      plugins={plugins}
      defaultQuery={first.query}
      shouldPersistHeaders={false}
      showPersistHeadersSettings={false}
      defaultEditorToolsVisibility="variables"
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <span />
      </GraphiQL.Logo>
      <GraphiQL.Toolbar>
        {({ prettify, merge, copy }) => (
          <>
            {prettify}
            {merge}
            {copy}
            <ShareButton />
          </>
        )}
      </GraphiQL.Toolbar>
      <GraphiQL.Footer>
        <StatusStrip />
      </GraphiQL.Footer>
      <EditorColours />
      {children}
    </GraphiQL>
  );
}
