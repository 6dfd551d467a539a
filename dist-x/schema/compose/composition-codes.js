import { ERRORS } from '@apollo/federation-internals';
/**
 * The composer's codes with ours and the way out. Numbers are stable: a code that the composer drops keeps its
 * number, a new one gets the next free number.
 */
export const compositionCodes = {
    INVALID_GRAPHQL: ['C001', 'correct the schema text of this subgraph'],
    DIRECTIVE_DEFINITION_INVALID: ['C002', 'remove the directive definition; @link imports the right one'],
    TYPE_DEFINITION_INVALID: ['C003', 'remove the definition; federation adds this type by itself'],
    UNSUPPORTED_LINKED_FEATURE: ['C004', 'remove this @link or its for: argument'],
    UNKNOWN_FEDERATION_LINK_VERSION: ['C005', 'link a federation version from v2.0 to v2.14'],
    UNKNOWN_LINK_VERSION: ['C006', 'use url: "https://specs.apollo.dev/link/v1.0"'],
    INVALID_LINK_DIRECTIVE_USAGE: [
        'C007',
        'write @link as in extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])',
    ],
    INVALID_LINK_IDENTIFIER: ['C008', 'end the url of @link with /NAME/vMAJOR.MINOR'],
    LINK_IMPORT_NAME_MISMATCH: ['C009', 'import the directive under the same name in every subgraph'],
    NO_QUERIES: ['C010', 'give at least one subgraph a  type Query  with a field'],
    TYPE_KIND_MISMATCH: ['C011', 'make the type the same kind in every subgraph, or rename one'],
    FIELD_TYPE_MISMATCH: ['C012', 'use one type in all subgraphs, or mark one with @override'],
    FIELD_ARGUMENT_TYPE_MISMATCH: ['C013', 'give the argument the same type in every subgraph'],
    FIELD_ARGUMENT_DEFAULT_MISMATCH: ['C014', 'give the argument the same default value in every subgraph'],
    INPUT_FIELD_DEFAULT_MISMATCH: ['C015', 'give the input field the same default value in every subgraph'],
    INTERFACE_FIELD_NO_IMPLEM: [
        'C016',
        'add the field to the implementing type, in a subgraph that can resolve it',
    ],
    ENUM_VALUE_MISMATCH: [
        'C017',
        'define the same values in every subgraph, or mark the new one @inaccessible until all have it',
    ],
    EMPTY_MERGED_ENUM_TYPE: ['C018', 'give the enum at least one value that all subgraphs share'],
    EMPTY_MERGED_INPUT_TYPE: ['C019', 'give the input at least one field that all subgraphs share'],
    REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH: [
        'C020',
        'add the argument to every subgraph, or make it optional',
    ],
    REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH: [
        'C021',
        'add the input field to every subgraph, or make it optional',
    ],
    EXTENSION_WITH_NO_BASE: [
        'C022',
        'define the type in one subgraph, or write  type  instead of  extend type',
    ],
    INVALID_SUBGRAPH_NAME: ['C023', 'rename the subgraph'],
    ROOT_QUERY_USED: ['C024', 'rename the type Query, or make it the root type'],
    ROOT_MUTATION_USED: ['C025', 'rename the type Mutation, or make it the root type'],
    ROOT_SUBSCRIPTION_USED: ['C026', 'rename the type Subscription, or make it the root type'],
    INVALID_FIELD_SHARING: [
        'C030',
        'mark the field @shareable in every subgraph that resolves it, or let one take it with @override',
    ],
    SATISFIABILITY_ERROR: ['C031', 'let the subgraphs share a @key that the first one can resolve'],
    SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES: [
        'C032',
        'let every subgraph that shares the field know the same possible types',
    ],
    INVALID_SHAREABLE_USAGE: ['C033', 'move @shareable to an object type or one of its fields'],
    MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED: [
        'C034',
        'reduce the number of subgraphs that share the same keys and fields',
    ],
    KEY_FIELDS_HAS_ARGS: ['C040', 'choose a key field without arguments'],
    KEY_INVALID_FIELDS_TYPE: ['C041', 'write fields as a string: @key(fields: "id")'],
    KEY_INVALID_FIELDS: [
        'C042',
        'name fields that this subgraph defines on the type, adding them with @external if another resolves them',
    ],
    KEY_FIELDS_SELECT_INVALID_TYPE: ['C043', 'choose a key field that is not a list, interface or union'],
    KEY_UNSUPPORTED_ON_INTERFACE: ['C044', 'link federation v2.3 or newer to use @key on an interface'],
    KEY_DIRECTIVE_IN_FIELDS_ARG: ['C045', 'remove the directive from the fields argument'],
    PROVIDES_FIELDS_HAS_ARGS: ['C046', 'provide fields without arguments only'],
    PROVIDES_FIELDS_MISSING_EXTERNAL: ['C047', 'mark the provided field @external in this subgraph'],
    PROVIDES_UNSUPPORTED_ON_INTERFACE: ['C048', 'move @provides to a field of an object type'],
    PROVIDES_ON_NON_OBJECT_FIELD: ['C049', 'use @provides on fields that give an object type only'],
    PROVIDES_INVALID_FIELDS_TYPE: ['C050', 'write fields as a string: @provides(fields: "name")'],
    PROVIDES_INVALID_FIELDS: ['C051', 'name fields that exist on the type of this field'],
    PROVIDES_DIRECTIVE_IN_FIELDS_ARG: ['C052', 'remove the directive from the fields argument'],
    REQUIRES_FIELDS_MISSING_EXTERNAL: ['C053', 'mark the required field @external in this subgraph'],
    REQUIRES_UNSUPPORTED_ON_INTERFACE: ['C054', 'move @requires to a field of an object type'],
    REQUIRES_INVALID_FIELDS_TYPE: ['C055', 'write fields as a string: @requires(fields: "weight")'],
    REQUIRES_INVALID_FIELDS: ['C056', 'add the required field to this subgraph with @external'],
    REQUIRES_DIRECTIVE_IN_FIELDS_ARG: ['C057', 'remove the directive from the fields argument'],
    EXTERNAL_UNUSED: ['C060', 'remove the field here, or use it in @key, @requires or @provides'],
    EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE: ['C061', 'remove @external or the other directive'],
    TYPE_WITH_ONLY_UNUSED_EXTERNAL: ['C062', 'remove the type here, or use one of its fields'],
    EXTERNAL_TYPE_MISMATCH: ['C063', 'give the @external field the type that its owner gives it'],
    EXTERNAL_ARGUMENT_MISSING: ['C064', 'declare the same arguments on the @external field as its owner does'],
    EXTERNAL_ARGUMENT_TYPE_MISMATCH: ['C065', 'give the argument the type that the owner gives it'],
    EXTERNAL_ARGUMENT_DEFAULT_MISMATCH: ['C066', 'give the argument the default that the owner gives it'],
    EXTERNAL_ON_INTERFACE: ['C067', 'remove @external from the interface; mark the fields of the object types'],
    EXTERNAL_MISSING_ON_BASE: ['C068', 'define the field without @external in the subgraph that resolves it'],
    MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL: [
        'C069',
        'put the directive on the field in the subgraph that resolves it',
    ],
    OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE: ['C070', 'remove @override or the other federation directive'],
    OVERRIDE_FROM_SELF_ERROR: ['C071', 'name another subgraph in @override(from:)'],
    OVERRIDE_SOURCE_HAS_OVERRIDE: ['C072', 'keep @override in one of the two subgraphs'],
    OVERRIDE_ON_INTERFACE: ['C073', 'move @override to the fields of the object types'],
    OVERRIDE_LABEL_INVALID: ['C074', 'use a name or percent(0 to 100) as label'],
    REFERENCED_INACCESSIBLE: ['C080', 'mark what refers to it @inaccessible too, or make this visible'],
    DEFAULT_VALUE_USES_INACCESSIBLE: ['C081', 'remove the hidden value from the default'],
    QUERY_ROOT_TYPE_INACCESSIBLE: ['C082', 'remove @inaccessible from the query root type'],
    REQUIRED_INACCESSIBLE: ['C083', 'make it optional, or remove @inaccessible'],
    DISALLOWED_INACCESSIBLE: ['C084', 'remove @inaccessible here'],
    IMPLEMENTED_BY_INACCESSIBLE: ['C085', 'hide the field of the interface as well, or make this visible'],
    ONLY_INACCESSIBLE_CHILDREN: [
        'C086',
        'mark the type itself @inaccessible, or make one of its members visible',
    ],
    INTERFACE_OBJECT_USAGE_ERROR: [
        'C090',
        'give the @interfaceObject type a @key that the interface has elsewhere',
    ],
    INTERFACE_KEY_NOT_ON_IMPLEMENTATION: [
        'C091',
        'add the same @key to every type that implements the interface',
    ],
    INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE: [
        'C092',
        'define every implementing type in the subgraph that has @key on the interface',
    ],
    CONTEXT_NOT_SET: ['C100', 'set the context with @context on a type above'],
    CONTEXT_INVALID_SELECTION: ['C101', 'select exactly one field in @fromContext'],
    NO_CONTEXT_IN_SELECTION: ['C102', 'start the field argument with $NAME of the context'],
    CONTEXT_NO_RESOLVABLE_KEY: ['C103', 'give the type a resolvable @key'],
    CONTEXT_NAME_INVALID: ['C104', 'use letters and digits only in the context name'],
    CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS: [
        'C105',
        'use @fromContext on the argument in every subgraph, or make it optional',
    ],
    COST_APPLIED_TO_INTERFACE_FIELD: ['C110', 'put @cost on the fields of the implementing types'],
    LIST_SIZE_APPLIED_TO_NON_LIST: [
        'C111',
        'use @listSize on fields that give a list, or name the list in sizedFields',
    ],
    LIST_SIZE_INVALID_ASSUMED_SIZE: ['C112', 'use an assumedSize of 0 or more'],
    LIST_SIZE_INVALID_SIZED_FIELD: ['C113', 'name list fields of the returned type in sizedFields'],
    LIST_SIZE_INVALID_SLICING_ARGUMENT: ['C114', 'name integer arguments of the field in slicingArguments'],
    AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE: [
        'C115',
        'put the directive on the implementing types, on their fields, or on each field of the @interfaceObject',
    ],
    MISSING_TRANSITIVE_AUTH_REQUIREMENTS: ['C116', 'repeat on this field what the fields it requires ask for'],
    DIRECTIVE_COMPOSITION_ERROR: [
        'C120',
        'link the custom directive from the same url and major version in every subgraph',
    ],
    UNSUPPORTED_FEATURE: ['C121', 'do without this feature'],
    INVALID_FEDERATION_SUPERGRAPH: ['C122', 'compose the supergraph again from its subgraphs'],
    DOWNSTREAM_SERVICE_ERROR: ['C123', 'look at the log of the subgraph'],
};
/** Our code and the usual way out for a code of the composer; one that is not known yet is WEIR-C000. */
export function codeOf(origin) {
    if (!isKnown(origin))
        return { code: 'WEIR-C000', fix: undefined };
    const [code, fix] = compositionCodes[origin];
    return { code: `WEIR-${code}`, fix };
}
/** All codes with what they mean in the composer's words. */
export function explainedCompositionCodes() {
    const meanings = new Map(Object.values(ERRORS).map(({ code, description }) => [code, description]));
    return Object.entries(compositionCodes).map(([origin, [code, fix]]) => {
        return { code: `WEIR-${code}`, origin, meaning: meanings.get(origin) ?? '', fix };
    });
}
function isKnown(origin) {
    return Object.hasOwn(compositionCodes, origin);
}
//# sourceMappingURL=composition-codes.js.map