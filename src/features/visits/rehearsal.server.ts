// Three evenings of visits in a sample ward, as uneven as they are: groups far ahead and groups that have not begun,
// doors found locked and gone back to, people reached by telephone, some visits that somebody should look at twice.
import { instantOf } from '#core/clock.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import type { Outcome } from '#features/visits/schema.ts';
import type { VisitTables } from '#features/visits/tables.ts';

export interface SampleVisit {
  readonly id: string;
  readonly householdId: string;
  readonly groupId: string;
  readonly authorId: string;
  readonly enteredBy: string | null;
  readonly outcome: Outcome;
  readonly channel: 'direct' | 'phone' | 'zalo';
  readonly place: 'home' | 'culture-house';
  readonly how: 'on-the-spot' | 'from-paper';
  readonly zalo: 'own-member' | 'received-by' | 'no-smartphone' | 'not-yet' | null;
  readonly membersTold: number | null;
  readonly comeBackAt: number | null;
  readonly flags: readonly string[];
  readonly doneAt: number;
  readonly workOn: string;
  readonly receivedAt: number;
  readonly signed: boolean;
  /** The household was met for the first time without having been on a list. */
  readonly isNew: boolean;
}

export interface SampleDoors {
  readonly groupId: string;
  /** Household ids in the order they are walked. */
  readonly listed: readonly string[];
  readonly unlisted: readonly string[];
  readonly visitors: readonly string[];
  readonly deskId: string;
}

const EVENINGS = ['2025-08-02', '2025-08-03', '2025-08-04'] as const;
/** Nothing is drawn for a time that has not come when the rehearsal begins. */
const NOW = instantOf('2025-08-05', '07:50');
const MINUTE = 60_000;

/** Share of its doors a group goes to in three evenings; of ten groups one has not begun. */
const PACES = [0.62, 0.3, 0.22, 0.34, 0.16, 0.55, 0.09, 0.28, 0.47, 0] as const;

function drawOutcome(chance: Chance): Outcome {
  const at = chance.next();
  if (at < 0.78) return 'met';
  if (at < 0.9) return 'nobody-home';
  if (at < 0.94) return 'working-away';
  if (at < 0.96) return 'refused';
  if (at < 0.975) return 'moved-away';
  return at < 0.99 ? 'vacant' : 'inaccessible';
}

const drawZalo = (chance: Chance): SampleVisit['zalo'] => {
  const at = chance.next();
  if (at < 0.58) return 'own-member';
  if (at < 0.7) return 'received-by';
  return at < 0.78 ? 'no-smartphone' : 'not-yet';
};

interface Walk {
  readonly doors: SampleDoors;
  readonly chance: Chance;
  readonly id: () => string;
  readonly onPaper: boolean;
}

function drawVisit(
  { doors, chance, id, onPaper }: Walk,
  householdId: string,
  at: number,
  day: string,
  isNew: boolean,
): SampleVisit {
  const outcome = isNew ? 'met' : drawOutcome(chance);
  const met = outcome === 'met';
  const channel = met && !isNew && chance.odds(0.05) ? (chance.odds(0.6) ? 'phone' : 'zalo') : 'direct';
  const odd = chance.next();
  const flags = odd < 0.012 ? ['too-fast'] : odd < 0.016 ? ['far-from-door'] : [];
  return {
    id: id(),
    householdId,
    groupId: doors.groupId,
    authorId: doors.visitors[chance.int(0, doors.visitors.length - 1)] ?? doors.deskId,
    enteredBy: onPaper ? doors.deskId : null,
    outcome,
    channel,
    place: chance.odds(0.04) ? 'culture-house' : 'home',
    how: onPaper ? 'from-paper' : 'on-the-spot',
    zalo: met ? drawZalo(chance) : null,
    membersTold: met ? chance.int(1, 4) : null,
    comeBackAt: outcome === 'nobody-home' ? instantOf(day, '19:00') + 24 * 60 * MINUTE : null,
    flags: onPaper ? [] : flags,
    doneAt: at,
    workOn: day,
    receivedAt: Math.min(NOW - MINUTE, onPaper ? at + 13 * 60 * MINUTE : at + chance.int(0, 45) * MINUTE),
    signed: met && channel === 'direct' && chance.odds(0.93),
    isNew,
  };
}

