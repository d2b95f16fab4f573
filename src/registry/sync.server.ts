// The only list of what phones send and pull. An older version of a record is never taken from here: its upgrade stays.
import { householdReaders } from '#features/households/feed.server.ts';
import { householdMovers, householdRecords, householdSubjects } from '#features/households/records.server.ts';
import { contactReader, deviceOf } from '#features/people/sync.server.ts';
import { campaignReaders } from '#features/plan/feed.server.ts';
import { pledgeReaders } from '#features/pledges/feed.server.ts';
import {
  pledgeMovers,
  pledgeRecords,
  pledgeSubjects,
  takeBackPledge,
  writePledges,
} from '#features/pledges/records.server.ts';
import { visitReaders } from '#features/visits/feed.server.ts';
import { visitMovers, visitRecords, visitSubjects } from '#features/visits/records.server.ts';
import { tombstoneReader } from '#platform/sync/feed-reader.server.ts';
import type { SyncParts } from '#platform/sync/parts.server.ts';
import { syncService } from '#platform/sync/service.server.ts';
import { constraints } from '#registry/constraints.ts';
import { laneMover } from '#features/areas/moves.server.ts';
import { permissions } from '#registry/permissions.ts';

export const syncParts: SyncParts = {
  types: [...householdRecords, ...visitRecords({ writePledges, takeBackPledge }), ...pledgeRecords],
  subjects: [...householdSubjects, ...visitSubjects, ...pledgeSubjects],
  readers: [
    ...campaignReaders,
    ...pledgeReaders,
    ...householdReaders,
    ...visitReaders,
    contactReader,
    tombstoneReader,
  ],
  movers: [laneMover, ...householdMovers, ...visitMovers, ...pledgeMovers],
  permissions,
  constraints,
  deviceOf,
};

export const sync = syncService(syncParts);
