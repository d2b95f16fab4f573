// The office's doors of the register: lists, one household, changes, exclusions, coverage. Lists that came as files
// have their own (api-imports.server.ts).
import { sql } from 'kysely';
import { dayOf } from '#core/clock.ts';
import { z } from 'zod';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { csvOf, workbookOf } from '#platform/sheets.server.ts';
import * as commands from '#features/households/commands.server.ts';
import { readCoverage } from '#features/households/coverage.server.ts';
import { readDoorMap, readMark, readPace } from '#features/households/coverage-view.server.ts';
import { WardMapReply, WardPointsReply } from '#features/households/ward-map.ts';
import { readWardMap, readWardPoints } from '#features/households/ward-map.server.ts';
import { readHousehold } from '#features/households/detail.server.ts';
import * as exclusions from '#features/households/exclusions.server.ts';
import { readAll, readList } from '#features/households/list.server.ts';
import * as merging from '#features/households/merge-commands.server.ts';
import * as shape from '#features/households/office-schema.ts';
import { PaperPath, PaperQuery, PaperReply } from '#features/households/paper-schema.ts';
import { readPaper } from '#features/households/paper.server.ts';

const onArea = (_: Call, { params }: { params: { area: string } }) => ({ areaPath: [params.area] });

/** The group a household is in, from the ward's own structure. */
export async function groupOf(call: Call, household: string): Promise<{ areaPath: string[] }> {
  const { rows } = await sql<{ group_id: string }>`select group_id from households
    where ward_id = ${call.trx.wardId} and id = ${household}`.execute(call.trx);
  return { areaPath: rows.map(({ group_id }) => group_id) };
}

async function leadingUnit(call: Call, campaign: string): Promise<string | null> {
  const { rows } = await sql<{ unit: string | null }>`select leading_unit_id as unit from campaigns
    where ward_id = ${call.trx.wardId} and id = ${campaign}`.execute(call.trx);
  return rows[0]?.unit ?? null;
}

const onHousehold = (call: Call, { params }: { params: { household: string } }) =>
  groupOf(call, params.household);

const HEADS = [
  'TT',
  'Tổ dân phố',
  'Ngõ',
  'Số nhà',
  'Hộ số',
  'Chủ hộ',
  'Cư trú',
  'Nhân khẩu',
  'Điện thoại',
  'Ngày được tuyên truyền trực tiếp',
  'Ngày ký cam kết',
  'Ngày có người vào nhóm Zalo',
  'Ngoài mẫu số từ ngày',
  'Mã',
];

/** Words of the file are part of its format and stay Vietnamese in both languages; the import reads them again. */
const RESIDENCE_WORDS: Readonly<Record<string, string>> = {
  permanent: 'Thường trú',
  temporary: 'Tạm trú',
  boarding: 'Ở trọ',
};

async function exported(call: Call, query: shape.ListQuery, format: 'csv' | 'xlsx') {
  const lines = await readAll(call, query);
  const rows = lines.map((line, at) => [
    at + 1,
    line.group,
    line.lane,
    line.houseNumber,
    line.n,
    line.headName,
    RESIDENCE_WORDS[line.residence] ?? line.residence,
    line.members,
    line.phone,
    line.reachedOn,
    line.pledgedOn,
    line.zaloOn,
    line.excludedOn,
    line.id,
  ]);
  await audit(call.trx, call, {
    action: 'households.exported',
    subjectKind: 'ward',
    subjectId: String(call.trx.wardId),
    after: { format, households: rows.length, area: query.area ?? null },
  });
  const name = `ho-dan-${dayOf(call.now)}.${format}`;
  const body =
    format === 'csv' ? csvOf(HEADS, rows) : await workbookOf([{ name: 'Hộ dân', heads: HEADS, rows }]);
  return new RawReply(
    new Response(typeof body === 'string' ? body : new Uint8Array(body), {
      headers: {
        'content-type':
          format === 'csv'
            ? 'text/csv; charset=utf-8'
            : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    }),
  );
}

const reading: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/households',
    summary: 'Households by words, place and state',
    action: 'households.read',
    scoped: true,
    params: shape.WardPath,
    query: shape.ListQuery,
    reply: shape.ListReply,
    handle: (call, { query }) => readList(call, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/households.csv',
    summary: 'The same list for a spreadsheet; on record',
    action: 'households.export',
    params: shape.WardPath,
    query: shape.ListQuery,
    media: 'text/csv',
    handle: (call, { query }) => exported(call, query, 'csv'),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/households.xlsx',
    summary: 'The same list as a workbook; on record',
    action: 'households.export',
    params: shape.WardPath,
    query: shape.ListQuery,
    media: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    handle: (call, { query }) => exported(call, query, 'xlsx'),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/households/:household',
    summary: 'One household with all that its figures are counted from',
    action: 'households.read',
    params: shape.HouseholdPath,
    target: onHousehold,
    reply: shape.HouseholdReply,
    handle: (call, { params }) => readHousehold(call, params.household),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/coverage',
    summary: 'Households reached, pledged and on Zalo, by group or by lane, day and visitor',
    action: 'coverage.read',
    scoped: true,
    params: shape.CampaignPath,
    query: shape.CoverageQuery,
    reply: shape.CoverageReply,
    handle: (call, { params, query }) => readCoverage(call, params.campaign, query.area),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/coverage-mark',
    summary: 'A number that moves whenever a figure of coverage may have moved',
    action: 'coverage.read',
    scoped: true,
    params: shape.WardPath,
    query: shape.CoverageQuery,
    reply: shape.MarkReply,
    handle: (call, { query }) => readMark(call, query.area),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/coverage/pace',
    summary:
      'At the pace of the last days: which groups miss 100%, what pace they need, where a second team is enough',
    action: 'coverage.read',
    scoped: true,
    params: shape.CampaignPath,
    query: shape.CoverageQuery,
    reply: shape.PaceReply,
    handle: (call, { params, query }) => readPace(call, params.campaign, query.area),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/areas/:area/door-map',
    summary: 'Where the doors of a group are, and how each stands',
    action: 'coverage.read',
    params: shape.CampaignPath.extend({ area: z.uuid() }),
    target: onArea,
    reply: shape.DoorsReply,
    handle: (call, { params }) => readDoorMap(call, params.campaign, params.area),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/door-map',
    summary: 'How the doors of each group stand, and how many stand on no map',
    action: 'coverage.read',
    scoped: true,
    params: shape.CampaignPath,
    reply: WardMapReply,
    handle: (call, { params }) => readWardMap(call, params.campaign),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/door-map/points',
    summary: 'Where the doors of the ward are, and how each stands',
    action: 'coverage.read',
    scoped: true,
    params: shape.CampaignPath,
    reply: WardPointsReply,
    handle: (call, { params }) => readWardPoints(call, params.campaign),
  }),
];

