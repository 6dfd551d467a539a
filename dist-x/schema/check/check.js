import { clientSchema, placeFinder, } from "../compose/compose.js";
import { apiChanges } from "./api-changes.js";
import { approvalsText, readApprovals, standingApprovals } from "./approvals.js";
import { readBaseline } from "./baseline.js";
import { ownedChanges } from "./change-owner.js";
import { knownOperations, operationErrors, } from "./known-operations.js";
import { lostProtection } from "./protection.js";
import { checkAnnotations } from "./report-github.js";
import { checkJson, jsonError } from "./report-json.js";
import { checkMarkdown } from "./report-markdown.js";
import { checkSarif } from "./report-sarif.js";
import { checkText } from "./report-text.js";
import { sectionsOf, verdictOf } from "./sections.js";
export { approvalsText, checkAnnotations, checkJson, checkMarkdown, checkSarif, checkText, jsonError, knownOperations, readApprovals, readBaseline, };
/** Compares the subgraphs as they are with what they were, and both with what clients send. Never throws. */
export async function checkSchemas(input) {
    const { current, operations } = input;
    const found = current.composition.ok ? await compared(input, current.composition.sdl) : unreadable(current);
    const sections = sectionsOf(input, found);
    return {
        comparedWith: input.baseline?.label,
        subgraphCount: current.sources.length,
        operationCount: operations.length,
        clientCount: new Set(operations.map(({ client }) => client)).size,
        sections,
        ...found,
        warnings: current.warnings,
        ...verdictOf(sections, found),
    };
}
function unreadable({ composition }) {
    return { problems: composition.ok ? [] : composition.problems, changes: [], operations: [] };
}
async function compared(input, sdl) {
    const after = clientSchema(sdl, 'the composed supergraph');
    if (!after.ok)
        return { problems: after.problems, changes: [], operations: [] };
    const old = input.baseline?.kind === 'schema' ? input.baseline : undefined;
    if (old === undefined) {
        return { problems: [], changes: [], operations: brokenOperations(input, { after: after.value }, []) };
    }
    const before = clientSchema(old.sdl, old.label);
    if (!before.ok)
        return { problems: before.problems, changes: [], operations: [] };
    const schemas = { before: before.value, after: after.value };
    const differences = [...lostProtection(old.sdl, sdl), ...(await apiChanges(schemas.before, schemas.after))];
    const changes = ownedChanges(differences, {
        operations: input.operations,
        before: schemas.before,
        approvals: standingApprovals(input.approvals, input.now),
        place: changePlaces(input.current.sources, old.sources),
    });
    return { problems: [], changes, operations: brokenOperations(input, schemas, changes) };
}
/** A removed member is shown where its type still stands, so that the line exists in the files under review. */
function changePlaces(now, then) {
    const [current, former] = [placeFinder(now), placeFinder(then)];
    return (coordinate) => {
        const place = current(coordinate);
        if (place !== undefined)
            return place;
        const gone = former(coordinate);
        const owner = now.filter(({ name }) => name === gone?.subgraph);
        const parent = coordinate.replace(/(?:\.\w+|\(\w+:\))$/, '');
        return placeFinder(owner)(parent) ?? current(parent) ?? gone;
    };
}
function brokenOperations({ operations }, { before, after }, changes) {
    return operations.flatMap((operation) => {
        const errors = operationErrors(operation, after);
        if (errors.length === 0)
            return [];
        const brokenBefore = before !== undefined && operationErrors(operation, before).length > 0;
        const causes = changes.filter(({ level, usedBy }) => level === 'breaking' && usedBy.includes(operation.name));
        const approved = causes.length > 0 && causes.every(({ approval }) => approval !== undefined);
        return [{ name: operation.name, location: operation.location, errors, brokenBefore, approved }];
    });
}
//# sourceMappingURL=check.js.map