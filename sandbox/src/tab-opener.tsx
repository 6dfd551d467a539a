import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect, useRef } from 'react';

/** An operation to be opened in a tab. A new object opens it again. */
export interface Opening {
  readonly query: string;
  readonly variables: string;
}

interface TabOpenerProps {
  readonly opening: Opening | undefined;
  readonly onOpened: () => void;
}

/** Puts an example or a shared operation into a tab: the one that has it, an empty one, or a new one. */
export function TabOpener({ opening, onOpened }: TabOpenerProps): null {
  const { queryEditor, variableEditor, tabs, activeTabIndex } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
  }));
  const actions = useGraphiQLActions();
  const opened = useRef<Opening>(undefined);
  useEffect(() => {
    if (opening === undefined || opened.current === opening) return;
    if (queryEditor === undefined || variableEditor === undefined) return;
    opened.current = opening;
    const index = tabs.findIndex(({ query }) => query?.trim() === opening.query.trim());
    if (index === -1 && queryEditor.getValue().trim() !== '') actions.addTab();
    if (index !== -1 && index !== activeTabIndex) actions.changeTab(index);
    queryEditor.setValue(opening.query);
    variableEditor.setValue(opening.variables);
    queryEditor.focus();
    onOpened();
  }, [opening, onOpened, queryEditor, variableEditor, tabs, activeTabIndex, actions]);
  return null;
}