const typing: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/areas/:area/paper',
    summary: 'What typing in from paper needs of a lane; the records themselves go through sync',
    action: 'households.change',
    params: PaperPath,
    query: PaperQuery,
    target: onArea,
    reply: PaperReply,
    handle: (call, { params, query }) => readPaper(call, query.campaign, params.area, query),
  }),
];

const changing: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/areas/:area/households',
    summary: 'Add a household at a door; lane and door are made where they are not there yet',
    action: 'households.change',
    params: shape.AreaPath,
    target: onArea,
    body: shape.HouseholdWish,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => commands.addHousehold(call, params.area, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/areas/:area/lay-out',
    summary: 'Lay out the doors of a lane by range',
    action: 'households.change',
    params: shape.AreaPath,
    target: onArea,
    body: shape.LayoutWish,
    reply: shape.LayoutReply,
    handle: (call, { params, body }) => commands.layOutLane(call, params.area, body.text, body.lane),
  }),
  guarded({
    method: 'patch',
    path: '/wards/:ward/households/:household',
    summary: 'Change fields of a household',
    action: 'households.change',
    params: shape.HouseholdPath,
    target: onHousehold,
    body: shape.EditWish,
    reply: shape.Done,
    handle: (call, { params, body }) => commands.editHousehold(call, params.household, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/households/:household/move',
    summary: 'To another door, perhaps of another group; id and history stay',
    action: 'households.merge',
    params: shape.HouseholdPath,
    target: onHousehold,
    body: shape.MoveWish,
    reply: shape.Done,
    handle: (call, { params, body }) => commands.moveHousehold(call, params.household, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/households/:household/merge',
    summary: 'Two entries are one household',
    action: 'households.merge',
    params: shape.HouseholdPath,
    target: onHousehold,
    body: shape.MergeWish.omit({ into: true }),
    reply: shape.Done,
    handle: (call, { params, body }) => merging.mergeHouseholds(call, { ...body, into: params.household }),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/households/:household/unmerge',
    summary: 'Takes a merging back',
    action: 'households.merge',
    params: shape.HouseholdPath,
    target: onHousehold,
    reply: shape.Done,
    handle: (call, { params }) => merging.undoMerge(call, params.household),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/households/:household/conflicts/settle',
    summary: 'Two values of one field were looked at',
    action: 'households.change',
    params: shape.HouseholdPath,
    target: onHousehold,
    body: z.strictObject({ conflict: z.uuid() }),
    reply: shape.Done,
    handle: (call, { params, body }) => merging.settleConflict(call, params.household, body.conflict),
  }),
];

const excluding: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/exclusions',
    summary: 'Households asked out of the denominator, and who decided',
    action: 'households.read',
    scoped: true,
    params: shape.CampaignPath,
    query: shape.ExclusionsQuery,
    reply: shape.ExclusionsReply,
    handle: (call, { params, query }) => exclusions.listExclusions(call, params.campaign, query),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/exclusions',
    summary: 'Ask for a household to leave the denominator',
    action: 'exclusions.ask',
    params: shape.CampaignPath,
    target: async (call, { params, body }) => ({
      ...(await groupOf(call, body.householdId)),
      unitId: await leadingUnit(call, params.campaign),
    }),
    body: shape.ExclusionWish,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => exclusions.askExclusion(call, params.campaign, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/exclusions/:exclusion/decide',
    summary: 'The second person approves or refuses',
    action: 'exclusions.decide',
    scoped: true,
    params: shape.ExclusionPath,
    body: shape.DecisionWish,
    reply: shape.Done,
    handle: (call, { params, body }) =>
      exclusions.decideExclusion(call, params.campaign, params.exclusion, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/exclusions/:exclusion/end',
    summary: 'The household counts again',
    action: 'exclusions.ask',
    scoped: true,
    params: shape.ExclusionPath,
    body: shape.EndWish,
    reply: shape.Done,
    handle: (call, { params, body }) =>
      exclusions.endExclusion(call, params.campaign, params.exclusion, body.reason),
  }),
];

export const householdEndpoints: readonly Endpoint[] = [...reading, ...typing, ...changing, ...excluding];
