// The paper reserve: made each evening at 20:00 for the morning when everything fails, kept for three evenings, because it
// holds names and telephone numbers.
import { addDays, type DateOn } from '#core/calendar.ts';
import { dayOf, instantOf, isoOf, type Instant } from '#core/clock.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';
import type { Files } from '#platform/files.server.ts';
import { typesetPdf } from '#platform/typeset/typeset.server.ts';
import { vnDay, vnTime } from '#features/reports/morning-text.ts';
import { keepFile } from '#features/reports/papers/kept-files.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { quickOn, readRegime, type Regime } from '#features/reports/regime.server.ts';
import { gatherReserve, momentWords, type ReserveSheet } from '#features/reports/reserve/gather.server.ts';
import { RESERVE } from '#features/reports/reserve/template.ts';
import { reportTables } from '#features/reports/tables.server.ts';

export const RESERVE_HOUR = '20:00';
const KEPT_EVENINGS = 3;

const FIGURES = [
  'Hộ được tuyên truyền trực tiếp',
  'Hộ ký cam kết',
  'Hộ vắng nhà',
  'Thành viên nhóm Zalo',
  'Tin, bài đã đăng',
  'Lượt loa truyền thanh',
  'Buổi họp, sinh hoạt',
  'Tin báo (chỉ ghi số)',
];

interface Making {
  readonly trx: WardTransaction;
  readonly runtime: { readonly files: Files };
  readonly actor: { readonly personId: string | null };
  readonly now: Instant;
}

async function wardName(trx: WardTransaction): Promise<string> {
  const row = await trx
    .selectFrom('wards')
    .select('name')
    .where('ward_id', '=', trx.wardId)
    .executeTakeFirst();
  return row?.name ?? '';
}

const placeId = (campaignId: string, { areaId }: Pick<ReserveSheet, 'areaId'>): string =>
  areaId ?? campaignId;

async function keepSheet(
  making: Making,
  campaignId: string,
  on: DateOn,
  sheet: ReserveSheet,
  pdf: Buffer,
): Promise<void> {
  const { trx, now } = making;
  const sha256 = await keepFile(making, pdf, 'application/pdf');
  const kept = { sha256, bytes: pdf.length, made_at: new Date(now) };
  await reportTables(trx)
    .insertInto('paper_reserves')
    .values({
      ward_id: trx.wardId,
      campaign_id: campaignId,
      made_on: on,
      area_id: sheet.areaId,
      place_id: placeId(campaignId, sheet),
      ...kept,
    })
    .onConflict((conflict) =>
      conflict.columns(['ward_id', 'campaign_id', 'made_on', 'place_id']).doUpdateSet(kept),
    )
    .execute();
}

/** Sets and keeps a paper for each group and one for the ward. @returns how many */
export async function makeReserve(making: Making, regime: Regime): Promise<number> {
  const { trx, now } = making;
  const campaignId = regime.plan.campaign.id;
  const on = dayOf(now);
  const morning = addDays(on, 1);
  const [owed] = quickOn(regime, morning);
  const ward = await wardName(trx);
  const sheets = await gatherReserve(trx, campaignId, on, now);
  for (const sheet of sheets) {
    const pdf = await typesetPdf({
      template: RESERVE,
      data: {
        ...sheet,
        ward,
        title: `Dùng cho sáng ${vnDay(morning)}`,
        madeAt: momentWords(now, on),
        due: owed ? `${vnTime(owed.dueAt)} ngày ${vnDay(morning)}` : '',
        figures: FIGURES,
      },
    });
    await keepSheet(making, campaignId, on, sheet, pdf);
  }
  return sheets.length;
}

/** The ward's own paper is kept last: where it stands, the evening is done. */
async function isMade(trx: WardTransaction, campaignId: string, on: DateOn): Promise<boolean> {
  const row = await reportTables(trx)
    .selectFrom('paper_reserves')
    .select('place_id')
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('made_on', '=', on)
    .where('area_id', 'is', null)
    .executeTakeFirst();
  return row !== undefined;
}

/** At 20:00 or at the first minute after it, once an evening of the campaign. */
export async function reserveOfEvening(
  making: Making,
  ports: ReportPorts,
  campaignId: string,
): Promise<number> {
  const on = dayOf(making.now);
  if (making.now < instantOf(on, RESERVE_HOUR) || (await isMade(making.trx, campaignId, on))) return 0;
  const regime = await readRegime(making.trx, ports, campaignId);
  if (!regime || on < addDays(regime.plan.campaign.fromOn, -1) || on > regime.plan.campaign.toOn) return 0;
  return makeReserve(making, regime);
}

/** As the owner: the app itself may erase no file. Files another row still names stay. */
export async function dropOldReserves(
  database: Pick<Database, 'asOwnerInWard'>,
  files: Files,
  wardId: number,
  now: Instant,
): Promise<number> {
  const before = addDays(dayOf(now), -KEPT_EVENINGS);
  const gone = await database.asOwnerInWard(wardId, async (trx) => {
    const tables = reportTables(trx);
    const dropped = await tables
      .deleteFrom('paper_reserves')
      .where('ward_id', '=', wardId)
      .where('made_on', '<=', before)
      .returning('sha256')
      .execute();
    if (dropped.length === 0) return [];
    return trx
      .deleteFrom('media')
      .where('ward_id', '=', wardId)
      .where(
        'sha256',
        'in',
        dropped.map(({ sha256 }) => sha256),
      )
      .where('media_type', '=', 'application/pdf')
      .where(
        'sha256',
        'not in',
        tables.selectFrom('paper_reserves').select('sha256').where('ward_id', '=', wardId),
      )
      .returning('sha256')
      .execute();
  });
  for (const { sha256 } of gone) await files.remove(wardId, sha256);
  return gone.length;
}

export interface KeptReserve {
  readonly madeOn: DateOn;
  readonly madeAt: string;
  readonly files: readonly {
    readonly placeId: string;
    readonly areaId: string | null;
    readonly bytes: number;
    readonly sha256: Buffer;
  }[];
}

export async function listReserves(trx: WardTransaction, campaignId: string): Promise<KeptReserve[]> {
  const rows = await reportTables(trx)
    .selectFrom('paper_reserves')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('campaign_id', '=', campaignId)
    .orderBy('made_on', 'desc')
    .execute();
  return [...Map.groupBy(rows, (row) => row.made_on)].map(([madeOn, own]) => ({
    madeOn,
    madeAt: isoOf(Math.max(...own.map(({ made_at }) => made_at.getTime()))),
    files: own.map((row) => ({
      placeId: row.place_id,
      areaId: row.area_id,
      bytes: row.bytes,
      sha256: row.sha256,
    })),
  }));
}
