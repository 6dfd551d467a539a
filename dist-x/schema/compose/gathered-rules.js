/** First line of a composed schema of which it says that no interface has access rules of its own. */
const mark = '# Access rules on interfaces are gathered from the types that implement them.';
const interfaceObject = /@join__type\([^)]*isInterfaceObject: true/;
const accessRule = /@\w*(authenticated|requiresScopes|policy)\b/;
/**
 * The composed schema, marked where that tells something. This composer refuses rules on interfaces and on the types of
 * interface objects, so what stands on an interface is the sum of its implementations' rules. Others let such rules
 * pass, and beside an interface object the schema alone does not tell which of the two a rule is.
 */
export const withGatheredRules = (sdl) => interfaceObject.test(sdl) && accessRule.test(sdl) ? `${mark}\n${sdl}` : sdl;
/** Whether rules on interfaces are known to be sums, by the schema's own first line. */
export const gathersRules = ({ loc }) => loc?.source.body.startsWith(mark) === true;
//# sourceMappingURL=gathered-rules.js.map