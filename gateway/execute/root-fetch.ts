import type { FetchNode } from '../model/plan.ts';
import type { CallParts, SubgraphAnswer } from '../model/subgraph-call.ts';
import { rewrittenPath } from './client-paths.ts';
import { abandonedCall, failedCall, reportedError, unusableAnswer } from './errors.ts';
import type { ResponsePath } from './errors.ts';
import { fetchDocument } from './fetch-document.ts';
import type { FetchDocument } from './fetch-document.ts';
import { copier } from './copy-generated.ts';
import type { Copier } from './copy-generated.ts';
import { copyAnswer, mergeAnswer } from './merge.ts';
import { requestBody, variableMembers } from './request-body.ts';
import { applyRewrites } from './rewrite.ts';
import type { Gathered } from './gathered.ts';
import type { Run, Step, StepKit } from './run.ts';

type Answered = Extract<SubgraphAnswer, { kind: 'answered' }>;

/** A failed call is reported at each root field it should have given, but not at more than these. */
const mostPlaces = 20;

/** A fetch of root fields. */
export function rootFetch(node: FetchNode, kit: StepKit): Step {
  const document = fetchDocument(node.document, node.outputRewrites, kit.schema);
  const bodyOf = requestBody(node, document.text);
  const members = variableMembers(node);
  const { subgraph, operationKind } = node;
  const plainCopy: Copier = (value) => copyAnswer(value, document.shape);
  let hotCopy: Copier | undefined;
  const fetch: RootFetch = {
    ...{ node, kit, document },
    copy: ({ isHot }) => (isHot ? (hotCopy ??= copier(document.shape) ?? plainCopy) : plainCopy),
  };
  return async (run) => {
    const { context, call, variables } = run.request;
    if (context.signal.aborted) {
      for (const path of placesOf(fetch)) run.errors.add(abandonedCall(subgraph, path));
      return;
    }
    const body = bodyOf(variables);
    const parts: CallParts = {
      document: document.text,
      variables: () => members(variables),
      representations: undefined,
      bodyFor: () => body,
    };
    const answer = await call({ subgraph, operationKind, body, entityCount: 0, parts }, context);
    if (answer.kind === 'answered') take(fetch, run, answer);
    else for (const path of placesOf(fetch)) run.errors.add(failedCall(answer.error, subgraph, path));
  };
}

interface RootFetch {
  readonly node: FetchNode;
  readonly kit: StepKit;
  readonly document: FetchDocument;
  /** Generated for operations that are used a lot. */
  readonly copy: (run: Run) => Copier;
}

function take(fetch: RootFetch, run: Run, answer: Answered): void {
  const { node, kit, document } = fetch;
  for (const error of answer.errors) {
    const path = error.path === undefined ? undefined : clientPath(fetch, error.path);
    run.errors.add(reportedError(error, node.subgraph, path));
  }
  if (answer.data === null) {
    if (answer.errors.length > 0) return;
    for (const path of placesOf(fetch))
      run.errors.add(unusableAnswer(node.subgraph, 'answered without data', path));
    return;
  }
  run.mayNeedEscape ||= answer.mayNeedEscape;
  if (answer.errors.length === 0) reportMissing(fetch, run, answer.data);
  const data = answer.owned === true ? answer.data : (fetch.copy(run)(answer.data) as Gathered);
  applyRewrites(node.outputRewrites, data, kit.types);
  mergeAnswer(run.data, data, document.shape, kit.types);
}

/** A field that was asked for and is neither there nor explained: the answer is not one to this question. */
function reportMissing(fetch: RootFetch, run: Run, data: Gathered): void {
  for (const key of fetch.document.certainKeys) {
    if (Object.hasOwn(data, key) || key === '__typename') continue;
    const reason = 'answered without a field it was asked for';
    run.errors.add(unusableAnswer(fetch.node.subgraph, reason, clientPath(fetch, [key])));
  }
}

function clientPath({ node, kit }: RootFetch, path: ResponsePath): ResponsePath {
  return kit.clientPaths.of(rewrittenPath(path, node.outputRewrites));
}

function placesOf({ kit, document }: RootFetch): readonly ResponsePath[] {
  const names = kit.clientPaths.namesBelow([], document.shape.keys());
  return names.length === 0 ? [[]] : names.slice(0, mostPlaces).map((name) => [name]);
}
