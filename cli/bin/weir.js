#!/usr/bin/env -S node --max-semi-space-size=64
// The option gives requests room to begin and end in the young generation: 15 to 40 % of what a large answer costs.
import { existsSync } from 'node:fs';

// The command runs from the compiled tree, which the install makes (`npm run build` makes it again).
const main = new URL('../../dist/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  process.stderr.write('error: weir is not built yet\n  fix: run  npm run build  in the checkout\n');
  process.exit(3);
}
await import(main.href);
