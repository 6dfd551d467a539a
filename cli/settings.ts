import { highestPortBase, refusedPort } from './system/sample-ports.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says to every verb. */
export interface Settings {
  /** Whether anything may be coloured; undefined leaves it to the terminal. */
  readonly colour: boolean | undefined;
  /** Set inside a job of GitHub Actions. */
  readonly github:
    { readonly summaryFile: string | undefined; readonly outputFile: string | undefined } | undefined;
  readonly portBase: number;
  /** Who runs this, for approvals. */
  readonly user: string;
}

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problem: string; readonly fix: string };

/** Reads the variables that concern the command line. */
export function readSettings(env: Environment): ParsedSettings {
  const portBase = Number(env['WEIR_PORT_BASE'] ?? '4000');
  const wrong = wrongPortBase(portBase);
  if (wrong !== undefined) return { ok: false, ...wrong };
  return {
    ok: true,
    settings: {
      colour: colourOf(env),
      github:
        env['GITHUB_ACTIONS'] === 'true'
          ? { summaryFile: env['GITHUB_STEP_SUMMARY'], outputFile: env['GITHUB_OUTPUT'] }
          : undefined,
      portBase,
      user: env['GITHUB_ACTOR'] ?? env['USER'] ?? env['LOGNAME'] ?? 'unknown',
    },
  };
}

interface WrongSetting {
  readonly problem: string;
  readonly fix: string;
}

function wrongPortBase(portBase: number): WrongSetting | undefined {
  if (!Number.isSafeInteger(portBase) || portBase < 1 || portBase > highestPortBase) {
    const problem = `WEIR_PORT_BASE must be a whole number from 1 to ${highestPortBase}`;
    return { problem, fix: 'unset it for 4000' };
  }
  const refused = refusedPort(portBase);
  if (refused === undefined) return undefined;
  const { name, port, instead } = refused;
  const problem = `with WEIR_PORT_BASE=${portBase} ${name} would be on port ${port}, which browsers and fetch refuse to ask`;
  return { problem, fix: `WEIR_PORT_BASE=${instead} works` };
}

function colourOf(env: Environment): boolean | undefined {
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return env['TERM'] === 'dumb' ? false : undefined;
}
