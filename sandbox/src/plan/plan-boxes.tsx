import { parse, print } from 'graphql';
import type { CSSProperties, ReactNode } from 'react';
import { readableDocument, type FetchStep, type PlanStep } from './plan-json.ts';

interface PlanBoxesProps {
  readonly step: PlanStep;
  readonly hues: ReadonlyMap<string, number>;
}

/** A plan as nested boxes: what waits for what, and which subgraph does it. */
export function PlanBoxes({ step, hues }: PlanBoxesProps): ReactNode {
  switch (step.kind) {
    case 'sequence':
    case 'parallel':
      return <Group title={step.kind} hint={hints[step.kind]} steps={step.steps} hues={hues} />;
    case 'condition':
      return (
        <div className="plan-group plan-condition" data-step="condition">
          <Branch title={`if $${step.variable}`} step={step.whenTrue} hues={hues} />
          <Branch title={`unless $${step.variable}`} step={step.whenFalse} hues={hues} />
        </div>
      );
    case 'fetch':
      return <FetchBox fetch={step} hue={hues.get(step.subgraph) ?? 0} />;
  }
}

const hints = { sequence: 'one after the other', parallel: 'at the same time' } as const;

interface GroupProps {
  readonly title: 'sequence' | 'parallel';
  readonly hint: string;
  readonly steps: readonly PlanStep[];
  readonly hues: ReadonlyMap<string, number>;
}

function Group({ title, hint, steps, hues }: GroupProps): ReactNode {
  return (
    <div className={`plan-group plan-${title}`} data-step={title}>
      <div className="plan-group-title">
        {title} <span>{hint}</span>
      </div>
      <ol className="plan-steps">
        {steps.map((step, index) => (
          // A plan is replaced as a whole, so the position is the identity of a step.
          <li key={index}>
            <PlanBoxes step={step} hues={hues} />
          </li>
        ))}
      </ol>
    </div>
  );
}

interface BranchProps {
  readonly title: string;
  readonly step: PlanStep | undefined;
  readonly hues: ReadonlyMap<string, number>;
}

function Branch({ title, step, hues }: BranchProps): ReactNode {
  if (step === undefined) return null;
  return (
    <>
      <div className="plan-group-title">{title}</div>
      <PlanBoxes step={step} hues={hues} />
    </>
  );
}

function FetchBox({ fetch, hue }: { readonly fetch: FetchStep; readonly hue: number }): ReactNode {
  const colour: CSSProperties & Record<'--hue', number> = { '--hue': hue };
  return (
    <div className="plan-fetch" data-step="fetch" data-subgraph={fetch.subgraph} style={colour}>
      <div className="plan-fetch-title">
        <strong>{fetch.subgraph}</strong>
        <span>{fetch.paths.length > 0 ? 'entities' : fetch.operationKind}</span>
      </div>
      {fetch.paths.length > 0 && <Fact name="at" values={fetch.paths} />}
      {fetch.sends.length > 0 && <Fact name="sends" values={fetch.sends} />}
      {fetch.variables.length > 0 && <Fact name="uses" values={fetch.variables.map((name) => `$${name}`)} />}
      <details>
        <summary>document</summary>
        <pre>{readableDocument(fetch.document, (text) => print(parse(text)))}</pre>
      </details>
    </div>
  );
}

function Fact({ name, values }: { readonly name: string; readonly values: readonly string[] }): ReactNode {
  return (
    <div className="plan-fact">
      <span>{name}</span>
      <div>
        {values.map((value) => (
          <code key={value}>{value}</code>
        ))}
      </div>
    </div>
  );
}
