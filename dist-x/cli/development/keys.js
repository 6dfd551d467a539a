export const keysLine = '\n  r recompose · o open sandbox · q quit\n';
/** Does what single keys ask for while a person looks; gives what ends that. */
export function followKeys({ keyboard, err }, actions) {
    if (keyboard === undefined)
        return () => undefined;
    err(keysLine);
    let composing = false;
    const recompose = async () => {
        composing = true;
        err(await actions.recompose().catch((failure) => `${String(failure)}\n`));
        composing = false;
    };
    return keyboard.listen((key) => {
        if (key === 'r' && !composing)
            void recompose(); // never rejects
        else if (key === 'o')
            actions.openSandbox();
        else if (key === 'q')
            keyboard.interrupt();
    });
}
//# sourceMappingURL=keys.js.map