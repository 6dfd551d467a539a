import { createContext, useContext } from 'react';
import type { Endpoint } from './config.ts';
import type { Run } from './endpoint-fetcher.ts';

/** What the panels inside GraphiQL know about the page around it. */
export interface Workbench {
  readonly endpoint: Endpoint;
  /** Whether this endpoint shows query plans. */
  readonly plan: 'available' | 'not-a-gateway' | 'not-shown';
  readonly lastRun: Run | undefined;
  readonly sessionHeaders: () => Readonly<Record<string, string>>;
}

const WorkbenchContext = createContext<Workbench | undefined>(undefined);

export const WorkbenchProvider = WorkbenchContext.Provider;

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (workbench === undefined) throw new Error('useWorkbench needs a WorkbenchProvider around it.');
  return workbench;
}
