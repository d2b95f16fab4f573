// A ward's posts in a queue of their own: one ward's slow provider keeps nobody else waiting, and no two runs carry the
// same ward's posts at once.
import { addJob } from '#platform/jobs.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

export const OUTLETS_WARD = 'outlets.ward';

/** Looked at again within the minute by itself, so a failed run is not tried again at once. */
export const queueOutlets = (trx: WardTransaction): Promise<void> =>
  addJob(
    trx,
    OUTLETS_WARD,
    {},
    { key: `outlets:${trx.wardId}`, queue: `outlets:${trx.wardId}`, maxAttempts: 1 },
  );
