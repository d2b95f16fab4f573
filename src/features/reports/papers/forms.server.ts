// Doors of the superior's own form: brought once, its cells tied to figures, filled for a day and taken away.
import { z } from 'zod';
import { dayOf, isoOf } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { gather } from '#features/reports/papers/documents.server.ts';
import { openPlaces, placeKey, type FormBlock } from '#features/reports/papers/form-picture.ts';
import { FormCell, FormList, FormView } from '#features/reports/papers/form-schema.ts';
import { keepFile, storedFile } from '#features/reports/papers/kept-files.server.ts';
import { OFFICE_MEDIA, openOffice } from '#features/reports/papers/office-file.server.ts';
import type { ReportData } from '#features/reports/papers/report-data.ts';
import { fillForm, pictureOf, valueOf } from '#features/reports/papers/superior-form.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { readRegime } from '#features/reports/regime.server.ts';
import { DayOn } from '#features/reports/schema.ts';
import { statedUpTo } from '#features/reports/store.server.ts';
import { reportTables } from '#features/reports/tables.server.ts';

const LIMIT = 4 * 1024 * 1024;
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

type Row = NonNullable<Awaited<ReturnType<typeof find>>>;
const headOf = (row: Omit<Row, 'campaign_id'>) => ({
  id: row.id,
  name: row.name,
  kind: row.media_kind,
  cells: z.array(FormCell).parse(row.cells),
  uploadedAt: isoOf(row.uploaded_at.getTime()),
});

async function list(call: Call, campaignId: string): Promise<FormList['forms']> {
  const rows = await reportTables(call.trx)
    .selectFrom('superior_forms')
    .selectAll()
    .where('ward_id', '=', call.trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('closed_at', 'is', null)
    .orderBy('uploaded_at')
    .execute();
  return rows.map(headOf);
}

async function keep(call: Call, campaignId: string, body: z.infer<typeof NewForm>) {
  const bytes = new Uint8Array(await body.file.arrayBuffer());
  const file = openOffice(bytes);
  if (isProblem(file)) return file;
  const picture = pictureOf(file);
  if (isProblem(picture)) return picture;
  if (openPlaces(picture).size === 0)
    return problem('documents.form-without-places', { status: 422, pointer: '/file' });
  if (await find(call, campaignId, body.id)) return { id: body.id };
  const sha256 = await keepFile(call, bytes, OFFICE_MEDIA[file.kind]);
  await reportTables(call.trx)
    .insertInto('superior_forms')
    .values({
      ward_id: call.trx.wardId,
      campaign_id: campaignId,
      id: body.id,
      name: body.name,
      media_sha256: sha256,
      media_kind: file.kind,
      cells: '[]',
      uploaded_at: new Date(call.now),
      uploaded_by: call.actor.personId,
      closed_at: null,
    })
    .execute();
  await audit(call.trx, call, {
    action: 'documents.form-brought',
    subjectKind: 'superior-form',
    subjectId: body.id,
    after: { name: body.name, sha256: sha256.toString('hex') },
  });
  return { id: body.id };
}

interface Opened {
  readonly row: Row;
  readonly bytes: Uint8Array;
  readonly blocks: readonly FormBlock[];
}
async function openForm(call: Call, campaignId: string, id: string): Promise<Opened | Problem> {
  const row = await find(call, campaignId, id);
  const bytes = row && (await storedFile(call, row.media_sha256));
  if (!row || !bytes) return notFound();
  const file = openOffice(bytes);
  if (isProblem(file)) return file;
  const blocks = pictureOf(file);
  return isProblem(blocks) ? blocks : { row, bytes, blocks };
}

async function tie(call: Call, campaignId: string, id: string, cells: readonly FormCell[]) {
  const form = await openForm(call, campaignId, id);
  if (isProblem(form)) return form;
  const places = openPlaces(form.blocks);
  const tied = new Set<string>();
  for (const cell of cells) {
    const key = placeKey(cell);
    if (!places.has(key))
      return problem('documents.no-such-cell', { status: 422, params: { cell: cell.ref } });
    if (tied.has(key)) return problem('documents.cell-twice', { status: 422, params: { cell: cell.ref } });
    tied.add(key);
  }
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
    before: form.row.cells,
    after: cells,
  });
  return { id };
}

async function close(call: Call, campaignId: string, id: string) {
  const row = await find(call, campaignId, id);
  if (!row) return notFound();
  await reportTables(call.trx)
    .updateTable('superior_forms')
    .set({ closed_at: row.closed_at ? null : new Date(call.now) })
    .where('ward_id', '=', call.trx.wardId)
    .where('campaign_id', '=', campaignId)
    .where('id', '=', id)
    .execute();
  await audit(call.trx, call, {
    action: row.closed_at ? 'documents.form-reopened' : 'documents.form-closed',
    subjectKind: 'superior-form',
    subjectId: id,
  });
  return { id };
}

