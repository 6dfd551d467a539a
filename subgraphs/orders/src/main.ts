import { logTo, reasonOf, type Log } from './log.ts';
import { startService } from './service.ts';
import { readSettings, type Settings } from './settings.ts';

/** Exit codes: 2 for settings that cannot be used, 3 for a port, file or database that cannot. */
const exit = { settings: 2, surroundings: 3 };

const parsed = readSettings(process.env);
if (parsed.ok) {
  await run(parsed.settings, logTo(process.stdout, parsed.settings.name));
} else {
  for (const problem of parsed.problems) process.stderr.write(`${problem}\n`);
  process.exitCode = exit.settings;
}

async function run(settings: Settings, log: Log): Promise<void> {
  const stopping = new AbortController();
  const stopped = new Promise<string>((resolve) => {
    for (const reason of ['SIGTERM', 'SIGINT', 'disconnect'] as const) {
      process.once(reason, () => {
        stopping.abort(new Error(reason));
        resolve(reason);
      });
    }
  });
  try {
    const service = await startService(settings, log, stopping.signal);
    log('info', 'stopping', { because: await stopped });
    await service.close();
  } catch (error) {
    if (stopping.signal.aborted) return process.exit(0);
    log('error', explain(error, settings));
    return process.exit(exit.surroundings);
  }
  // Something forgotten must not keep a service alive that was told to end.
  process.exit(0);
}

function explain(error: unknown, { host, port }: Settings): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `port ${port} on ${host} is taken; set PORT to another one`;
  if (code === 'EACCES') return `port ${port} on ${host} may not be used; set PORT to one above 1023`;
  return `cannot start: ${reasonOf(error)}`;
}
