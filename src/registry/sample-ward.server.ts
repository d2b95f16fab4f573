// One sample ward, put together from each feature's own part. Everything in it is drawn from a seed.
import { fileURLToPath } from 'node:url';
import { sealWard } from '#platform/audit/seal.server.ts';
import { isProblem } from '#core/problem.ts';
import { directivePorts } from '#registry/directive-ports.server.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import type { Files } from '#platform/files.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import { openWard } from '#platform/wards.server.ts';
import { declareHouseholds, drawGroups, layOutGroups } from '#features/areas/rehearsal.server.ts';
import type { SampleGroup } from '#features/areas/rehearsal.server.ts';
import { settleAbsences } from '#features/assignment/rehearsal.server.ts';
import { settleDirectives } from '#features/directives/rehearsal.server.ts';
import type { DayCast } from '#features/evidence/rehearsal-days.ts';
import { runSampleDays } from '#features/evidence/rehearsal.server.ts';
import { openSampleAccounts } from '#features/people/rehearsal-accounts.server.ts';
import { drawPeople, settlePeople } from '#features/people/rehearsal.server.ts';
import type { SamplePeople } from '#features/people/rehearsal.server.ts';
import { settlePhones, settleStandIns, settleTeams } from '#features/people/rehearsal-teams.server.ts';
import { runSampleReports } from '#features/reports/rehearsal.server.ts';
import type { ReportSettings } from '#features/reports/settings.ts';
import { reportPorts } from '#registry/report-ports.server.ts';
import { runSamplePlan } from '#features/plan/rehearsal.server.ts';
import type { SampleCampaign } from '#features/plan/rehearsal.server.ts';
import { runSampleDoors } from '#registry/sample-doors.server.ts';
import { openSampleVoice } from '#registry/sample-voice.server.ts';
import type { SampleVoice } from '#registry/sample-voice.server.ts';

export interface SampleWish {
  readonly name: string;
  readonly code: string;
  readonly cityCode: string;
  readonly groups: number;
  readonly households: number;
  /** Tells the accounts of one ward of a sample city from those of another. */
  readonly accountSuffix?: string;
}

export interface SampleWard extends SampleWish {
  readonly wardId: number;
  readonly areas: readonly SampleGroup[];
  readonly people: SamplePeople;
  readonly campaign: SampleCampaign;
}

/** The day the ward was set up under its present name; everybody's role begins with it. */
const WARD_SINCE = '2025-07-01';
const ROLES_SINCE = Date.parse('2025-07-01T08:00:00+07:00');
const DECLARED_AT = Date.parse('2025-07-21T08:30:00+07:00');

// Only what runs from the sources makes samples; the built pages never do.
const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

const unitNamed = (people: SamplePeople, shortName: string) => {
  const at = people.units.findIndex((unit) => unit.shortName === shortName);
  const [unit, head] = [people.units[at], people.heads[at]];
  if (!unit || !head) throw new RangeError(`No unit ${shortName} in the sample`);
  return { id: unit.id, headId: head.id };
};

/** Who works where: members of a unit before its head, who signs rather than types. */
function dayCast(areas: readonly SampleGroup[], people: SamplePeople): DayCast {
  const units = people.units.map((unit, n): [string, string[]] => {
    const members = (people.members.get(unit.id) ?? []).map(({ id }) => id);
    const head = people.heads[n]?.id;
    return [unit.id, head === undefined ? members : [...members, head]];
  });
  const desk = people.dutyDesk[0];
  if (!desk) throw new RangeError('A sample without a duty desk');
  return {
    groups: areas.map(({ id, households }, n) => ({
      id,
      households,
      leaderId: people.groups[n]?.leader.id ?? desk.id,
    })),
    units: new Map(units),
    dutyDeskId: desk.id,
  };
}

/** Teams, hand-overs, absences and stand-ins, uneven as they are on the fourth day of a campaign. */
async function assignSample(
  trx: WardTransaction,
  areas: readonly SampleGroup[],
  people: SamplePeople,
  chance: Chance,
): Promise<void> {
  await settleTeams(trx, people, areas, chance, ROLES_SINCE);
  await settlePhones(trx, people, chance, DECLARED_AT);
  const cast = areas.flatMap(({ id }, n) => {
    const group = people.groups[n];
    if (!group) return [];
    const { leader, deputy, officer } = group;
    return [{ areaId: id, leaderId: leader.id, deputyId: deputy.id, officerId: officer.id }];
  });
  const standIns = await settleAbsences(trx, cast, unitNamed(people, 'Công an').headId, chance);
  await settleStandIns(trx, standIns, chance, DECLARED_AT);
}