/** The ward's figures of a day, as a daily report would state them. */
async function figuresOf(call: Call, ports: ReportPorts, campaignId: string, day: string) {
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return problem('reports.no-such-campaign', { status: 404 });
  return gather(call.trx, regime, { kind: 'daily-report', fromOn: day, toOn: day }, call.now);
}

async function view(call: Call, ports: ReportPorts, campaignId: string, id: string, on: string | undefined) {
  const form = await openForm(call, campaignId, id);
  if (isProblem(form)) return form;
  const day = on ?? dayOf(call.now);
  const data: ReportData | Problem = await figuresOf(call, ports, campaignId, day);
  if (isProblem(data)) return data;
  const head = headOf(form.row);
  const stated = await statedUpTo(call.trx, campaignId, day);
  return {
    ...head,
    on: day,
    blocks: [...form.blocks],
    stated: stated.map(({ figure }) => figure),
    values: head.cells.map((cell) => valueOf(data, cell)),
  };
}

async function fill(call: Call, ports: ReportPorts, campaignId: string, id: string, on: string | undefined) {
  const row = await find(call, campaignId, id);
  const bytes = row && (await storedFile(call, row.media_sha256));
  if (!row || !bytes) return notFound();
  const day = on ?? dayOf(call.now);
  const data = await figuresOf(call, ports, campaignId, day);
  if (isProblem(data)) return data;
  const filled = fillForm(bytes, z.array(FormCell).parse(row.cells), data);
  if (isProblem(filled)) return filled;
  return new RawReply(
    new Response(new Uint8Array(filled.bytes), {
      headers: {
        'content-type': OFFICE_MEDIA[row.media_kind],
        'content-disposition': `attachment; filename="bieu-${day}.${row.media_kind}"`,
        'cache-control': 'no-store',
        // Places whose figure nobody has given: the caller is told.
        'x-cells-left': filled.left.map((cell) => encodeURIComponent(placeKey(cell))).join(','),
      },
    }),
  );
}

const leadingUnit =
  (ports: ReportPorts) =>
  async (call: Call, { params }: { params: { campaign: string } }) => ({
    unitId: (await ports.plan(call.trx, params.campaign))?.campaign.leadingUnitId ?? null,
  });
const IdReply = z.object({ id: z.string() });

function reading(ports: ReportPorts): Endpoint[] {
  const leading = leadingUnit(ports);
  return [
    guarded({
      method: 'get',
      path: '/wards/:ward/campaigns/:campaign/superior-forms',
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
      method: 'get',
      path: '/wards/:ward/campaigns/:campaign/superior-forms/:form',
      summary: 'One form: its tables and lines, the places tied, and what each would hold on a day',
      action: 'documents.read',
      params: FormPath,
      query: z.object({ on: DayOn.optional() }),
      reply: FormView,
      handle: async (call, { params, query }) => {
        const shown = await view(call, ports, params.campaign, params.form, query.on);
        if (isProblem(shown)) return shown;
        return { ...shown, mayChange: call.may('documents.draft', await leading(call, { params })) };
      },
    }),
    guarded({
      method: 'get',
      path: '/wards/:ward/campaigns/:campaign/superior-forms/:form/filled',
      summary: 'The form filled with the figures of a day; cells without a figure stay as they were',
      action: 'documents.read',
      params: FormPath,
      query: z.object({ on: DayOn.optional() }),
      media: `${OFFICE_MEDIA.xlsx}, ${OFFICE_MEDIA.docx}`,
      handle: (call, { params, query }) => fill(call, ports, params.campaign, params.form, query.on),
    }),
  ];
}

function changing(ports: ReportPorts): Endpoint[] {
  const leading = leadingUnit(ports);
  return [
    guarded({
      method: 'post',
      path: '/wards/:ward/campaigns/:campaign/superior-forms',
      summary: 'Bring a superior’s form (.xlsx or .docx), once',
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
      method: 'post',
      path: '/wards/:ward/campaigns/:campaign/superior-forms/:form/close',
      summary: 'Put a form away, or take it out again: asked a second time it undoes the first',
      action: 'documents.draft',
      target: leading,
      params: FormPath,
      reply: IdReply,
      handle: (call, { params }) => close(call, params.campaign, params.form),
    }),
    guarded({
      method: 'put',
      path: '/wards/:ward/campaigns/:campaign/superior-forms/:form/cells',
      summary: 'Tie its cells to figures',
      action: 'documents.draft',
      target: leading,
      params: FormPath,
      body: z.strictObject({ cells: z.array(FormCell).max(500) }),
      reply: IdReply,
      handle: (call, { params, body }) => tie(call, params.campaign, params.form, body.cells),
    }),
  ];
}

export const formEndpoints = (ports: ReportPorts): Endpoint[] => [...reading(ports), ...changing(ports)];
