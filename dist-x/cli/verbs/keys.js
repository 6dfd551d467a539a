import { Option } from 'commander';
import { exitCodes } from "../exit-codes.js";
import { expiry, gathered } from "../keys/key-options.js";
import { jsonDocument } from "../report-format.js";
/** `weir keys`: the API keys that a gateway believes. */
export const keysVerb = (program, run) => {
    const keys = program
        .command('keys')
        .helpGroup('Gateway:')
        .description('API keys: create, list and revoke them; a running gateway follows');
    withFile(keys.command('create'))
        .description('make a key and print it; it is shown this once and kept as a hash only')
        .requiredOption('--name <text>', 'who has the key, for people')
        .option('--client <name>', 'the client it stands for')
        .option('--scope <words>', 'what it may do; several behind commas', gathered)
        .option('--role <words>', 'roles it has', gathered)
        .option('--policy <words>', 'policies that hold for it', gathered)
        .option('--expires <when>', '90d, 12h, 1y or a date such as 2027-01-31; never when left out')
        .action((options, command) => run(command, (surroundings) => create(options, surroundings)));
    withFile(keys.command('list'))
        .description('the keys, without anything that could be used')
        .addOption(new Option('--format <format>', 'form of the list').choices(['text', 'json']).default('text'))
        .action((options, command) => run(command, (surroundings) => list(options, surroundings)));
    withFile(keys.command('revoke <id>'))
        .description('the key is refused from now on; it stays in the list')
        .action((id, options, command) => run(command, (surroundings) => revoke(id, options, surroundings)));
    keys.addHelpText('after', help);
};
const help = `
The file is --file, else authentication.router.api_keys.file of the gateway.yaml.

Examples:
  weir keys create --name "Mobile app" --client mobile --scope orders:read,orders:write --expires 1y
  weir keys list
  weir keys revoke 0f3c9a7be21d4456

Exit codes: 0 done · 2 no such key, or a file or option that is wrong`;
const withFile = (command) => command
    .option('--file <file>', 'the file of keys')
    .option('--config <file>', 'the gateway.yaml that names it', 'gateway.yaml');
async function create(options, surroundings) {
    const { out, err, now } = surroundings;
    const expires = options.expires === undefined ? undefined : expiry(options.expires, now());
    if (options.expires !== undefined && expires === undefined)
        return fail(surroundings, 'WEIR-F017', `--expires ${options.expires} is no time ahead, such as 90d or 2027-01-31`);
    const file = await keyFile(options, surroundings);
    if (file === undefined)
        return exitCodes.usage;
    const { newApiKey } = await import("../../gateway/identity/identity.js");
    const { changeKeys } = await import("../keys/key-file.js");
    const { id, sha256, text } = newApiKey();
    const key = {
        ...{
            id,
            sha256,
            name: options.name,
            ...(options.client === undefined ? {} : { client: options.client }),
        },
        scopes: [...(options.scope ?? [])],
        roles: [...(options.role ?? [])],
        policies: [...(options.policy ?? [])],
        created: now().toISOString(),
        ...(expires === undefined ? {} : { expires }),
    };
    const changed = await changeKeys(file, (keys) => [...keys, key]);
    if (!changed.ok)
        return fail(surroundings, changed.code, changed.message);
    err(`key ${id} is in ${file}; this is the only time it is shown\n`);
    out(`${text}\n`);
    return exitCodes.done;
}
async function list(options, surroundings) {
    const file = await keyFile(options, surroundings);
    if (file === undefined)
        return exitCodes.usage;
    const { readApiKeyFile } = await import("../../gateway/identity/identity.js");
    const found = readApiKeyFile(file);
    if (found.kind === 'unusable')
        return fail(surroundings, 'WEIR-F015', `${file}: ${found.problem}`);
    const keys = found.kind === 'absent' ? [] : found.keys;
    const rows = keys.map((key) => ({
        ...{ ...key, sha256: undefined },
        state: stateOf(key, surroundings.now()),
    }));
    if (options.format === 'json') {
        const data = { file, keys: rows };
        surroundings.out(jsonDocument({ command: 'keys list', exitCode: exitCodes.done, data, errors: [] }));
        return exitCodes.done;
    }
    if (rows.length === 0)
        surroundings.err(`there is no key in ${file}\n`);
    for (const { id, state, name, client = '-', scopes, roles, expires = 'never' } of rows) {
        const grants = [...scopes, ...roles.map((role) => `role:${role}`)].join(',') || '-';
        surroundings.out(`${id}  ${state.padEnd(7)}  ${expires.slice(0, 10).padEnd(10)}  ${client}  ${grants}  ${name}\n`);
    }
    return exitCodes.done;
}
async function revoke(id, options, surroundings) {
    const file = await keyFile(options, surroundings);
    if (file === undefined)
        return exitCodes.usage;
    const { changeKeys } = await import("../keys/key-file.js");
    const revoked = surroundings.now().toISOString();
    const changed = await changeKeys(file, (keys) => keys.some((key) => key.id === id)
        ? keys.map((key) => (key.id === id && key.revoked === undefined ? { ...key, revoked } : key))
        : { code: 'WEIR-F018', message: `no key ${id} in ${file}` });
    if (!changed.ok)
        return fail(surroundings, changed.code, changed.message);
    surroundings.err(`key ${id} is revoked; running gateways follow within a second\n`);
    return exitCodes.done;
}
/** As given, else as gateway.yaml has it; `undefined` when neither says it, which is told. */
async function keyFile({ file, config }, surroundings) {
    if (file !== undefined)
        return file;
    const { loadConfig } = await import("../../gateway/config/config.js");
    const loaded = loadConfig(config, surroundings.env);
    if (!loaded.ok) {
        surroundings.err(`${loaded.text.trimEnd()}\n`);
        return undefined;
    }
    const named = loaded.config.authentication.router.api_keys?.file;
    if (named === undefined)
        fail(surroundings, 'WEIR-F017', `${config} names no authentication.router.api_keys.file; give --file`);
    return named;
}
function stateOf({ revoked, expires }, now) {
    if (revoked !== undefined)
        return 'revoked';
    return expires !== undefined && Date.parse(expires) <= now.getTime() ? 'expired' : 'valid';
}
function fail({ err }, code, message) {
    err(`error[${code}]: ${message}\n  more: weir explain ${code}\n`);
    return exitCodes.usage;
}
//# sourceMappingURL=keys.js.map