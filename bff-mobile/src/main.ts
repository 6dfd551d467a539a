import { logTo, reasonOf, type Log } from './log.ts';
import { startService } from './service.ts';
import { readSettings, type Settings } from './settings.ts';

/** Exit codes: 2 for settings that cannot be used, 3 for a port that cannot. */
const exit = { settings: 2, surroundings: 3 };

const parsed = readSettings(process.env);
if (parsed.ok) {
  await run(parsed.settings, logTo(process.stdout, 'bff-mobile'));
} else {
  for (const problem of parsed.problems) process.stderr.write(`${problem}\n`);
  process.exitCode = exit.settings;
}

async function run(settings: Settings, log: Log): Promise<void> {
  const stopped = new Promise<string>((resolve) => {
    for (const reason of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
      process.once(reason, () => {
        resolve(reason);
      });
    }
  });
  try {
    const service = await startService(settings, log);
    log('info', 'stopping', { because: await stopped });
    await service.close();
  } catch (error) {
    log('error', explain(error, settings));
    return process.exit(exit.surroundings);
  }
  // Something forgotten must not keep a server alive that was told to end.
  process.exit(0);
}

function explain(error: unknown, { host, port }: Settings): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is taken; set PORT to another one`;
  if (code === 'EACCES') return `port ${port} on ${host} may not be used; set PORT to one above 1023`;
  return `cannot start: ${reasonOf(error)}`;
}