/** One evening of one group: from the next doors, and back to those found locked the evening before. */
function drawEvening(
  walk: Walk,
  day: string,
  next: readonly { id: string; isNew: boolean }[],
  again: readonly string[],
): SampleVisit[] {
  const { chance } = walk;
  const begin = instantOf(day, '17:40') + chance.int(0, 60) * MINUTE;
  const span = 210 * MINUTE;
  const all = [...next, ...again.map((id) => ({ id, isNew: false }))];
  return all.map(({ id, isNew }, n) =>
    drawVisit(
      walk,
      id,
      Math.round(begin + (span * (n + chance.next() * 0.6)) / (all.length + 1)),
      day,
      isNew,
    ),
  );
}

export function drawVisits(chance: Chance, groups: readonly SampleDoors[]): SampleVisit[] {
  return groups.flatMap((doors, n) => {
    const own = chance.branch(`group ${n}`);
    const onPaper = n % 10 === 4;
    const walk: Walk = {
      doors,
      chance: own,
      id: own.branch('ids').ids(instantOf('2025-08-02', '18:00')),
      onPaper,
    };
    const line = [
      ...doors.listed.map((id) => ({ id, isNew: false })),
      ...doors.unlisted.map((id) => ({ id, isNew: true })),
    ];
    const wanted = Math.round(line.length * (PACES[n % 10] ?? 0.3));
    // A group without a list meets everybody for the first time; one with a part of it finds a few on the way.
    const walked =
      doors.listed.length === 0
        ? line.slice(0, wanted)
        : [
            ...line.slice(0, wanted),
            ...line.slice(doors.listed.length, doors.listed.length + Math.round(wanted / 20)),
          ];
    const shares = [0.25 + own.next() * 0.15, 0.3 + own.next() * 0.1];
    const cuts = [
      0,
      Math.round(walked.length * (shares[0] ?? 0)),
      Math.round(walked.length * ((shares[0] ?? 0) + (shares[1] ?? 0))),
      walked.length,
    ];
    const visits: SampleVisit[] = [];
    let locked: string[] = [];
    for (const [evening, day] of EVENINGS.entries()) {
      const again = locked.filter(() => own.odds(0.5));
      const done = drawEvening(walk, day, walked.slice(cuts[evening], cuts[evening + 1]), again);
      visits.push(...done);
      locked = done.filter(({ outcome }) => outcome === 'nobody-home').map(({ householdId }) => householdId);
    }
    return visits;
  });
}

const inChunks = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size));

export async function writeVisits(
  trx: WardTransaction,
  campaignId: string,
  visits: readonly { readonly visit: SampleVisit; readonly n: number }[],
): Promise<void> {
  for (const chunk of inChunks(visits, 700))
    await trx
      .withTables<VisitTables>()
      .insertInto('visits')
      .values(
        chunk.map(({ visit, n }) => ({
          ward_id: trx.wardId,
          id: visit.id,
          campaign_id: campaignId,
          household_id: visit.householdId,
          group_id: visit.groupId,
          outcome: visit.outcome,
          channel: visit.channel,
          place: visit.place,
          how: visit.how,
          come_back_at: visit.comeBackAt === null ? null : new Date(visit.comeBackAt),
          met_who: visit.outcome === 'met' ? 'head' : null,
          members_told: visit.membersTold,
          zalo_state: visit.zalo,
          zalo_received_by: visit.zalo === 'received-by' ? 'con trai' : null,
          flyer_left: visit.outcome === 'met',
          author_id: visit.authorId,
          entered_by: visit.enteredBy,
          done_at: new Date(visit.doneAt),
          work_on: visit.workOn,
          received_at: new Date(visit.receivedAt),
          flags: [...visit.flags],
          feed_id: visit.groupId,
          change_n: n,
        })),
      )
      .execute();
}
