import { callerReader, type ReadCaller } from './caller.ts';
import { contextFor } from './context.ts';
import { migrate, openDatabase } from './database.ts';
import { graphqlRoute } from './graphql.ts';
import { remoteKeys } from './keys.ts';
import type { Log } from './log.ts';
import { migrations } from './migrations.ts';
import { openShop } from './purchase/open-shop.ts';
import { recover } from './purchase/recovery.ts';
import { repeat } from './repeating.ts';
import { guardedSchema } from './schema.ts';
import { seed } from './seed.ts';
import { listen } from './server.ts';
import type { Settings } from './settings.ts';
import type { Tables } from './tables.ts';

const recoverEveryMs = 5_000;

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
  const close = async (): Promise<void> => {
    await server.close();
    await db.destroy();
  };
  try {
    await migrate(db, settings.name, migrations);
    const progress = (done: number): void => {
      server.progress('seeding', done);
      log('info', 'making sample data', { done: Math.round(done * 100) / 100 });
    };
    const seeded = await seed({ db, scale: settings.scale, progress, signal });
    if (seeded.kind === 'made') log('info', 'sample data made', { ms: seeded.milliseconds });
    else if (seeded.scale !== settings.scale) {
      log('warn', 'the sample data was made with another WEIR_SCALE and stays', { scale: seeded.scale });
    }
    const { shop, close: closeShop } = openShop(db, settings.neighbours, log);
    const readCaller: ReadCaller = callerReader(
      remoteKeys({ url: settings.tokens.jwksUrl, fetch, now: () => performance.now(), log }),
      settings.tokens,
    );
    const contextOf = async (authorization: string | undefined) =>
      contextFor(await readCaller(authorization), shop, new Date());
    const graphql = await graphqlRoute({ schema: guardedSchema(), contextOf, log });
    // A file has one service at work, this one; a database may have others, whose leases count.
    const abandonedBefore = settings.store.kind === 'file' ? Date.now() : undefined;
    server.ready({ '/graphql': graphql.route });
    const run = () => recover(shop, abandonedBefore);
    const recovery = repeat({ name: 'recovery', everyMs: recoverEveryMs, run }, log);
    log('info', 'ready', { url: `${server.url}/graphql` });
    return {
      url: server.url,
      close: async () => {
        await server.close();
        await graphql.stop();
        await recovery.stop();
        await closeShop();
        await db.destroy();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
