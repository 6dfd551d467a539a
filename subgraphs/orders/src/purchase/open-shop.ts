import type { Kysely } from 'kysely';
import type { Log } from '../log.ts';
import { catalogAt } from '../neighbours/catalog.ts';
import { inventoryAt } from '../neighbours/inventory.ts';
import { serviceToken } from '../neighbours/service-token.ts';
import { signedWire } from '../neighbours/sign.ts';
import { openWire } from '../neighbours/wire.ts';
import type { NeighbourSettings } from '../settings.ts';
import type { Tables } from '../tables.ts';
import { simulatedPayments } from './payments.ts';
import type { Shop } from './shop.ts';

/** All that buying needs, over the network; `close` ends the connections. */
export function openShop(
  db: Kysely<Tables>,
  { catalogUrl, inventoryUrl, accountsUrl, serviceSecret, key }: NeighbourSettings,
  log: Log,
): { readonly shop: Shop; readonly close: () => Promise<void> } {
  const wire = openWire();
  const now = Date.now;
  const token = serviceToken({ wire, accountsUrl, client: 'orders', secret: serviceSecret, now });
  const shop: Shop = {
    db,
    catalog: catalogAt(catalogUrl, signedWire(wire, 'catalog', key)),
    inventory: inventoryAt(inventoryUrl, signedWire(wire, 'inventory', key), token),
    payments: simulatedPayments(db),
    now,
    log,
  };
  return { shop, close: () => wire.close() };
}
