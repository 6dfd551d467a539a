import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = fileURLToPath(new URL('.', import.meta.url));
const into = fileURLToPath(new URL('../../node_modules/.cache/weir/bench/', import.meta.url));

/**
 * This folder's sources as plain JavaScript: a loader in the measured processes, with its source maps, would make every
 * stack trace dear, and one of the peers makes many.
 */
export function compiled(): (file: string) => string {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  for (const file of files) {
    const { outputText } = ts.transpileModule(readFileSync(join(here, file), 'utf8'), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    const path = join(into, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, outputText);
  }
  writeFileSync(join(into, 'package.json'), '{"type":"module"}\n');
  return (file) => join(into, file.replace(/\.ts$/, '.js'));
}
