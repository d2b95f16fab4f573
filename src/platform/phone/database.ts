/**
 * What stands in this browser. One small database knows the accounts of the phone; each account's work has a database of
 * its own, so that two people on one phone cannot mix, by construction. In clear stand ids, types, groups, change
 * numbers and where a record stands; everything that says something about a household is sealed.
 */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { Kept } from '#protocol/outbox.ts';
import type { SealedBox } from '#platform/phone/sealed-box.ts';
import type { WrappedKey } from '#platform/phone/keys.ts';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface AccountRow {
  /** Ward and person: one person has one store, whatever card or phone row they signed in by. */
  readonly id: string;
  readonly wardId: number;
  readonly personId: string;
  /** The name on the card, for choosing among several on a shared phone. */
  readonly name: string;
  readonly wardName: string;
  readonly wrapped: WrappedKey;
  /** Absent until the server's recovery key was first seen. */
  readonly recovery: SealedBox | null;
  readonly wrongTries: number;
  readonly waitUntil: number;
  /** The data key as an object no script can export, while the working day lasts. */
  readonly openKey: CryptoKey | null;
  readonly openUntil: number;
  readonly usedAt: number;
}

export interface OutboxRow extends Kept {
  readonly type: string;
  /** Not sent before: while somebody may still take it back, it never leaves the phone. Machine time. */
  readonly notBefore: number;
  /** Change number the server gave it, once known. */
  readonly n: number | null;
  readonly sealed: Bytes;
}

/** Rows as pulled, sealed by the page: opening a phone unseals a handful of pages and not thousands of rows. */
export interface PageRow {
  readonly id: string;
  readonly groupId: string;
  /** The change number the page reaches up to. */
  readonly n: number;
  readonly sealed: Bytes;
}

export interface DraftRow {
  readonly id: string;
  readonly at: number;
  readonly sealed: Bytes;
}

export interface MediaRow {
  readonly id: string;
  readonly bytes: number;
  readonly mediaType: string;
  readonly stored: boolean;
  readonly at: number;
  readonly sealed: Bytes;
}

export interface FactRow {
  readonly name: string;
  readonly sealed: Bytes;
}

interface PhoneSchema extends DBSchema {
  keys: { key: string; value: { readonly name: 'device'; readonly key: CryptoKey } };
  accounts: { key: string; value: AccountRow };
}
export type PhoneDatabase = IDBPDatabase<PhoneSchema>;

interface WorkSchema extends DBSchema {
  outbox: { key: string; value: OutboxRow; indexes: { seq: number } };
  pages: { key: string; value: PageRow; indexes: { groupId: string } };
  drafts: { key: string; value: DraftRow };
  media: { key: string; value: MediaRow };
  facts: { key: string; value: FactRow };
}
export type WorkDatabase = IDBPDatabase<WorkSchema>;

export const openPhoneDatabase = (): Promise<PhoneDatabase> =>
  openDB<PhoneSchema>('tungnha-phone', 1, {
    upgrade(db) {
      db.createObjectStore('keys', { keyPath: 'name' });
      db.createObjectStore('accounts', { keyPath: 'id' });
    },
  });

export const openWorkDatabase = (account: string): Promise<WorkDatabase> =>
  openDB<WorkSchema>(`tungnha-work-${account}`, 1, {
    upgrade(db) {
      db.createObjectStore('outbox', { keyPath: 'id' }).createIndex('seq', 'seq');
      db.createObjectStore('pages', { keyPath: 'id' }).createIndex('groupId', 'groupId');
      db.createObjectStore('drafts', { keyPath: 'id' });
      db.createObjectStore('media', { keyPath: 'id' });
      db.createObjectStore('facts', { keyPath: 'name' });
    },
  });

/** On the disk before it is said to be kept: a battery that falls out takes nothing along. */
export const DURABLE = { durability: 'strict' } as const;
