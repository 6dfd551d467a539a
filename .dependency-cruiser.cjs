const stage =
  '(source|edge|documents|identity|admission|rates|cost|authorize|plan|execute|fetch|cache|respond|observe|overload|store)';
const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }),
    forbid(
      'stages-do-not-know-each-other',
      { path: `^gateway/${stage}/`, pathNot: '\\.test\\.ts$' },
      { path: `^gateway/${stage}/`, pathNot: '^gateway/$1/' },
    ),
    forbid(
      'stages-have-one-door',
      {
        path: '^(gateway/([^/]+|(way|lifecycle|settings)/[^/]+)\\.ts$|cli/|schema/)',
        pathNot: '\\.test\\.ts$',
      },
      { path: `^gateway/${stage}/`, pathNot: '^gateway/([^/]+)/\\1\\.ts$' },
    ),
    forbid(
      'stages-do-not-know-who-joins-them',
      { path: `^gateway/(${stage}|model)/`, pathNot: '\\.test\\.ts$' },
      { path: '^gateway/([^/]+|(way|lifecycle|settings)/[^/]+)\\.ts$' },
    ),
    forbid('gateway-knows-no-sample-code', { path: '^(gateway|schema)/' }, { path: '^(subgraphs|bff-|cli)' }),
    forbid(
      'subgraphs-stand-alone',
      { path: '^subgraphs/([^/]+)/' },
      { path: '^(gateway|schema|cli|bff-|scripts|subgraphs|test)', pathNot: '^subgraphs/$1/' },
    ),
    forbid(
      'bffs-speak-http-to-the-gateway',
      { path: '^(bff-[^/]+)/' },
      { path: '^(gateway|schema|cli|subgraphs|bff-|scripts|test)', pathNot: '^$1/' },
    ),
    forbid(
      'apollo-planner-behind-one-door',
      { path: '^(gateway|cli|bff-)', pathNot: '^gateway/plan/|\\.test\\.ts$' },
      { path: 'node_modules/@apollo/(gateway|query-planner|federation-internals|query-graphs|composition)' },
    ),
    forbid(
      'apollo-composition-behind-one-door',
      { path: '^schema/', pathNot: '^schema/compose/|\\.test\\.ts$' },
      { path: 'node_modules/@apollo/(composition|federation-internals)' },
    ),
    forbid(
      'redis-behind-one-door',
      { path: '^(gateway|schema|cli)/', pathNot: '^gateway/store/' },
      { path: 'node_modules/ioredis' },
    ),
    forbid('declared-packages-only', {}, { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] }),
    forbid(
      'no-tests-in-production',
      { pathNot: '\\.test\\.ts$|^test/|^bench/|^scripts/' },
      { path: '\\.test\\.ts$|^test/' },
    ),
    forbid(
      'no-orphans',
      { orphan: true, pathNot: '\\.test\\.ts$|main\\.ts$|\\.mjs$|^scripts/|^test/|^bench/|\\.d\\.ts$' },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false, // each workspace answers for its own manifest
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};
