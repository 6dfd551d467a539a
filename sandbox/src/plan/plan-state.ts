import { useGraphiQL } from '@graphiql/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { GraphQLRequest } from '../exchange.ts';
import { isObject, jsonOf } from '../json.ts';
import { useWorkbench } from '../workbench.ts';
import { mayChange, operationRequest } from '../operation-request.ts';
import { askPlan, type PlanAnswer } from './plan-request.ts';

const retryMilliseconds = 3000;

export interface PlanState {
  /** `undefined` until the first answer. */
  readonly answer: PlanAnswer | undefined;
  readonly asking: boolean;
  readonly ask: () => void;
}

/**
 * The plan of the current operation: asked for when the panel or a tab opens, after each run, and by the button. A
 * mutation's plan is asked for by the button only.
 */
export function usePlan(): PlanState {
  const workbench = useWorkbench();
  const current = useCurrentRequest();
  const [answer, setAnswer] = useState<PlanAnswer>();
  const [asking, setAsking] = useState(false);
  const turn = useRef(0);

  const load = useCallback(
    async (request: GraphQLRequest, headers: Readonly<Record<string, string>>): Promise<void> => {
      const mine = (turn.current += 1);
      setAsking(true);
      const found = await askPlan(workbench.endpoint.url, request, {
        ...workbench.sessionHeaders(),
        ...headers,
      });
      // A slow answer must not replace the answer to a later question.
      if (turn.current !== mine) return;
      setAnswer(found);
      setAsking(false);
    },
    [workbench.endpoint.url, workbench.sessionHeaders],
  );

  const ask = useCallback((): void => {
    const { request, headers } = current();
    void load(request, headers); // askPlan() does not reject
  }, [current, load]);

  usePlanTriggers({ answer, ask, load });
  return { answer, asking, ask };
}

interface Triggers {
  readonly answer: PlanAnswer | undefined;
  readonly ask: () => void;
  readonly load: (request: GraphQLRequest, headers: Readonly<Record<string, string>>) => Promise<void>;
}

function usePlanTriggers({ answer, ask, load }: Triggers): void {
  const { plan, lastRun } = useWorkbench();
  const editor = useGraphiQL((state) => state.queryEditor);
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.id);
  const shownTab = useRef<string>(undefined);

  useEffect(() => {
    if (plan !== 'available' || editor === undefined || shownTab.current === tab) return;
    shownTab.current = tab;
    if (!mayChange(editor.getValue())) ask();
  }, [plan, editor, tab, ask]);

  const shownRun = useRef(lastRun);
  useEffect(() => {
    if (plan !== 'available' || lastRun?.exchange === undefined || shownRun.current === lastRun) return;
    shownRun.current = lastRun;
    if (mayChange(lastRun.request.query)) return;
    void load(lastRun.request, lastRun.headers); // askPlan() does not reject
  }, [plan, lastRun, load]);

  useEffect(() => {
    if (answer?.kind !== 'unreachable') return;
    const timer = setTimeout(ask, retryMilliseconds);
    return () => clearTimeout(timer);
  }, [answer, ask]);
}

/** Reads the editors as they are now. */
function useCurrentRequest(): () => { request: GraphQLRequest; headers: Readonly<Record<string, string>> } {
  const { queryEditor, variableEditor, headerEditor, operationName } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    headerEditor: state.headerEditor,
    operationName: state.operationName,
  }));
  return useCallback(() => {
    const variables = jsonOf(variableEditor?.getValue() ?? '');
    const request = operationRequest(queryEditor?.getValue() ?? '', variables, operationName);
    return { request, headers: headersIn(headerEditor?.getValue() ?? '') };
  }, [queryEditor, variableEditor, headerEditor, operationName]);
}

function headersIn(text: string): Readonly<Record<string, string>> {
  const json = jsonOf(text);
  if (!isObject(json)) return {};
  const pairs = Object.entries(json).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}
