import type { Storage as GraphiQLStorage } from '@graphiql/toolkit';
import type { Opening } from './tab-opener.tsx';

/** Kept for all endpoints together; everything else (tabs, history) belongs to one endpoint. */
const shared = new Set(['graphiql:theme', 'graphiql:visiblePlugin']);

/**
 * Where an endpoint's tabs and history are kept: an operation of one schema makes no sense in another. On a first
 * visit it holds the operation to begin with.
 */
export function pageStorage(endpoint: string, first: Opening): GraphiQLStorage {
  const storage = endpointStorage(endpoint);
  if (storage.getItem('graphiql:tabState') === null) {
    storage.setItem('graphiql:query', first.query);
    storage.setItem('graphiql:variables', first.variables);
  }
  return storage;
}

function endpointStorage(endpoint: string): GraphiQLStorage {
  const store = browserStorage();
  const prefix = `weir:${endpoint}:`;
  const nameOf = (key: string): string => (shared.has(key) ? key : prefix + key);
  const ownKeys = (): readonly string[] => Object.keys(store).filter((key) => key.startsWith(prefix));
  return {
    getItem: (key) => store.getItem(nameOf(key)),
    setItem: (key, value) => {
      store.setItem(nameOf(key), value);
    },
    removeItem: (key) => {
      store.removeItem(nameOf(key));
    },
    clear: () => {
      for (const key of ownKeys()) store.removeItem(key);
    },
    get length() {
      return ownKeys().length;
    },
  };
}

/** A browser may refuse storage (private windows, policies); the page then works without memory. */
function browserStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}
