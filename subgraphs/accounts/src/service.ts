import { callerReader } from './caller.ts';
import { contextFor, type Resources } from './context.ts';
import { migrate, openDatabase } from './database.ts';
import { graphqlRoute } from './graphql.ts';
import { jwksRoute } from './jwks.ts';
import type { Log } from './log.ts';
import { migrations } from './migrations.ts';
import { tokenRoute } from './oauth.ts';
import { passwords, type Passwords } from './passwords.ts';
import { guardedSchema } from './schema.ts';
import { seed } from './seed.ts';
import { quarterly } from './seeding.ts';
import { listen, type RunningServer } from './server.ts';
import { sampleServiceSecret, type Settings } from './settings.ts';
import { signedOnly } from './signature.ts';
import { signingKeys } from './signing-keys.ts';
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
  try {
    const db = openDatabase<Tables>(settings.store, settings.name);
    const stop = await serve(settings, { server, db, log, signal });
    if (settings.serviceSecret === sampleServiceSecret && !/^(127\.|localhost$|::1$)/.test(settings.host)) {
      log('warn', 'SERVICE_SECRET is the sample one, and others can reach this address: set one of your own');
    }
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

interface Start extends Pick<Resources, 'db' | 'log'> {
  readonly server: RunningServer;
  readonly signal: AbortSignal;
}

/** Everything between listening and answering; what it answers ends it. */
async function serve(settings: Settings, start: Start): Promise<() => Promise<void>> {
  const { server, db, log } = start;
  try {
    await migrate(db, settings.name, migrations);
    const hashes = await passwords();
    await fill(settings, start, hashes);
    const now = () => new Date();
    const keys = await signingKeys({ db, rotationHours: settings.keyRotationHours, now, log });
    const issue = tokenIssuer(keys, settings.tokens);
    const readCaller = callerReader(keys.find, settings.tokens);
    const resources: Resources = { db, log, passwords: hashes, throttle: throttle(), issue };
    const contextOf = async (authorization: string | undefined) =>
      contextFor(await readCaller(authorization), resources, now());
    const graphql = await graphqlRoute({ schema: guardedSchema(), contextOf, log });
    const believed = { name: settings.name, keys: settings.signatureKeys, now: Date.now };
    const route = signedOnly(graphql.route, believed, log);
    server.ready({
      '/graphql': route,
      '/.well-known/jwks.json': jwksRoute(keys),
      '/oauth/token': tokenRoute({ secret: settings.serviceSecret, issue, now }),
    });
    return async () => {
      await graphql.stop();
      keys.close();
      await db.destroy();
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

async function fill(
  { scale }: Settings,
  { server, db, log, signal }: Start,
  hashes: Passwords,
): Promise<void> {
  const tell = quarterly((done) => log('info', 'making sample data', { done }));
  const progress = (share: number): void => {
    const done = Math.round(share * 100) / 100;
    server.progress('seeding', done);
    tell(done);
  };
  const seeded = await seed({ db, scale, progress, signal, passwords: hashes });
  if (seeded.kind === 'made') log('info', 'sample data made', { ms: seeded.milliseconds });
  else if (seeded.scale !== scale) {
    log('warn', 'the sample data was made with another WEIR_SCALE and stays', { scale: seeded.scale });
  }
}
