import type { GraphiQLPlugin } from '@graphiql/react';
import { useState, type ReactNode } from 'react';
import { useWorkbench } from '../workbench.ts';
import { PlanBoxes } from './plan-boxes.tsx';
import { factsOf, type ShownPlan } from './plan-json.ts';
import { usePlan, type PlanState } from './plan-state.ts';
import { subgraphHues } from './subgraph-colours.ts';

type View = 'boxes' | 'text';

/** The plan of the current operation, beside docs, builder and history. */
export const planPlugin: GraphiQLPlugin = { title: 'Query Plan', icon: PlanIcon, content: PlanPanel };

function PlanPanel(): ReactNode {
  const { plan, endpoint } = useWorkbench();
  const state = usePlan();
  const [view, setView] = useState<View>('boxes');
  return (
    <section className="plan" aria-label="Query Plan">
      <header className="plan-head">
        <h2>Query Plan</h2>
        {plan === 'available' && <PlanControls state={state} view={view} onView={setView} />}
      </header>
      {plan === 'available' && <PlanContent state={state} view={view} />}
      {plan === 'not-a-gateway' && (
        <p className="plan-note">
          {endpoint.name} has no query plan: only the gateway spreads an operation over subgraphs. Switch to
          the gateway to see one.
        </p>
      )}
      {plan === 'not-shown' && <p className="plan-note">This gateway does not show its query plans.</p>}
    </section>
  );
}

interface ControlsProps {
  readonly state: PlanState;
  readonly view: View;
  readonly onView: (view: View) => void;
}

function PlanControls({ state, view, onView }: ControlsProps): ReactNode {
  return (
    <div className="plan-controls">
      <div className="switch" role="group" aria-label="View">
        {(['boxes', 'text'] as const).map((name) => (
          <button key={name} type="button" aria-pressed={view === name} onClick={() => onView(name)}>
            {name === 'boxes' ? 'Boxes' : 'Text'}
          </button>
        ))}
      </div>
      <button type="button" className="plain-button" disabled={state.asking} onClick={state.ask}>
        {state.asking ? 'Planning…' : 'Update'}
      </button>
    </div>
  );
}

function PlanContent({ state, view }: { readonly state: PlanState; readonly view: View }): ReactNode {
  const { answer, asking } = state;
  if (answer === undefined) {
    return (
      <p className="plan-note">
        {asking
          ? 'Planning…'
          : 'Update shows how the gateway would answer the operation, without running it.'}
      </p>
    );
  }
  if (answer.kind !== 'shown') {
    return (
      <p className="plan-note" role="status">
        {answer.text}
      </p>
    );
  }
  return (
    <>
      <PlanSummary plan={answer.plan} />
      {view === 'text' ? <pre className="plan-text">{answer.plan.text}</pre> : <Drawing plan={answer.plan} />}
    </>
  );
}

function PlanSummary({ plan }: { readonly plan: ShownPlan }): ReactNode {
  const { fetches, subgraphs, rounds } = factsOf(plan.root);
  const parts = [
    counted(fetches, 'fetch', 'fetches'),
    counted(subgraphs.length, 'subgraph', 'subgraphs'),
    `${counted(rounds, 'round', 'rounds')} in sequence`,
  ];
  return <p className="plan-summary">{parts.join(' · ')}</p>;
}

function counted(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

function Drawing({ plan }: { readonly plan: ShownPlan }): ReactNode {
  if (plan.root === undefined)
    return <p className="plan-note">Nothing is fetched: the gateway knows the answer.</p>;
  return (
    <div className="plan-drawing">
      <PlanBoxes step={plan.root} hues={subgraphHues(factsOf(plan.root).subgraphs)} />
    </div>
  );
}

function PlanIcon(): ReactNode {
  return (
    <svg viewBox="0 0 20 20" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <rect x="6.5" y="1.5" width="7" height="5" rx="1.5" />
      <rect x="1.5" y="13.5" width="7" height="5" rx="1.5" />
      <rect x="11.5" y="13.5" width="7" height="5" rx="1.5" />
      <path d="M10 6.5v3.5M5 13.5V10h10v3.5" />
    </svg>
  );
}
