import { callerReader } from './caller.ts';
import { contextFor, type Resources } from './context.ts';
import { migrate, openDatabase } from './database.ts';
import { graphqlRoute } from './graphql.ts';
import { jwksRoute } from './jwks.ts';
import type { Log } from './log.ts';
import { migrations } from './migrations.ts';
import { tokenRoute } from './oauth.ts';
import { passwords } from './passwords.ts';
import { guardedSchema } from './schema.ts';
import { seed } from './seed.ts';
import { listen, type RunningServer } from './server.ts';
import { sampleServiceSecret, type Settings } from './settings.ts';
import { signingKeys, type SigningKeys } from './signing-keys.ts';
import type { Tables } from './tables.ts';
import { throttle } from './throttle.ts';
import { tokenIssuer } from './tokens.ts';

export interface Service {
  readonly url: string;
  /** Ends what has begun, then closes server and database. */
  close(): Promise<void>;
}

/**
 * Starts the service: it listens at once, answers when the database is up to date and filled. Rejects when it cannot
 * listen, when the database cannot be used, or when the signal ends the start.
 */
export async function startService(settings: Settings, log: Log, signal: AbortSignal): Promise<Service> {
  const server = await listen(settings, log);
  const db = openDatabase<Tables>(settings.store, settings.name);
  try {
    const resources = await filledDatabase(settings, { server, db, log, signal });
    const keys = await signingKeys({
      db,
      rotationHours: settings.keyRotationHours,
      now: () => new Date(),
      log,
    });
    const stop = await openDoors(settings, { server, keys, ...resources });
    if (settings.serviceSecret === sampleServiceSecret && !/^(127\.|localhost$|::1$)/.test(settings.host)) {
      log('warn', 'SERVICE_SECRET is the sample one, and others can reach this address: set one of your own');
    }
    log('info', 'ready', { url: `${server.url}/graphql` });
    return {
      url: server.url,
      close: async () => {
        await server.close();
        await stop();
        keys.close();
        await db.destroy();
      },
    };
  } catch (error) {
    await server.close();
    await db.destroy();
    throw error;
  }
}

interface Start extends Pick<Resources, 'db' | 'log'> {
  readonly server: RunningServer;
  readonly signal: AbortSignal;
}

async function filledDatabase(
  settings: Settings,
  { server, db, log, signal }: Start,
): Promise<Omit<Resources, 'issue'>> {
  await migrate(db, settings.name, migrations);
  const resources = { db, log, passwords: await passwords(), throttle: throttle() };
  const progress = (done: number): void => {
    server.progress('seeding', done);
    log('info', 'making sample data', { done: Math.round(done * 100) / 100 });
  };
  const seeded = await seed({ ...resources, scale: settings.scale, progress, signal });
  if (seeded.kind === 'made') log('info', 'sample data made', { ms: seeded.milliseconds });
  else if (seeded.scale !== settings.scale) {
    log('warn', 'the sample data was made with another WEIR_SCALE and stays', { scale: seeded.scale });
  }
  return resources;
}

interface Doors extends Omit<Resources, 'issue'> {
  readonly server: RunningServer;
  readonly keys: SigningKeys;
}

async function openDoors(
  settings: Settings,
  { server, keys, ...shared }: Doors,
): Promise<() => Promise<void>> {
  const issue = tokenIssuer(keys, settings.tokens);
  const readCaller = callerReader(keys.find, settings.tokens);
  const resources: Resources = { ...shared, issue };
  const contextOf = async (authorization: string | undefined) =>
    contextFor(await readCaller(authorization), resources, new Date());
  const graphql = await graphqlRoute({ schema: guardedSchema(), contextOf, log: shared.log });
  server.ready({
    '/graphql': graphql.route,
    '/.well-known/jwks.json': jwksRoute(keys),
    '/oauth/token': tokenRoute({ secret: settings.serviceSecret, issue, now: () => new Date() }),
  });
  return () => graphql.stop();
}
