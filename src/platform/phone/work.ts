/**
 * The work of one opened account: its outbox, the pages of rows it pulled, drafts, pictures and facts. Whatever is kept
 * is sealed before a transaction begins, since a transaction of IndexedDB ends as soon as something else is waited for.
 */
import { newlyQueued } from '#protocol/outbox.ts';
import type { Kept } from '#protocol/outbox.ts';
import type { FeedRow, FieldRecord } from '#protocol/envelope.ts';
import { DURABLE, openWorkDatabase } from '#platform/phone/database.ts';
import type { Bytes, MediaRow, OutboxRow, WorkDatabase } from '#platform/phone/database.ts';
import { openBytes, openValue, sealBytes, sealValue } from '#platform/phone/keys.ts';

export interface Page {
  readonly groupId: string;
  readonly n: number;
  readonly rows: readonly FeedRow[];
}

export interface Draft {
  readonly id: string;
  readonly at: number;
  readonly value: unknown;
}

/** The pages of one feed after which they are written together again. */
const PAGES_BEFORE_REWRITING = 40;

const pad = (n: number): string => String(n).padStart(15, '0');

export class Work {
  readonly account: string;
  readonly #db: Promise<WorkDatabase>;
  readonly #key: CryptoKey;
  /** Other tabs of this phone hear that something changed, and look again. */
  readonly #others: BroadcastChannel | null;

