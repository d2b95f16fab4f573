// The one thing the worker must remember between pushes: in which ward this browser subscribed, and for which key.
// A worker is stopped after seconds, so it stands in IndexedDB; localStorage does not exist here.

export interface KeptSubscription {
  readonly ward: number;
  readonly publicKey: string;
  readonly label: string;
}

const NAME = 'tungnha-push';
const STORE = 'kept';

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no database'));
  });
}

async function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = act(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error ?? new Error('not kept'));
    });
  } finally {
    database.close();
  }
}

export const keep = (value: KeptSubscription): Promise<IDBValidKey> =>
  within('readwrite', (store) => store.put(value, 'subscription'));

export const forget = (): Promise<undefined> => within('readwrite', (store) => store.delete('subscription'));

export const kept = (): Promise<KeptSubscription | undefined> =>
  within('readonly', (store) => store.get('subscription') as IDBRequest<KeptSubscription | undefined>);
