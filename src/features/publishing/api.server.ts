// Doors of the library: writing and vouching for texts, the share kit, sheets, the ward's way of speaking.
import { problem } from '#core/problem.ts';
import * as commands from '#features/publishing/library.server.ts';
import { broadcastEndpoints } from '#features/publishing/broadcasts/api.server.ts';
import { channelEndpoints } from '#features/publishing/api-channels.server.ts';
import { chatEndpoints } from '#features/publishing/chats/api.server.ts';
import { publicEndpoints } from '#features/publishing/api-public.server.ts';
import { outletEndpoints } from '#features/publishing/outlets/api.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { addressOf, readText, readTexts, speakerOf } from '#features/publishing/reading.server.ts';
import { siteEndpoints } from '#features/publishing/sites/api.server.ts';
import * as shape from '#features/publishing/schema.ts';
import { cardSvg, sheetPdf } from '#features/publishing/sheets.server.ts';
import * as store from '#features/publishing/store.server.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';

const notFound = () => problem('publishing.no-such-text', { status: 404 });

const texts: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/texts',
    summary: 'The library: every text with its state, newest change first',
    action: 'publishing.read',
    params: shape.WardPath,
    query: shape.TextsQuery,
    reply: shape.TextsReply,
    handle: async (call, { query }) => ({
      texts: await readTexts(call, query),
      may: { write: call.may('publishing.write'), settings: call.may('publishing.settings') },
    }),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/texts',
    summary: 'Write a text: a draft until somebody else has checked it',
    action: 'publishing.write',
    params: shape.WardPath,
    body: shape.TextWish,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { body }) => commands.writeText(call, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/texts/starter',
    summary: 'Take over what the starter library has and the ward has not, as drafts',
    action: 'publishing.write',
    params: shape.WardPath,
    reply: shape.StarterReply,
    handle: (call) => commands.takeStarter(call),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/texts/:text',
    summary: 'One text: versions, who vouched, citations that ran out, the kit',
    action: 'publishing.read',
    params: shape.TextPath,
    reply: shape.TextReply,
    handle: async (call, { params }) => (await readText(call, params.text)) ?? notFound(),
  }),
  guarded({
    method: 'put',
    path: '/wards/:ward/texts/:text',
    summary: 'Revise a text: a draft is written over, anything further becomes the next version',
    action: 'publishing.write',
    params: shape.TextPath,
    body: shape.TextWish,
    reply: shape.IdReply,
    handle: (call, { params, body }) => commands.reviseText(call, params.text, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/texts/:text/check',
    summary: 'Vouch for the words of a draft somebody else wrote',
    action: 'publishing.check',
    params: shape.TextPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.takeStep(call, params.text, 'check'),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/texts/:text/approve',
    summary: 'Let a checked text go out',
    action: 'publishing.approve',
    params: shape.TextPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.takeStep(call, params.text, 'approve'),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/texts/:text/withdraw',
    summary: 'Withdraw a text from the public, with a reason that stays readable',
    action: 'publishing.approve',
    params: shape.TextPath,
    body: shape.WithdrawBody,
    reply: shape.IdReply,
    handle: (call, { params, body }) => commands.withdrawText(call, params.text, body.reason),
  }),
];

async function latestBody(call: Call, textId: string) {
  const head = await store.findHead(call.trx, { id: textId });
  const last = (await store.listVersions(call.trx, [textId])).at(-1);
  if (!head || !last) return null;
  const code = await store.wardCode(call.trx);
  const url = code === null ? null : addressOf({ origin: call.runtime.origin, code }, head.slug);
  return { body: last.body, slug: head.slug, speaker: speakerOf(await store.readSettings(call.trx), url) };
}

const kit: Endpoint[] = [
  guarded({
    method: 'put',
    path: '/wards/:ward/texts/:text/pieces',
    summary: 'Edit one piece of the kit; no words: back to what the kit proposes',
    action: 'publishing.write',
    params: shape.TextPath,
    body: shape.PieceBody,
    reply: shape.Done,
    handle: (call, { params, body }) => commands.editPiece(call, params.text, body.form, body.body),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/texts/:text/sheet.pdf',
    summary: 'Poster (A4, A3) or leaflet, in one of three designs',
    action: 'publishing.read',
    params: shape.TextPath,
    query: shape.SheetQuery,
    media: 'application/pdf',
    handle: async (call, { params, query }) => {
      const found = await latestBody(call, params.text);
      if (!found) return notFound();
      const pdf = await sheetPdf(found.body, found.speaker, query);
      return new RawReply(
        new Response(new Uint8Array(pdf), {
          headers: {
            'content-type': 'application/pdf',
            'content-disposition': `inline; filename="${found.slug}-${query.size}.pdf"`,
            'cache-control': 'no-store',
          },
        }),
      );
    },
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/texts/:text/card.svg',
    summary: 'Picture card, 1080 × 1080',
    action: 'publishing.read',
    params: shape.TextPath,
    query: shape.SheetQuery,
    media: 'image/svg+xml',
    handle: async (call, { params, query }) => {
      const found = await latestBody(call, params.text);
      if (!found) return notFound();
      return new RawReply(
        new Response(await cardSvg(found.body, found.speaker, query), {
          headers: {
            'content-type': 'image/svg+xml',
            'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
            'cache-control': 'no-store',
          },
        }),
      );
    },
  }),
];

const settings: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/publishing-settings',
    summary: 'How the ward speaks: name, duty desk, pace at the loudspeaker, words as spoken',
    action: 'publishing.read',
    params: shape.WardPath,
    reply: shape.SettingsReply,
    handle: async (call) => ({
      ...(await store.readSettings(call.trx)),
      mayEdit: call.may('publishing.settings'),
    }),
  }),
  guarded({
    method: 'put',
    path: '/wards/:ward/publishing-settings',
    summary: 'Change how the ward speaks',
    action: 'publishing.settings',
    params: shape.WardPath,
    body: shape.SettingsBody,
    reply: shape.Done,
    handle: (call, { body }) => commands.changeSettings(call, body),
  }),
];

export const publishingEndpoints = (ports: PublishingPorts): readonly Endpoint[] => [
  ...texts,
  ...kit,
  ...settings,
  ...channelEndpoints(ports),
  ...outletEndpoints(ports),
  ...chatEndpoints(ports),
  ...broadcastEndpoints(ports),
  ...siteEndpoints(ports),
  ...publicEndpoints,
];
