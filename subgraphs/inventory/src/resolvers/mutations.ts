import { GraphQLError } from 'graphql';
import type {
  MutationResolvers,
  ReserveStockInput,
  ReserveStockResultResolvers,
} from '../generated/schema.ts';
import { badInput, inputCheck, type InputCheck } from '../input.ts';
import { confirm, productsOf, release, reserve, type Wish } from '../reservations.ts';
import { setOnHand } from '../stock.ts';

const holdMs = 10 * 60_000;
const maxLines = 50;
const maxPiecesPerLine = 1_000;
const maxOnHand = 1_000_000;
const key = {
  min: 1,
  max: 64,
  shape: { pattern: /^[\w-]+$/, reason: 'must have letters, digits, dashes only' },
};

export const mutations: MutationResolvers = {
  setStock: async (_parent, { productId, warehouse, quantity }, { db, loaders, now, changes }) => {
    const check = inputCheck();
    const count = {
      productId: check.text('productId', productId, key),
      warehouse: check.text('warehouse', warehouse, key),
      onHand: check.wholeNumber('quantity', quantity, { min: 0, max: maxOnHand }),
      at: now,
    };
    check.done();
    if ((await loaders.warehouse.load(count.warehouse)) === undefined)
      throw badInput('warehouse', 'names no warehouse');
    const row = await setOnHand(db, count);
    if (row === undefined) throw badInput('quantity', 'is less than what orders hold of it');
    await changes.tell('Product', [{ id: row.product_id }]);
    return row;
  },
  reserveStock: async (_parent, { input }, { db, changes }) => {
    const wish = wishOf(input);
    const reserved = await reserve(db, wish, { now: Date.now, holdMs });
    switch (reserved.kind) {
      case 'held':
        await changes.tell(
          'Product',
          [...wish.pieces.keys()].map((id) => ({ id })),
        );
        return reserved;
      case 'missing':
        return reserved;
      case 'other-lines':
        throw badInput('input.lines', 'differ from what this order has reserved before');
      case 'over':
        throw new GraphQLError('This order has given its stock back; reserve for a new one.', {
          extensions: { code: 'RESERVATION_OVER' },
        });
    }
  },
  releaseStock: async (_parent, { orderId }, { db, now, changes }) => {
    const id = checkedId(orderId);
    const isReleased = await release(db, id, now.getTime());
    if (isReleased) await changes.tell('Product', await productsOf(db, id));
    return isReleased;
  },
  confirmStock: async (_parent, { orderId }, { db, changes }) => {
    const id = checkedId(orderId);
    const isConfirmed = await confirm(db, id);
    if (isConfirmed) await changes.tell('Product', await productsOf(db, id));
    return isConfirmed;
  },
};

export const reserveStockResult: ReserveStockResultResolvers = {
  reserved: ({ kind }) => kind === 'held',
  warehouse: async (result, _arguments, { loaders }) =>
    result.kind === 'held' ? ((await loaders.warehouse.load(result.warehouse)) ?? null) : null,
  missing: (result) => (result.kind === 'held' ? [] : result.products),
};

function checkedId(orderId: string): string {
  const check = inputCheck();
  const id = check.text('orderId', orderId, key);
  check.done();
  return id;
}

function wishOf({ orderId, lines }: ReserveStockInput): Wish {
  if (lines.length === 0 || lines.length > maxLines)
    throw badInput('input.lines', `must be 1 to ${maxLines} lines`);
  const check = inputCheck();
  const id = check.text('input.orderId', orderId, key);
  const pieces = piecesOf(lines, check);
  check.done();
  return { orderId: id, pieces };
}

function piecesOf(lines: ReserveStockInput['lines'], check: InputCheck): ReadonlyMap<string, number> {
  const pieces = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const product = check.text(`input.lines.${index}.productId`, line.productId, key);
    const bounds = { min: 1, max: maxPiecesPerLine };
    const quantity = check.wholeNumber(`input.lines.${index}.quantity`, line.quantity, bounds);
    pieces.set(product, (pieces.get(product) ?? 0) + quantity);
  }
  return pieces;
}
