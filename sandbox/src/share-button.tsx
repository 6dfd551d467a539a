import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import { useEffect, useState, type ReactNode } from 'react';
import { linkTo } from './share-link.ts';
import { useWorkbench } from './workbench.ts';

type Copied = 'not yet' | 'copied' | 'in address bar';

const labels = {
  'not yet': 'Copy a link to this operation (without headers)',
  copied: 'Link copied',
  'in address bar': 'The link is in the address bar',
} as const;

/** Copies a link that opens operation and variables on this page. */
export function ShareButton(): ReactNode {
  const { endpoint } = useWorkbench();
  const { queryEditor, variableEditor } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
  }));
  const [copied, setCopied] = useState<Copied>('not yet');
  useEffect(() => {
    if (copied === 'not yet') return;
    const timer = setTimeout(() => setCopied('not yet'), 3000);
    return () => clearTimeout(timer);
  }, [copied]);

  const share = async (): Promise<void> => {
    const query = queryEditor?.getValue() ?? '';
    const variables = variableEditor?.getValue() ?? '';
    const link = linkTo({ endpoint: endpoint.name, query, variables }, window.location.href);
    setCopied(await copyOrShow(link));
  };
  return (
    <ToolbarButton label={labels[copied]} onClick={() => void share()}>
      <LinkIcon done={copied !== 'not yet'} />
    </ToolbarButton>
  );
}

/** The clipboard is closed to pages without HTTPS (except on localhost) and to those without leave. */
async function copyOrShow(link: string): Promise<Copied> {
  try {
    await navigator.clipboard.writeText(link);
    return 'copied';
  } catch {
    window.history.replaceState(null, '', link);
    return 'in address bar';
  }
}

function LinkIcon({ done }: { readonly done: boolean }): ReactNode {
  return (
    <svg
      className="graphiql-toolbar-icon"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      {done ? (
        <path d="M4 10.5l4 4 8-9" strokeLinecap="round" strokeLinejoin="round" />
      ) : (
        <path
          d="M8.5 11.5a3.2 3.2 0 0 0 4.6 0l2.9-2.9a3.2 3.2 0 0 0-4.6-4.6l-1 1M11.5 8.5a3.2 3.2 0 0 0-4.6 0L4 11.4A3.2 3.2 0 0 0 8.6 16l1-1"
          strokeLinecap="round"
        />
      )}
    </svg>
  );
}
