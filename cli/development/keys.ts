import type { Surroundings } from '../surroundings.ts';

export interface KeyActions {
  /** Composes again; what there is to say. */
  readonly recompose: () => Promise<string>;
  readonly openSandbox: () => void;
}

export const keysLine = '\n  r recompose · o open sandbox · q quit\n';

/** Does what single keys ask for while a person looks; gives what ends that. */
export function followKeys(
  { keyboard, err }: Pick<Surroundings, 'keyboard' | 'err'>,
  actions: KeyActions,
): () => void {
  if (keyboard === undefined) return () => undefined;
  err(keysLine);
  let composing = false;
  const recompose = async (): Promise<void> => {
    composing = true;
    err(await actions.recompose().catch((failure: unknown) => `${String(failure)}\n`));
    composing = false;
  };
  return keyboard.listen((key) => {
    if (key === 'r' && !composing)
      void recompose(); // never rejects
    else if (key === 'o') actions.openSandbox();
    else if (key === 'q') keyboard.interrupt();
  });
}
