// Doors of the files of a document: the paper itself, its numbers, the edited and the signed one.
import { z } from 'zod';
import { dayOf } from '#core/clock.ts';
import { isProblem, problem } from '#core/problem.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import * as files from '#features/reports/papers/document-files.server.ts';
import { findDocument, paperOf } from '#features/reports/papers/documents.server.ts';
import { docxOf } from '#features/reports/papers/docx.server.ts';
import { storedFile } from '#features/reports/papers/kept-files.server.ts';
import { layoutOn } from '#features/reports/papers/layouts.ts';
import { numbersOf } from '#features/reports/papers/numbers.server.ts';
import { OFFICE_MEDIA } from '#features/reports/papers/office-file.server.ts';
import { pdfOf } from '#features/reports/papers/pdf.server.ts';
import { ReportData } from '#features/reports/papers/report-data.ts';
import type { ReportPorts } from '#features/reports/ports.ts';

const DocumentPath = z.object({
  ward: z.coerce.number().int(),
  campaign: z.uuid(),
  document: z.uuid(),
});
const MEDIA = { ...OFFICE_MEDIA, pdf: 'application/pdf' } as const;
type Kind = keyof typeof MEDIA;
const LIMIT = 20 * 1024 * 1024;
const notFound = () => problem('documents.not-found', { status: 404 });

const download = (bytes: Uint8Array, kind: Kind, name: string): RawReply =>
  new RawReply(
    new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': MEDIA[kind],
        'content-disposition': `attachment; filename="${name}.${kind}"`,
        'cache-control': 'no-store',
      },
    }),
  );

/** `drafted`: as set from its words, whatever the office made of it since. */
async function fileOf(call: Call, campaignId: string, id: string, kind: Kind, drafted: boolean) {
  const row = await findDocument(call.trx, campaignId, id);
  if (!row) return notFound();
  const minutes = row.kind === 'minutes';
  const name = `${minutes ? 'bien-ban' : 'bao-cao'}-${row.to_on}`;
  // Minutes hold no figures to count on with.
  if (minutes && kind === 'xlsx') return notFound();
  if (kind === 'xlsx')
    return download(
      await numbersOf(ReportData.parse(row.data), row.data_hash.toString('hex')),
      kind,
      `so-lieu-${row.to_on}`,
    );
  const edited = drafted ? null : row.edited_sha256;
  if (edited) {
    if (kind === 'pdf') return problem('documents.edited-in-word', { status: 409 });
    const bytes = await storedFile(call, edited);
    return bytes ? download(bytes, 'docx', name) : notFound();
  }
  const paper = await paperOf(call.trx, row);
  const layout = layoutOn(row.dated_on ?? dayOf(row.made_at.getTime()));
  return download(kind === 'docx' ? await docxOf(paper, layout) : await pdfOf(paper, layout), kind, name);
}

async function signedOf(call: Call, campaignId: string, id: string) {
  const row = await findDocument(call.trx, campaignId, id);
  const bytes = row?.signed_sha256 && (await storedFile(call, row.signed_sha256));
  return row && bytes ? download(bytes, 'pdf', `da-ky-${row.to_on}`) : notFound();
}

const PATH = '/wards/:ward/campaigns/:campaign/documents/:document';
const Kept = z.object({ sha256: z.string() });

const downloads: readonly Endpoint[] = [
  ...(['docx', 'pdf', 'xlsx'] as const).map((kind) =>
    guarded({
      method: 'get',
      path: `${PATH}/${kind}`,
      summary:
        kind === 'xlsx'
          ? 'The numbers frozen with the document, as a workbook'
          : `The document as ${kind.toUpperCase()}; drafted=1 for the one set from its words though it was edited since`,
      action: 'documents.read',
      params: DocumentPath,
      query: z.object({ drafted: z.literal('1').optional() }),
      media: MEDIA[kind],
      handle: (call, { params, query }) =>
        fileOf(call, params.campaign, params.document, kind, query.drafted === '1'),
    }),
  ),
  guarded({
    method: 'get',
    path: `${PATH}/signed`,
    summary: 'The signed paper',
    action: 'documents.read',
    params: DocumentPath,
    media: MEDIA.pdf,
    handle: (call, { params }) => signedOf(call, params.campaign, params.document),
  }),
];

const uploads = (ports: ReportPorts): Endpoint[] => {
  const leading = async (call: Call, campaignId: string) =>
    (await ports.plan(call.trx, campaignId))?.campaign.leadingUnitId ?? null;
  return [
    guarded({
      method: 'post',
      path: `${PATH}/edited`,
      summary: 'Bring the document back as edited in Word: from now on it is what goes up',
      action: 'documents.read',
      params: DocumentPath,
      body: z.strictObject({ revision: z.coerce.number().int().min(1), file: z.instanceof(File) }),
      limit: LIMIT,
      reply: Kept,
      status: 201,
      handle: async (call, { params, body }) =>
        files.keepEdited(call, params.campaign, params.document, body, await leading(call, params.campaign)),
    }),
    guarded({
      method: 'post',
      path: `${PATH}/edited/drop`,
      summary: 'Set the document from its words again; the edited file stays on record',
      action: 'documents.read',
      params: DocumentPath,
      body: z.strictObject({ revision: z.coerce.number().int().min(1) }),
      reply: Kept,
      handle: async (call, { params, body }) =>
        files.dropEdited(
          call,
          params.campaign,
          params.document,
          body.revision,
          await leading(call, params.campaign),
        ),
    }),
    guarded({
      method: 'post',
      path: `${PATH}/signed`,
      summary: 'Keep the signed paper (PDF, scanned or signed digitally) beside the frozen figures',
      action: 'documents.clerk',
      params: DocumentPath,
      body: z.strictObject({ file: z.instanceof(File) }),
      limit: LIMIT,
      reply: Kept,
      status: 201,
      handle: async (call, { params, body }) => {
        const kept = await files.keepSigned(call, params.campaign, params.document, body.file);
        return isProblem(kept) ? kept : { sha256: kept.sha256 };
      },
    }),
  ];
};

export const documentFileEndpoints = (ports: ReportPorts): Endpoint[] => [...downloads, ...uploads(ports)];
