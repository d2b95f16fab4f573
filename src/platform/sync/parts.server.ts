// What the roof hands to the plumbing of sync: types of records, how rows are read, who may, and who is at the door.
import type { PermissionTable } from '#platform/api/permission.ts';
import type { ConstraintProblems } from '#platform/api/problem-response.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import type { Flight } from '#platform/sync/flight.server.ts';
import type { AnyRecordType, FeedReader, SubjectReader } from '#platform/sync/record-type.server.ts';

/** A phone by its credential, or somebody of the office by a session. Neither is believed before the flight has looked. */
export type Sender =
  | {
      readonly via: 'device';
      readonly wardId: number;
      readonly deviceId: string;
      readonly credentialHash: Buffer;
    }
  | { readonly via: 'office'; readonly wardId: number; readonly personId: string };

/** A closed group's rows go on in its successor's feed: tombstones in the old one, new numbers in the new one. */
export interface GroupMover {
  readonly kind: string;
  readonly move: (
    flight: Flight,
    step: { readonly from: string; readonly to: string; readonly fromN: number; readonly toN: number },
  ) => void;
}

export interface SyncParts {
  readonly types: readonly AnyRecordType[];
  readonly subjects: readonly SubjectReader[];
  readonly readers: readonly FeedReader[];
  readonly movers: readonly GroupMover[];
  readonly permissions: PermissionTable;
  readonly constraints: ConstraintProblems;
  /** The phone a cookie names; null where it names none. The secret is checked inside the flight. */
  readonly deviceOf: (runtime: Runtime, cookies: string) => Sender | null;
}