  constructor(account: string, key: CryptoKey) {
    this.account = account;
    this.#db = openWorkDatabase(account);
    this.#key = key;
    this.#others =
      typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`tungnha-${account}`);
  }

  onOthers(look: () => void): void {
    if (this.#others) this.#others.onmessage = look;
  }

  close(): void {
    this.#others?.close();
    void this.#db.then((db) => db.close());
  }

  #tellOthers(): void {
    this.#others?.postMessage('changed');
  }

  // ── outbox

  /**
   * Freezes records into the queue, all or none, and in the same transaction takes away the draft they came from: a
   * crash leaves either the draft or the records, never both and never neither.
   */
  async queue(records: readonly FieldRecord[], wish: { notBefore: number; draft?: string }): Promise<void> {
    const made = await Promise.all(
      records.map(async (record) => {
        const sealed = await sealValue(this.#key, `outbox/${record.id}`, record);
        return { record, sealed, bytes: sealed.length };
      }),
    );
    const tx = (await this.#db).transaction(['outbox', 'drafts'], 'readwrite', DURABLE);
    const outbox = tx.objectStore('outbox');
    const last = await outbox.index('seq').openCursor(null, 'prev');
    let seq = last?.value.seq ?? 0;
    const writes: Promise<unknown>[] = [];
    for (const { record, sealed, bytes } of made) {
      seq += 1;
      const { id, groupId, type } = record;
      const kept = newlyQueued({ id, groupId, bytes }, seq);
      writes.push(outbox.add({ ...kept, type, sealed, n: null, notBefore: wish.notBefore }));
    }
    if (wish.draft !== undefined) writes.push(tx.objectStore('drafts').delete(wish.draft));
    // Any one that fails ends the transaction, and with it all of them.
    await Promise.all([...writes, tx.done]);
    this.#tellOthers();
  }

  async outbox(): Promise<OutboxRow[]> {
    return (await this.#db).getAllFromIndex('outbox', 'seq');
  }

  async record(row: OutboxRow): Promise<FieldRecord> {
    return (await openValue(this.#key, `outbox/${row.id}`, row.sealed)) as FieldRecord;
  }

  /** Takes back what has not left the phone yet; false where any of it may already have. */
  async takeBack(ids: readonly string[], now: number): Promise<boolean> {
    const tx = (await this.#db).transaction('outbox', 'readwrite', DURABLE);
    const rows = await Promise.all(ids.map((id) => tx.store.get(id)));
    const taken = rows.every((row) => row && row.standing === 'queued' && now < row.notBefore);
    if (taken) await Promise.all(ids.map((id) => tx.store.delete(id)));
    await tx.done;
    if (taken) this.#tellOthers();
    return taken;
  }

  /** Where records stand after an answer. Only standings change, never what was frozen. */
  async stand(changes: readonly (Kept & { readonly n?: number | null })[]): Promise<void> {
    const tx = (await this.#db).transaction('outbox', 'readwrite', DURABLE);
    for (const { id, standing, answeredAt, receivedAt, why, n } of changes) {
      const row = await tx.store.get(id);
      const told = { standing, answeredAt, receivedAt, why, ...(n === undefined ? {} : { n }) };
      if (row) await tx.store.put({ ...row, ...told });
    }
    await tx.done;
    this.#tellOthers();
  }

  async letGo(ids: readonly string[]): Promise<void> {
    await this.#remove('outbox', ids);
  }

  async #remove(store: 'outbox' | 'media', ids: readonly string[]): Promise<void> {
    const tx = (await this.#db).transaction(store, 'readwrite');
    await Promise.all([...ids.map((id) => tx.store.delete(id)), tx.done]);
  }

  // ── pulled rows

  async pages(): Promise<Page[]> {
    const kept = await (await this.#db).getAll('pages');
    return Promise.all(
      kept
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(async ({ id, groupId, n, sealed }) => ({
          ...{ groupId, n },
          rows: (await openValue(this.#key, `pages/${id}`, sealed)) as readonly FeedRow[],
        })),
    );
  }

  /** A whole group as one page, in place of all its earlier ones. */
  async replacePages(page: Page): Promise<void> {
    const id = `${page.groupId}:${pad(page.n)}`;
    const sealed = await sealValue(this.#key, `pages/${id}`, page.rows);
    const tx = (await this.#db).transaction('pages', 'readwrite');
    const old = await tx.store.index('groupId').getAllKeys(page.groupId);
    const writes = old.map((key) => tx.store.delete(key));
    await Promise.all([...writes, tx.store.put({ id, groupId: page.groupId, n: page.n, sealed }), tx.done]);
    this.#tellOthers();
  }

  /** What came after; true when the pages are many enough to be written together. */
  async addPage(page: Page): Promise<boolean> {
    const id = `${page.groupId}:${pad(page.n)}`;
    const sealed = await sealValue(this.#key, `pages/${id}`, page.rows);
    const db = await this.#db;
    await db.put('pages', { id, groupId: page.groupId, n: page.n, sealed });
    this.#tellOthers();
    return (await db.countFromIndex('pages', 'groupId', page.groupId)) > PAGES_BEFORE_REWRITING;
  }

  // ── drafts

  async keepDraft(id: string, value: unknown, at: number): Promise<void> {
    const sealed = await sealValue(this.#key, `drafts/${id}`, value);
    await (await this.#db).put('drafts', { id, at, sealed });
  }

  async draft(id: string): Promise<Draft | null> {
    const kept = await (await this.#db).get('drafts', id);
    return kept ? { id, at: kept.at, value: await openValue(this.#key, `drafts/${id}`, kept.sealed) } : null;
  }

  async draftIds(): Promise<string[]> {
    return (await this.#db).getAllKeys('drafts');
  }

  async dropDraft(id: string): Promise<void> {
    await (await this.#db).delete('drafts', id);
  }

  // ── pictures

  async keepMedia(id: string, content: Bytes, mediaType: string, at: number): Promise<void> {
    const sealed = await sealBytes(this.#key, `media/${id}`, content);
    await (await this.#db).put('media', { id, bytes: content.length, mediaType, stored: false, at, sealed });
  }

  async media(): Promise<MediaRow[]> {
    return (await this.#db).getAll('media');
  }

  mediaContent(row: MediaRow): Promise<Bytes> {
    return openBytes(this.#key, `media/${row.id}`, row.sealed);
  }

  /** Whether the server has it; after a restore it may not any more. */
  async mediaStands(stored: boolean, only?: string): Promise<void> {
    const tx = (await this.#db).transaction('media', 'readwrite');
    for (const row of await tx.store.getAll())
      if (only === undefined || row.id === only) await tx.store.put({ ...row, stored });
    await tx.done;
  }

  async dropMedia(ids: readonly string[]): Promise<void> {
    await this.#remove('media', ids);
  }

  // ── facts: who, where, the server's clock and words, one sealed value each

  async keepFact(name: string, value: unknown): Promise<void> {
    const sealed = await sealValue(this.#key, `facts/${name}`, value);
    await (await this.#db).put('facts', { name, sealed });
  }

  async fact(name: string): Promise<unknown> {
    const kept = await (await this.#db).get('facts', name);
    return kept ? openValue(this.#key, `facts/${name}`, kept.sealed) : undefined;
  }
}
