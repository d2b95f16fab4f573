// Doors of the roll-up: a ward gives out its frozen figures as a file, an office above sums up the files it was given. No
// row of one ward is read by another; what crosses is what a ward published. Nothing brought is kept.
import { z } from 'zod';
import { dayOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { cityBook } from '#features/reports/city/book.server.ts';
import { figuresOf, openFigures } from '#features/reports/city/figures-file.server.ts';
import { rollUp } from '#features/reports/city/roll-up.ts';
import { RollUpReply, RollUpWish } from '#features/reports/city/schema.ts';
import { findDocument } from '#features/reports/papers/documents.server.ts';
import { ReportData } from '#features/reports/papers/report-data.ts';
import type { ReportPorts } from '#features/reports/ports.ts';

const DocumentPath = z.object({
  ward: z.coerce.number().int(),
  campaign: z.uuid(),
  document: z.uuid(),
});
const LIMIT = 14 * 1024 * 1024;

async function figuresFile(call: Call, ports: ReportPorts, campaignId: string, id: string) {
  const row = await findDocument(call.trx, campaignId, id);
  if (!row || row.kind === 'minutes') return problem('documents.not-found', { status: 404 });
  const ward = await ports.officialWard(call.trx, row.to_on);
  const named = { code: ward.code, name: ward.name };
  const file = figuresOf(ReportData.parse(row.data), named, row.data_hash.toString('hex'));
  return new RawReply(
    new Response(JSON.stringify(file, null, 2), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="so-lieu-${ward.code ?? 'phuong'}-${row.to_on}.json"`,
        'cache-control': 'no-store',
      },
    }),
  );
}

async function summedUp(call: Call, ports: ReportPorts, wish: RollUpWish): Promise<RollUpReply> {
  const { city } = await ports.officialWard(call.trx, dayOf(call.now));
  const known = wish.names.length > 0 ? wish.names : await ports.wardsOfCity(call.trx, city, wish.on);
  // One ward known to the reference list is no list of a city.
  const names = known.length > 1 ? known : [];
  const brought = wish.files.map(({ name, text }) => ({ name, told: openFigures(text) }));
  const roll = rollUp(brought, { ...wish, names });
  return {
    ...roll,
    wards: roll.wards.map(({ ward, households, groups, told, figures }) => ({
      name: ward.name,
      households,
      groups,
      told,
      figures,
    })),
    refused: [...roll.refused],
    missing: [...roll.missing],
    figures: [...roll.figures],
    workbook: Buffer.from(await cityBook(roll)).toString('base64'),
  };
}

export const cityEndpoints = (ports: ReportPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/documents/:document/figures.json',
    summary: 'The figures frozen with a report as an open file with its hash, for who sums up several wards',
    action: 'documents.read',
    params: DocumentPath,
    media: 'application/json',
    handle: (call, { params }) => figuresFile(call, ports, params.campaign, params.document),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/roll-up',
    summary:
      'Sum up the figures files of several wards: what is missing or refused is named; nothing is kept',
    action: 'reports.read-city',
    params: z.object({ ward: z.coerce.number().int() }),
    body: RollUpWish,
    limit: LIMIT,
    reply: RollUpReply,
    handle: (call, { body }) => summedUp(call, ports, body),
  }),
];
