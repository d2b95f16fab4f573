// Doors of check visits, their minutes, and of tasks a briefing concludes with.
import { z } from 'zod';
import { problem } from '#core/problem.ts';
import { guarded, RawReply } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import * as checks from '#features/reports/checks/checks.server.ts';
import { minutesOf } from '#features/reports/checks/minutes.ts';
import type { CheckPorts } from '#features/reports/checks/ports.ts';
import * as shape from '#features/reports/checks/schema.ts';
import { docxOf } from '#features/reports/papers/docx.server.ts';
import { layoutOn } from '#features/reports/papers/layouts.ts';
import { OFFICE_MEDIA } from '#features/reports/papers/office-file.server.ts';
import { pdfOf } from '#features/reports/papers/pdf.server.ts';
import { readRegime } from '#features/reports/regime.server.ts';

const CampaignPath = z.object({ ward: z.coerce.number().int(), campaign: z.uuid() });
const CheckPath = CampaignPath.extend({ check: z.uuid() });
const PATH = '/wards/:ward/campaigns/:campaign/checks';
const Made = z.object({ id: z.string() });
const MEDIA = { docx: OFFICE_MEDIA.docx, pdf: 'application/pdf' } as const;

async function minutes(
  call: Call,
  ports: CheckPorts,
  params: z.infer<typeof CheckPath>,
  kind: keyof typeof MEDIA,
) {
  const regime = await readRegime(call.trx, ports, params.campaign);
  const { checks: all } = await checks.listChecks(call, params.campaign, null);
  const check = all.find(({ id }) => id === params.check);
  if (!regime || !check) return problem('checks.no-such-check', { status: 404 });
  const paper = minutesOf(check, regime.plan.campaign.name, regime.settings);
  const layout = layoutOn(check.checkedOn);
  const bytes = kind === 'docx' ? await docxOf(paper, layout) : await pdfOf(paper, layout);
  return new RawReply(
    new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': MEDIA[kind],
        'content-disposition': `attachment; filename="bien-ban-kiem-tra-${check.checkedOn}.${kind}"`,
        'cache-control': 'no-store',
      },
    }),
  );
}

const leading =
  (ports: CheckPorts) =>
  async (call: Call, { params }: { params: { campaign: string } }) => ({
    unitId: (await ports.plan(call.trx, params.campaign))?.campaign.leadingUnitId ?? null,
  });

function visits(ports: CheckPorts): Endpoint[] {
  const target = leading(ports);
  return [
    guarded({
      method: 'get',
      path: PATH,
      summary: 'Check visits to groups and units, newest first, with what is still to be done',
      action: 'checks.read',
      params: CampaignPath,
      reply: shape.CheckList,
      handle: async (call, { params }) =>
        checks.listChecks(call, params.campaign, (await target(call, { params })).unitId),
    }),
    guarded({
      method: 'post',
      path: PATH,
      summary: 'Record a check visit; its follow-up becomes a dated duty of the plan',
      action: 'checks.record',
      target,
      params: CampaignPath,
      body: shape.CheckWish,
      reply: Made,
      status: 201,
      handle: (call, { params, body }) => checks.recordCheck(call, ports, params.campaign, body),
    }),
    guarded({
      method: 'post',
      path: `${PATH}/:check/done`,
      summary: 'What a check asked for has been done',
      action: 'checks.record',
      target,
      params: CheckPath,
      body: shape.DoneWish,
      reply: Made,
      handle: (call, { params, body }) => checks.finishCheck(call, params.campaign, params.check, body.note),
    }),
    ...(['docx', 'pdf'] as const).map((kind) =>
      guarded({
        method: 'get',
        path: `${PATH}/:check/minutes.${kind}`,
        summary: `Minutes of the check visit as ${kind.toUpperCase()}`,
        action: 'checks.read',
        params: CheckPath,
        media: MEDIA[kind],
        handle: (call, { params }) => minutes(call, ports, params, kind),
      }),
    ),
  ];
}

const paper = (ports: CheckPorts): Endpoint =>
  guarded({
    method: 'post',
    path: `${PATH}/:check/paper`,
    summary: 'Take the minutes of a check visit into the chain of signing; once for a visit',
    action: 'documents.draft',
    target: leading(ports),
    params: CheckPath,
    reply: Made,
    status: 201,
    handle: async (call, { params }) => {
      const plan = await ports.plan(call.trx, params.campaign);
      if (!plan) return problem('reports.no-such-campaign', { status: 404 });
      return checks.draftMinutes(call, params.campaign, plan.campaign.name, params.check);
    },
  });

const tasks = (ports: CheckPorts): Endpoint =>
  guarded({
    method: 'post',
    path: '/wards/:ward/campaigns/:campaign/tasks',
    summary: 'A conclusion with its day becomes a duty of the plan’s draft',
    action: 'plan.edit',
    target: leading(ports),
    params: CampaignPath,
    body: shape.TaskWish,
    reply: Made,
    status: 201,
    handle: (call, { params, body }) => checks.addTask(call, ports, params.campaign, body),
  });

export const checkEndpoints = (ports: CheckPorts): Endpoint[] => [
  ...visits(ports),
  paper(ports),
  tasks(ports),
];
