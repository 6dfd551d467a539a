import { codegen } from '@graphql-codegen/core';
import * as typescriptPlugin from '@graphql-codegen/typescript';
import * as operationsPlugin from '@graphql-codegen/typescript-operations';
import * as resolversPlugin from '@graphql-codegen/typescript-resolvers';
import {
  Kind,
  OperationTypeNode,
  parse,
  print,
  printSchema,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSupergraph } from '../gateway/plan/plan.ts';
import { composeFile } from '../schema/compose/compose.ts';
import { manifestText, shippedOperations } from '../schema/documents/documents.ts';

/**
 * Writes both BFFs' `src/generated/`: resolver types of their own schemas, and the texts and types of their operations
 * on the gateway; and `trusted-documents.json`, which tells the gateway of them. With `--check` it writes nothing and fails when a file is out of date.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const bffs = ['bff-web', 'bff-mobile'];
const checkOnly = process.argv.includes('--check');
const stale: string[] = [];

const scalars = { ID: 'string', DateTime: 'string' };
const types = { immutableTypes: true, enumsAsTypes: true, useTypeImports: true, scalars };

function write(path: string, content: string): void {
  writeText(
    path,
    `// Made by \`npm run generate\` from the schema and the operations: change those.\n${content}`,
  );
}

function writeText(path: string, text: string): void {
  const file = join(root, path);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  if (checkOnly) {
    stale.push(path);
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function clientSchema(): Promise<DocumentNode> {
  const { composition } = await composeFile({
    path: join(root, 'supergraph.yaml'),
    env: {},
    signal: AbortSignal.timeout(10_000),
  });
  if (!composition.ok) throw new Error('supergraph.yaml does not compose: npx weir compose says why');
  const loaded = loadSupergraph(composition.sdl, {
    enforced: new Set(['authenticated', 'requiresScopes', 'policy']),
  });
  if (loaded.kind !== 'loaded') throw new Error('the supergraph does not load');
  return parse(printSchema(loaded.supergraph.apiSchema));
}

async function resolverTypes(bff: string): Promise<void> {
  const content = await codegen({
    filename: 'schema.ts',
    schema: parse(readFileSync(join(root, bff, 'schema.graphql'), 'utf8')),
    documents: [],
    plugins: [{ types: {} }, { resolvers: {} }],
    pluginMap: { types: typescriptPlugin, resolvers: resolversPlugin },
    config: { ...types, contextType: '../context.ts#Context', makeResolverTypeCallable: true },
  });
  write(`${bff}/src/generated/schema.ts`, content);
}

function readOperations(bff: string): { readonly location: string; readonly document: DocumentNode }[] {
  const folder = join(root, bff, 'operations');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.graphql'))
    .sort()
    .map((name) => ({ location: name, document: parse(readFileSync(join(folder, name), 'utf8')) }));
}

/** The operation's text and, for the compiler alone, the types of its data and variables. */
function operationText(document: DocumentNode): string {
  const definition = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const name = definition?.name?.value;
  if (definition === undefined || name === undefined) throw new Error('each file holds one named operation');
  const suffix = definition.operation === OperationTypeNode.MUTATION ? 'Mutation' : 'Query';
  const variables = `${name}${suffix}Variables`;
  return `export const ${name}: Operation<${name}${suffix}, ${variables}> = {
  name: '${name}',
  text: ${JSON.stringify(print(document))},
};`;
}

async function operationTypes(bff: string, schema: DocumentNode): Promise<void> {
  const documents = readOperations(bff);
  const content = await codegen({
    filename: 'operations.ts',
    schema,
    documents,
    plugins: [{ operations: {} }],
    pluginMap: { operations: operationsPlugin },
    config: { ...types, skipTypename: true },
  });
  const texts = documents.map(({ document }) => operationText(document)).join('\n\n');
  write(
    `${bff}/src/generated/operations.ts`,
    `${content}
/** One operation of ours on the gateway; \`_types\` exists for the compiler alone. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly text: string;
  readonly _types?: (variables: Variables) => Data;
}

${texts}
`,
  );
}

/** What the sample's gateway is told of both BFFs' operations. */
function trustedDocuments(): void {
  const files = bffs.flatMap((client) => {
    const folder = join(root, client, 'operations');
    return readdirSync(folder)
      .filter((name) => name.endsWith('.graphql'))
      .map((name) => {
        const text = readFileSync(join(folder, name), 'utf8');
        return { file: `${client}/operations/${name}`, text, client };
      });
  });
  const shipped = shippedOperations(files);
  if (!shipped.ok) throw new Error(shipped.problems.map(({ message }) => message).join('\n'));
  writeText('trusted-documents.json', manifestText(shipped.value));
}

const schema = await clientSchema();
for (const bff of bffs) {
  await resolverTypes(bff);
  await operationTypes(bff, schema);
}
trustedDocuments();
if (stale.length > 0) {
  process.stderr.write(`out of date: ${stale.join(', ')}\n  fix: npm run generate\n`);
  process.exitCode = 1;
}
