/**
 * The book of the groups on this phone: what was pulled, and over it what this phone recorded and the server may not
 * know yet. Opened from sealed pages at unlock, it lives in memory only.
 */
import type * as z from 'zod/mini';
import type { FeedRow } from '#protocol/envelope.ts';
import { SHAPES } from '#features/lane/rows.ts';
import type { RowKind } from '#features/lane/rows.ts';

type Shape<K extends RowKind> = z.infer<(typeof SHAPES)[K]>;

interface Standing {
  readonly row: unknown;
  readonly feed: string;
  readonly n: number;
}

const isKind = (kind: string): kind is RowKind => Object.hasOwn(SHAPES, kind);

const WARD: ReadonlySet<RowKind> = new Set(['campaign', 'pledge-text']);

/** A household stands in each campaign by itself. */
const keyOf = (row: { readonly kind: string; readonly id: string; readonly campaignId?: unknown }): string =>
  row.kind === 'progress' && typeof row.campaignId === 'string'
    ? progressKey(row.campaignId, row.id)
    : row.id;

export const progressKey = (campaignId: string, householdId: string): string =>
  `${campaignId} ${householdId}`;

export class Book {
  readonly #kinds = new Map<RowKind, Map<string, Standing>>();

  /**
   * A row in its feed: the higher number wins. A tombstone takes away only what its own feed brought, so a household
   * that moved from one of our groups to another does not vanish when the news of leaving arrives second.
   */
  take(from: string, raw: FeedRow): void {
    if (!isKind(raw.kind)) return;
    // The ward's rows come with every group's first load and with the ward's own feed: one life, one numbering.
    const feed = WARD.has(raw.kind) ? 'ward' : from;
    const table = this.#table(raw.kind);
    const key = keyOf(raw);
    const known = table.get(key);
    if (known && known.feed === feed && known.n > raw.n) return;
    if (raw.deleted === true) {
      if (known?.feed === feed) table.delete(key);
      return;
    }
    const parsed = SHAPES[raw.kind].safeParse(raw.kind === 'lane' ? { ...raw, groupId: feed } : raw);
    if (parsed.success) table.set(key, { row: parsed.data, feed, n: raw.n });
  }

  /** What this phone recorded itself stands at once; the server's row of the same id takes its place. */
  put<K extends RowKind>(kind: K, row: Shape<K>): void {
    this.#table(kind).set(keyOf({ kind, ...row }), { row, feed: 'own', n: -1 });
  }

  get<K extends RowKind>(kind: K, id: string): Shape<K> | undefined {
    // Rows were parsed by the shape of their own kind when they came in.
    return this.#table(kind).get(id)?.row as Shape<K> | undefined;
  }

  all<K extends RowKind>(kind: K): Shape<K>[] {
    return [...this.#table(kind).values()].map(({ row }) => row as Shape<K>);
  }

  /** The same book to write upon; rows themselves are never changed, so they are shared. */
  copy(): Book {
    const made = new Book();
    for (const [kind, table] of this.#kinds) made.#kinds.set(kind, new Map(table));
    return made;
  }

  #table(kind: RowKind): Map<string, Standing> {
    const found = this.#kinds.get(kind);
    if (found) return found;
    const made = new Map<string, Standing>();
    this.#kinds.set(kind, made);
    return made;
  }
}
