import { join, resolve } from 'node:path';
import type { Environment } from '../settings.ts';

/** Where the sample system keeps its databases and notes that it runs: `WEIR_HOME`, or `.weir` in the checkout. */
export function homeOf(root: string, env: Environment): string {
  const given = env['WEIR_HOME'];
  return given === undefined || given === '' ? join(root, '.weir') : resolve(root, given);
}
