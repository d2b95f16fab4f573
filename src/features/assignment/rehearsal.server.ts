// Absences of the sample ward: one with a stand-in, one today without, two that are known to come.
import { endOfDay, instantOf } from '#core/clock.ts';
import { insertAbsence } from '#features/assignment/store.server.ts';
import type { Role } from '#platform/api/actor.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';

interface Cast {
  readonly areaId: string;
  readonly leaderId: string;
  readonly deputyId: string;
  readonly officerId: string;
}

export interface SampleStandIn {
  readonly awayId: string;
  readonly standInId: string;
  readonly role: Role;
  readonly areaId: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly reason: string;
}

interface Planned {
  readonly group: number;
  readonly who: 'leaderId' | 'deputyId' | 'officerId';
  readonly fromOn: string;
  readonly toOn: string;
  readonly reason: string;
  readonly standIn?: 'deputyId';
}

const PLANNED: readonly Planned[] = [
  {
    group: 2,
    who: 'leaderId',
    fromOn: '2025-08-05',
    toOn: '2025-08-06',
    reason: 'Đi khám bệnh tuyến trên',
    standIn: 'deputyId',
  },
  { group: 20, who: 'deputyId', fromOn: '2025-08-04', toOn: '2025-08-05', reason: 'Việc hiếu của gia đình' },
  { group: 8, who: 'leaderId', fromOn: '2025-08-07', toOn: '2025-08-08', reason: 'Đưa cháu đi nhập học' },
  {
    group: 17,
    who: 'officerId',
    fromOn: '2025-08-09',
    toOn: '2025-08-10',
    reason: 'Tập huấn ở Công an thành phố',
  },
];
const NOTED_AT = Date.parse('2025-08-04T16:30:00+07:00');

/** Answers the roles stood in for, which people's own part writes down. */
export async function settleAbsences(
  trx: WardTransaction,
  cast: readonly Cast[],
  notedBy: string,
  chance: Chance,
): Promise<SampleStandIn[]> {
  const id = chance.branch('absences').ids(NOTED_AT);
  const standIns: SampleStandIn[] = [];
  for (const { group, who, standIn, ...absence } of PLANNED) {
    const place = cast[group];
    if (!place) continue;
    await insertAbsence(trx, {
      ...absence,
      id: id(),
      personId: place[who],
      by: notedBy,
      at: new Date(NOTED_AT),
    });
    if (standIn)
      standIns.push({
        awayId: place[who],
        standInId: place[standIn],
        role: 'group-leader',
        areaId: place.areaId,
        fromAt: new Date(instantOf(absence.fromOn)),
        toAt: new Date(endOfDay(absence.toOn)),
        reason: absence.reason,
      });
  }
  return standIns;
}
