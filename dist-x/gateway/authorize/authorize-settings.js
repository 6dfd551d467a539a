/** This stage's settings from the checked configuration. */
export function authorizeSettings(config) {
    const directives = config.authorization?.directives ?? {};
    const { enabled = true, mode = 'filter', dry_run: dryRun = false, introspection = 'all' } = directives;
    return { enabled, mode, dryRun, introspection };
}
//# sourceMappingURL=authorize-settings.js.map