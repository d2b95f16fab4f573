// What the plumbing of sync must know of a type of record; the roof lists them (registry/sync.server.ts). The plumbing
// itself knows no feature: it judges who, when and in which order, the type says what a body means.
import type { DateOn } from '#core/calendar.ts';
import type { Problem } from '#core/problem.ts';
import type { FieldRecord } from '#protocol/envelope.ts';
import type { Flight, Query } from '#platform/sync/flight.server.ts';
import type { Scene } from '#platform/sync/scene.ts';

/** A row somewhere in the ward that a record speaks of: `{kind: 'household', id}`. */
export interface Ref {
  readonly kind: string;
  readonly id: string;
}

/** A row that a record brings into being. */
export interface Made extends Ref {
  readonly row: object;
  /** Its id comes from the record's own id, so nobody else can have made it: it need not be looked for. */
  readonly own?: true;
}

/** A record that was parsed, upgraded and judged. */
export interface Judged<B> {
  readonly record: FieldRecord;
  readonly body: B;
  readonly enteredBy: string | null;
  /** Campaign time, corrected. */
  readonly happenedAt: number;
  readonly workOn: DateOn;
  readonly receivedAt: number;
  /** Advice found by the plumbing: the phone's clock. */
  readonly flags: readonly string[];
}

export interface Placed<B> extends Judged<B> {
  readonly feed: string;
  readonly n: number;
  /** The group it belongs to today. */
  readonly group: string;
}

export interface RecordType<B> {
  readonly name: string;
  readonly version: number;
  /** Lower is written first: a lane before its dwellings, a household before its visits. */
  readonly rank: number;
  /** From an older version to the next: `{1: body1 => body2}`. Never deleted. */
  readonly upgrades: Readonly<Record<number, (body: Record<string, unknown>) => Record<string, unknown>>>;
  readonly parse: (body: unknown) => B | Problem;
  /** The row of the permission table that lets somebody record it. */
  readonly action: string;
  /** Rows that must be there; while one is missing the answer is retry-later. */
  readonly refs: (body: B) => readonly Ref[];
  readonly subject: (record: FieldRecord, body: B) => string | null;
  /** The group of the rows it speaks of; undefined: the group as recorded. */
  readonly group: (scene: Scene, body: B) => string | undefined;
  /** Typed in from paper: the instant stated there, else null. */
  readonly statedAt?: (body: B) => number | null;
  /** Whether it may be said for somebody else (paper); others are their author's own. */
  readonly fromPaper?: (body: B) => boolean;
  /** Rows it brings into being, for the records behind it in the same batch. */
  readonly makes?: (record: FieldRecord, body: B, group: string) => readonly Made[];
  /** What more must be read before deciding, in the same flight. */
  readonly looks?: (wardId: number, records: readonly { record: FieldRecord; body: B }[]) => readonly Look[];
  /** A refusal that needs the rows; null: fine. */
  readonly check?: (scene: Scene, judged: Judged<B>) => Problem | null;
  /** Without what stands elsewhere, and nothing about whoever asked to be forgotten: the journal keeps it. */
  readonly keep?: (body: B, scene: Scene) => unknown;
  /** Writes all of the batch's records of this type; queries it only sends travel in one flight. */
  readonly write: (flight: Flight, scene: Scene, placed: readonly Placed<B>[]) => Promise<void> | void;
}

export interface Look extends Query {
  /** Under which the rows are found in the scene. */
  readonly as: string;
}

export type AnyRecordType = RecordType<unknown>;

/** The list forgets each type's own body: the same parser that made it runs before it is used. */
export const recordType = <B>(type: RecordType<B>): AnyRecordType => type as unknown as AnyRecordType;

/** How the rows that records speak of are read: `$1` the ward, `$2` the ids (`byKeys`), no other; must give `id`. They come as JSON. */
export interface SubjectReader {
  readonly kind: string;
  readonly text: string;
}

export interface FeedReader {
  readonly kind: string;
  /** Rows of a feed with after < n ≤ upTo, ascending by n, at most `limit`. */
  readonly read: (flight: Flight, asked: FeedAsk) => Promise<readonly FeedRowOut[]>;
}

export interface FeedAsk {
  readonly feed: string;
  readonly isWardFeed: boolean;
  readonly after: number;
  readonly upTo: number;
  readonly limit: number;
  /** Campaign time. */
  readonly now: number;
}

export interface FeedRowOut {
  readonly kind: string;
  readonly id: string;
  readonly n: number;
  readonly deleted?: true;
  readonly [more: string]: unknown;
}