/** What the ward settled for its reports. The head's name is the sample's own. */
function sampleSettings({ name }: SampleWish, people: SamplePeople): ReportSettings {
  const place = name.replace(/^Phường\s+/, '');
  const head = people.heads[people.units.findIndex(({ shortName }) => shortName === 'Công an')];
  return {
    window: 'day-before',
    unitReports: 'daily',
    place,
    issuer: {
      superior: 'CÔNG AN THÀNH PHỐ HẢI PHÒNG',
      name: `CÔNG AN PHƯỜNG ${place.toLocaleUpperCase('vi')}`,
      symbol: 'CAP',
      onBehalfOf: '',
      headTitle: 'TRƯỞNG CÔNG AN PHƯỜNG',
      deputyTitle: 'PHÓ TRƯỞNG CÔNG AN PHƯỜNG',
      fileMark: 'CAP',
    },
    addressees: ['Công an thành phố Hải Phòng', `Ủy ban nhân dân phường ${place}`],
    recipients: ['Thường trực Đảng ủy phường (để báo cáo)', 'Chủ tịch, các Phó Chủ tịch UBND phường'],
    signer: { name: head?.name ?? '', rank: 'Trung tá', capacity: 'head' },
    basis:
      'Kế hoạch của Ủy ban nhân dân phường về đợt cao điểm tuyên truyền phòng, chống tội phạm lừa đảo chiếm đoạt tài sản trên không gian mạng',
  };
}

/** Where the ward speaks, and what it has to say. */
function voiceOf(
  areas: readonly SampleGroup[],
  people: SamplePeople,
  campaignId: string,
  acts: SampleVoice['acts'],
): SampleVoice {
  const culture = unitNamed(people, 'Phòng VH-XH');
  return {
    ...{ campaignId, acts, culture },
    police: unitNamed(people, 'Công an'),
    service: unitNamed(people, 'TT Sự nghiệp công'),
    writerId: people.members.get(culture.id)?.[0]?.id ?? culture.headId,
    groups: areas.map(({ id, shortName, households }) => ({ id, shortName, households })),
    schools: people.units.filter(({ kind }) => kind === 'school').map(({ name }) => name),
  };
}

export async function makeSampleWard(
  { database, files }: { readonly database: Database; readonly files: Files },
  wish: SampleWish,
  chance: Chance,
): Promise<SampleWard> {
  const areas = drawGroups(chance.branch('areas'), wish, ROLES_SINCE);
  const people = drawPeople(chance.branch('people'), areas, ROLES_SINCE);
  const wardId = await openWard(database, { ...wish, validFrom: WARD_SINCE });
  await database.asOwnerInWard(wardId, async (trx) => {
    await layOutGroups(trx, areas, WARD_SINCE);
    await settlePeople(trx, people, chance.branch('people'), ROLES_SINCE);
    const declarers = people.groups.map(({ leader, officer }) => ({
      statedBy: leader.id,
      confirmedBy: officer.id,
    }));
    await declareHouseholds(trx, areas, declarers, DECLARED_AT);
    await openSampleAccounts(trx, people, wish.accountSuffix ?? '');
    await assignSample(trx, areas, people, chance.branch('assignment'));
  });
  const police = unitNamed(people, 'Công an');
  const culture = unitNamed(people, 'Phòng VH-XH');
  const cast = { leadingUnitId: police.id, headId: police.headId, cultureUnitId: culture.id };
  // Through the app's own walls, as a person's presses would go.
  const campaign = await database.inWard(wardId, (trx) => runSamplePlan(trx, files, cast, EXAMPLES));
  const issue = { ...campaign, headId: police.headId, clerkId: people.clerk.id };
  const days = await database.inWard(wardId, (trx) =>
    runSampleDays(trx, files, issue, dayCast(areas, people), chance.branch('days')),
  );
  const doors = {
    campaignId: campaign.campaignId,
    areas,
    people,
    examples: EXAMPLES,
    policeId: police.headId,
  };
  await database.asOwnerInWard(wardId, (trx) => runSampleDoors(trx, doors, chance.branch('doors')));
  // Until the rows are counted every index seems as good as any other, and the wrong one is walked.
  await database.ownerPool.query(
    'analyze areas, area_declarations, campaigns, dwellings, households, visits, pledges, exclusions',
  );
  if (isProblem(days)) throw new Error(`The sample days were refused: ${days.code}`);
  await database.inWard(wardId, (trx) =>
    settleDirectives(trx, issue, directivePorts, chance.branch('directives')),
  );
  const groups = dayCast(areas, people).groups;
  const voice = voiceOf(areas, people, campaign.campaignId, days);
  await database.inWard(wardId, (trx) => openSampleVoice(trx, voice, chance.branch('voice')));
  const reports = {
    campaignId: campaign.campaignId,
    settings: sampleSettings(wish, people),
    headId: police.headId,
    groups,
    units: people.units.map(({ id }, n) => ({ id, headId: people.heads[n]?.id ?? police.headId })),
  };
  await database.inWard(wardId, (trx) =>
    runSampleReports(trx, reportPorts, reports, chance.branch('reports')),
  );
  await sealWard(database, wardId);
  return { ...wish, wardId, areas, people, campaign };
}
