export interface AuthorizeSettings {
  /** `false`: the directives are known and deliberately not enforced. */
  readonly enabled: boolean;
  /** `filter`: what may not be seen becomes null with an error; `reject`: the whole operation is refused. */
  readonly mode: 'filter' | 'reject';
  /** Nothing is refused; what would be is reported as denials. */
  readonly dryRun: boolean;
  /** `allowed`: introspection shows a caller only what is for them. */
  readonly introspection: 'all' | 'allowed';
}

/** The part of a checked `gateway.yaml` that this stage reads. */
export interface AuthorizeConfig {
  readonly authorization?:
    | {
        readonly directives?:
          | {
              readonly enabled?: boolean | undefined;
              readonly mode?: 'filter' | 'reject' | undefined;
              readonly dry_run?: boolean | undefined;
              readonly introspection?: 'all' | 'allowed' | undefined;
            }
          | undefined;
      }
    | undefined;
}

/** This stage's settings from the checked configuration. */
export function authorizeSettings(config: AuthorizeConfig): AuthorizeSettings {
  const directives = config.authorization?.directives ?? {};
  const { enabled = true, mode = 'filter', dry_run: dryRun = false, introspection = 'all' } = directives;
  return { enabled, mode, dryRun, introspection };
}
