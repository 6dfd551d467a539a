import { Option } from 'commander';
/** `--config`, as the verbs that read `supergraph.yaml` have it. */
export function configOption(description = 'the supergraph.yaml to read') {
    return new Option('--config <file>', description).default('supergraph.yaml').helpGroup('Input:');
}
//# sourceMappingURL=verb.js.map