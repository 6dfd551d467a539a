#!/usr/bin/env -S node --max-semi-space-size=64 --no-allocation-site-pretenuring
// What a request needs begins and ends in the young generation: see gateway/model/node-options.ts.
import { existsSync } from 'node:fs';

// The command runs from the compiled tree, which the install makes (`npm run build` makes it again).
const main = new URL('../../dist/cli/main.js', import.meta.url);
if (!existsSync(main)) {
  process.stderr.write('error: weir is not built yet\n  fix: run  npm run build  in the checkout\n');
  process.exit(3);
}
await import(main.href);
