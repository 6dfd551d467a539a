import { useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

const light = { accent: '#0f766e', ground: '#ffffff', hover: '#0f766e19', faint: '#3b4b6811' };
const dark = { accent: '#2dd4bf', ground: '#1a212c', hover: '#2dd4bf19', faint: '#b7c2d711' };

/** Gives the editors the accent of the page instead of GraphiQL's pink. */
export function EditorColours(): null {
  const monaco = useMonaco((state) => state.monaco);
  useEffect(() => {
    if (monaco === undefined) return;
    // GraphiQL chooses between these two names; defining them anew also repaints editors that are open.
    monaco.editor.defineTheme('graphiql-LIGHT', theme('vs', light, '#0e7490'));
    monaco.editor.defineTheme('graphiql-DARK', theme('vs-dark', dark, '#7dd3fc'));
  }, [monaco]);

  const chosen = useGraphiQL((state) => state.theme);
  const actions = useGraphiQLActions();
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    // GraphiQL looks at the system's scheme when it starts; the editors have to follow it when it changes.
    const follow = (): void => actions.setTheme(chosen);
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [chosen, actions]);
  return null;
}

function theme(base: 'vs' | 'vs-dark', { accent, ground, hover, faint }: typeof light, argument: string) {
  return {
    base,
    inherit: true,
    rules: [{ token: 'argument.identifier.gql', foreground: argument.slice(1) }],
    colors: {
      'editor.background': '#ffffff00',
      'scrollbar.shadow': '#ffffff00',
      'textLink.foreground': accent,
      'editorHoverWidget.background': ground,
      'editorSuggestWidget.background': ground,
      'editorSuggestWidget.selectedBackground': hover,
      'editorSuggestWidget.selectedForeground': accent,
      'list.hoverBackground': hover,
      'list.highlightForeground': accent,
      'menu.background': ground,
      'menu.selectionBackground': hover,
      'menu.selectionForeground': accent,
      'quickInput.background': ground,
      'editorWidget.background': ground,
      'input.background': faint,
      focusBorder: accent,
    },
  };
}
