import { useGraphiQL } from '@graphiql/react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Run } from './endpoint-fetcher.ts';
import { errorsOf, type Exchange } from './exchange.ts';
import { failureText } from './failure-text.ts';
import { useWorkbench } from './workbench.ts';

/** Status, duration, size and errors of the last run of the active tab. */
export function StatusStrip(): ReactNode {
  const { lastRun, endpoint } = useWorkbench();
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.id ?? '');
  const [runs, setRuns] = useState<ReadonlyMap<string, Run>>(new Map());
  useEffect(() => {
    if (lastRun !== undefined) setRuns((known) => withRun(known, lastRun, tab));
    // Not when the tab changes: a run belongs to the tab it was started in.
  }, [lastRun]);
  const run = runs.get(tab);
  return (
    <div className="strip" role="status" aria-label="Response status">
      {run === undefined ? (
        <span>Not run yet · Ctrl-Enter runs the operation</span>
      ) : (
        <RunFacts run={run} name={endpoint.name} />
      )}
    </div>
  );
}

function withRun(runs: ReadonlyMap<string, Run>, run: Run, activeTab: string): ReadonlyMap<string, Run> {
  const startedIn = [...runs].find(([, known]) => known.request === run.request)?.[0];
  return new Map(runs).set(startedIn ?? activeTab, run);
}

function RunFacts({ run, name }: { readonly run: Run; readonly name: string }): ReactNode {
  if (run.exchange === undefined) return <span>Waiting for {name}…</span>;
  const text = failureText(run.exchange, name);
  if (run.exchange.kind !== 'answered') return <span className="strip-bad">{text}</span>;
  const { status, milliseconds, bytes, body } = run.exchange;
  const errors = errorsOf(body).length;
  return (
    <>
      <span className={badge(run.exchange)}>{status}</span>
      <span>{durationText(milliseconds)}</span>
      <span>{sizeText(bytes)}</span>
      <span className={errors > 0 ? 'strip-bad' : 'strip-good'}>{errorCount(errors)}</span>
      {text !== undefined && <span className="strip-text">{text}</span>}
    </>
  );
}

function badge(exchange: Extract<Exchange, { kind: 'answered' }>): string {
  if (exchange.status >= 400) return 'strip-badge strip-badge-bad';
  return errorsOf(exchange.body).length > 0 ? 'strip-badge strip-badge-mixed' : 'strip-badge';
}

function errorCount(count: number): string {
  if (count === 0) return 'no errors';
  return count === 1 ? '1 error' : `${String(count)} errors`;
}

function durationText(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
