// Doors of a pledge opened: what was signed, its photos, and both as a paper.
import { sql } from 'kysely';
import { isProblem } from '#core/problem.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { OriginalReply, PhotoPath } from '#features/pledges/original-schema.ts';
import * as original from '#features/pledges/original.server.ts';
import { CopyPath } from '#features/pledges/papers-schema.ts';

/** Whose group it is decides; a pledge that is not there is nobody's. */
const onPledge = async (call: Call, { params }: { params: { pledge: string } }) => {
  const { rows } = await sql<{ group_id: string }>`select group_id from pledges
    where ward_id = ${call.trx.wardId} and id = ${params.pledge}`.execute(call.trx);
  return { areaPath: rows.map(({ group_id }) => group_id) };
};

export const originalEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/pledges/:pledge',
    summary: 'A pledge as it was signed: text, signature, photos, who recorded it, where the paper is',
    action: 'papers.read',
    params: CopyPath,
    target: onPledge,
    reply: OriginalReply,
    handle: (call, { params }) => original.readOriginal(call, params.pledge),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/pledges/:pledge/photos/:sha256',
    summary: 'A photo kept with a pledge',
    action: 'papers.read',
    params: PhotoPath,
    target: onPledge,
    media: 'image/jpeg',
    handle: (call, { params }) => original.readPhoto(call, params.pledge, params.sha256),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/pledges/:pledge/original.pdf',
    summary: 'The pledge with its signature and the way of its paper, to be printed',
    action: 'papers.read',
    params: CopyPath,
    target: onPledge,
    media: 'application/pdf',
    async handle(call, { params }) {
      const made = await original.originalPdf(call, params.pledge);
      if (isProblem(made)) return made;
      return new RawReply(
        new Response(new Uint8Array(made), {
          headers: {
            'content-type': 'application/pdf',
            'content-disposition': 'inline; filename="ban-cam-ket-goc.pdf"',
            'cache-control': 'no-store',
          },
        }),
      );
    },
  }),
];
