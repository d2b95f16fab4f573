// Doors of the superior's own form: brought once, its cells tied to figures, filled for a day and taken away.
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { dayOf, isoOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { gather } from '#features/reports/papers/documents.server.ts';
import { FormCell, FormList } from '#features/reports/papers/form-schema.ts';
import { fillForm } from '#features/reports/papers/superior-form.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { readRegime } from '#features/reports/regime.server.ts';
import { DayOn } from '#features/reports/schema.ts';
import { reportTables } from '#features/reports/tables.server.ts';

const LIMIT = 4 * 1024 * 1024;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CampaignPath = z.object({ ward: z.coerce.number().int(), campaign: z.uuid() });
const FormPath = CampaignPath.extend({ form: z.uuid() });

const NewForm = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1).max(120),
  file: z.instanceof(File),
});

const find = (call: Call, campaignId: string, id: string) =>
  reportTables(call.trx)
    .selectFrom('superior_forms')
    .selectAll()
    .where('ward_id', '=', call.trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', id)
    .executeTakeFirst();

const notFound = () => problem('documents.no-such-form', { status: 404 });

async function list(call: Call, campaignId: string): Promise<FormList['forms']> {
  const rows = await reportTables(call.trx)
    .selectFrom('superior_forms')
    .selectAll()
    .where('ward_id', '=', call.trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('closed_at', 'is', null)
    .orderBy('uploaded_at')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    cells: z.array(FormCell).parse(row.cells),
    uploadedAt: isoOf(row.uploaded_at.getTime()),
  }));
}

async function keep(call: Call, campaignId: string, body: z.infer<typeof NewForm>) {
  const bytes = new Uint8Array(await body.file.arrayBuffer());
  // A workbook is a zip; anything else could not be filled.
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return problem('documents.not-a-workbook', { status: 422 });
  if (await find(call, campaignId, body.id)) return { id: body.id };
  const stored = await call.runtime.files.put(call.trx.wardId, bytes);
  const at = new Date(call.now);
  await call.trx
    .insertInto('media')
    .values({
      ward_id: call.trx.wardId,
      sha256: stored.sha256,
      media_type: XLSX,
      bytes: stored.bytes,
      stored_at: new Date(),
      stored_by: call.actor.personId,
    })
    .onConflict((conflict) => conflict.columns(['ward_id', 'sha256']).doNothing())
    .execute();
  await reportTables(call.trx)
    .insertInto('superior_forms')
    .values({
      ward_id: call.trx.wardId,
      campaign_id: campaignId,
      id: body.id,
      name: body.name,
      media_sha256: stored.sha256,
      media_kind: 'xlsx',
      cells: '[]',
      uploaded_at: at,
      uploaded_by: call.actor.personId,
      closed_at: null,
    })
    .execute();
  await audit(call.trx, call, {
    action: 'documents.form-brought',
    subjectKind: 'superior-form',
    subjectId: body.id,
    after: { name: body.name },
  });
  return { id: body.id };
}

async function tie(call: Call, campaignId: string, id: string, cells: readonly FormCell[]) {
  const row = await find(call, campaignId, id);
  if (!row) return notFound();
  await reportTables(call.trx)
    .updateTable('superior_forms')
    .set({ cells: JSON.stringify(cells) })
    .where('ward_id', '=', call.trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', id)
    .execute();
  await audit(call.trx, call, {
    action: 'documents.form-tied',
    subjectKind: 'superior-form',
    subjectId: id,
    before: row.cells,
    after: cells,
  });
  return { id };
}

async function fill(call: Call, ports: ReportPorts, campaignId: string, id: string, on: string | undefined) {
  const row = await find(call, campaignId, id);
  const stream = row && call.runtime.files.read(call.trx.wardId, row.media_sha256);
  if (!row || !stream) return notFound();
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  const day = on ?? dayOf(call.now);
  const data = await gather(call.trx, regime, { kind: 'daily-report', fromOn: day, toOn: day }, call.now);
  const cells = z.array(FormCell).parse(row.cells);
  const { bytes, left } = await fillForm(new Uint8Array(await buffer(stream)), cells, data);
  return new RawReply(
    new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': XLSX,
        'content-disposition': `attachment; filename="bieu-${day}.xlsx"`,
        'cache-control': 'no-store',
        // Cells whose figure nobody has given: the page and the caller are told.
        'x-cells-left': left.map(({ sheet, ref }) => encodeURIComponent(`${sheet}!${ref}`)).join(','),
      },
    }),
  );
}

export function formEndpoints(ports: ReportPorts): Endpoint[] {
  const leading = async (call: Call, { params }: { params: { campaign: string } }) => ({
    unitId: (await ports.plan(call.trx, params.campaign))?.campaign.leadingUnitId ?? null,
  });
  const IdReply = z.object({ id: z.string() });
  return [
    guarded({
      method: 'get',
      path: '/wards/:ward/campaigns/:campaign/forms',
      summary: 'Forms of superiors kept here, with the cells tied to figures',
      action: 'documents.read',
      params: CampaignPath,
      reply: FormList,
      handle: async (call, { params }) => ({
        forms: await list(call, params.campaign),
        mayChange: call.may('documents.draft', await leading(call, { params })),
      }),
    }),
    guarded({
      method: 'post',
      path: '/wards/:ward/campaigns/:campaign/forms',
      summary: 'Bring a superior’s form (.xlsx), once',
      action: 'documents.draft',
      target: leading,
      params: CampaignPath,
      body: NewForm,
      limit: LIMIT,
      reply: IdReply,
      status: 201,
      handle: (call, { params, body }) => keep(call, params.campaign, body),
    }),
    guarded({
      method: 'put',
      path: '/wards/:ward/campaigns/:campaign/forms/:form/cells',
      summary: 'Tie its cells to figures',
      action: 'documents.draft',
      target: leading,
      params: FormPath,
      body: z.strictObject({ cells: z.array(FormCell).max(500) }),
      reply: IdReply,
      handle: (call, { params, body }) => tie(call, params.campaign, params.form, body.cells),
    }),
    guarded({
      method: 'get',
      path: '/wards/:ward/campaigns/:campaign/forms/:form/filled',
      summary: 'The form filled with the figures of a day; cells without a figure stay as they were',
      action: 'documents.read',
      params: FormPath,
      query: z.object({ on: DayOn.optional() }),
      media: XLSX,
      handle: (call, { params, query }) => fill(call, ports, params.campaign, params.form, query.on),
    }),
  ];
}
