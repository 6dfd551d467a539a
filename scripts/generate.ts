/**
 * Writes the resolver types of the subgraphs from their contracts: `subgraphs/NAME/src/generated/schema.ts`.
 * `--check` writes nothing and exits 1 when a file is out of date.
 *
 * An export `FooModel` in a subgraph's `src/models.ts` is what its resolvers are given for the GraphQL type `Foo`.
 */
import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { parse, visit } from 'graphql';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '..');

async function generatedTypes(folder: string, target: string): Promise<string> {
  const contract = parse(await readFile(join(folder, 'schema.graphql'), 'utf8'));
  // The contract's own words are enough in the contract. The generator's option for this builds the schema a second
  // time, in a way that refuses the federation directives.
  const document = visit(contract, { enter: (node) => ({ ...node, description: undefined }) });
  const config = {
    federation: true,
    contextType: '../context.ts#Context',
    mappers: await mappersOf(join(folder, 'src', 'models.ts')),
    scalars: { ID: 'string', DateTime: 'string' },
    inputMaybeValue: 'T | null | undefined', // arguments that were left out are undefined
    enumsAsTypes: true,
    useTypeImports: true,
    immutableTypes: true,
    avoidOptionals: { field: true, inputValue: false, object: true, defaultValue: false },
  };
  const source = await codegen({
    filename: target,
    schema: document,
    documents: [],
    config,
    plugins: [{ typescript: {} }, { typescriptResolvers: {} }],
    pluginMap: { typescript, typescriptResolvers },
  });
  const header = '// Made by scripts/generate.ts from schema.graphql; do not change by hand.\n';
  return format(header + source, { ...(await resolveConfig(target)), parser: 'typescript' });
}

async function mappersOf(models: string): Promise<Record<string, string>> {
  if (!existsSync(models)) return {};
  const names = [...(await readFile(models, 'utf8')).matchAll(/^export (?:interface|type) (\w+)Model\b/gm)];
  return Object.fromEntries(names.map(([, name = '']) => [name, `../models.ts#${name}Model`]));
}

async function isCurrent(target: string, text: string): Promise<boolean> {
  return existsSync(target) && (await readFile(target, 'utf8')) === text;
}

const checkOnly = process.argv.includes('--check');
const subgraphs = join(root, 'subgraphs');
for (const name of (await readdir(subgraphs)).sort()) {
  const folder = join(subgraphs, name);
  if (!existsSync(join(folder, 'schema.graphql'))) continue;
  const target = join(folder, 'src', 'generated', 'schema.ts');
  const text = await generatedTypes(folder, target);
  if (await isCurrent(target, text)) continue;
  if (checkOnly) {
    process.stdout.write(`${relative(root, target)} is out of date: run npm run generate\n`);
    process.exitCode = 1;
    continue;
  }
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, text);
  process.stdout.write(`${relative(root, target)} written\n`);
}
