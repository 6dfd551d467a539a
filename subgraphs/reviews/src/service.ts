import type { Kysely } from 'kysely';
import { callerReader } from './caller.ts';
import { contextFor } from './context.ts';
import { migrate, openDatabase } from './database.ts';
import { graphqlRoute } from './graphql.ts';
import { remoteKeys } from './keys.ts';
import type { Log } from './log.ts';
import { migrations } from './migrations.ts';
import { guardedSchema } from './schema.ts';
import { seed } from './seed.ts';
import { quarterly } from './seeding.ts';
import { listen, type RunningServer } from './server.ts';
import type { Settings } from './settings.ts';
import { signedOnly } from './signature.ts';
import type { Tables } from './tables.ts';

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
  try {
    const db = openDatabase<Tables>(settings.store, settings.name);
    const stop = await serve(settings, { server, db, log, signal });
    log('info', 'ready', { url: `${server.url}/graphql` });
    return {
      url: server.url,
      close: async () => {
        await server.close();
        await stop();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

interface Start {
  readonly server: RunningServer;
  readonly db: Kysely<Tables>;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Everything between listening and answering; what it answers ends it. */
async function serve(settings: Settings, { server, db, log, signal }: Start): Promise<() => Promise<void>> {
  try {
    await migrate(db, settings.name, migrations);
    await fill(settings, { server, db, log, signal });
    const keys = remoteKeys({ url: settings.tokens.jwksUrl, fetch, now: () => performance.now(), log });
    const readCaller = callerReader(keys, settings.tokens);
    const contextOf = async (authorization: string | undefined) =>
      contextFor(await readCaller(authorization), db, new Date());
    const graphql = await graphqlRoute({ schema: guardedSchema(), contextOf, log });
    const believed = { name: settings.name, keys: settings.signatureKeys, now: Date.now };
    const route = signedOnly(graphql.route, believed, log);
    server.ready({ '/graphql': route });
    return async () => {
      await graphql.stop();
      await db.destroy();
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function fill({ scale }: Settings, { server, db, log, signal }: Start): Promise<void> {
  const tell = quarterly((done) => log('info', 'making sample data', { done }));
  const progress = (share: number): void => {
    const done = Math.round(share * 100) / 100;
    server.progress('seeding', done);
    tell(done);
  };
  const seeded = await seed({ db, scale, progress, signal });
  if (seeded.kind === 'made') log('info', 'sample data made', { ms: seeded.milliseconds });
  else if (seeded.scale !== scale) {
    log('warn', 'the sample data was made with another WEIR_SCALE and stays', { scale: seeded.scale });
  }
}
