// Doors of quick reports, the morning and the ward's sum. Papers have their own: papers/api.server.ts.
import { z } from 'zod';
import { dayOf, isoOf } from '#core/clock.ts';
import { problem } from '#core/problem.ts';
import { gathered, guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { Measure } from '#features/reports/figures.ts';
import { MEASURE_LIST } from '#features/reports/figures.ts';
import { readMessage } from '#features/reports/message/read-message.ts';
import { readMorning } from '#features/reports/morning.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';
import { dueTimeOf, owedOn, placeOf } from '#features/reports/regime.ts';
import { morningNear, quickOn, readRegime, readSettings } from '#features/reports/regime.server.ts';
import { readOwed, statedBefore } from '#features/reports/reading.server.ts';
import * as shape from '#features/reports/schema.ts';
import { sendReports, targetOf } from '#features/reports/send.server.ts';
import { ReportSettings } from '#features/reports/settings.ts';
import * as store from '#features/reports/store.server.ts';
import { unitReportEndpoints } from '#features/reports/units/api.server.ts';
import { unitsOwed } from '#features/reports/units/unit-owed.ts';
import { readWard } from '#features/reports/ward.server.ts';

const CampaignPath = z.object({ ward: z.coerce.number().int(), campaign: z.uuid() });
const OnQuery = z.object({ on: shape.DayOn.optional() });
const noCampaign = () => problem('reports.no-such-campaign', { status: 404 });

async function readPasted(call: Call, ports: ReportPorts, campaignId: string, text: string) {
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return noCampaign();
  const today = dayOf(call.now);
  const day = morningNear(regime, today) ?? today;
  const [owed] = quickOn(regime, day);
  const scope = call.scope('reports.read');
  const groups = (await store.readGroups(call.trx)).filter(
    ({ validTo }) => validTo === null || validTo > today,
  );
  const mine = groups.filter(({ id }) => scope.everything || scope.areaIds.includes(id));
  const last = new Map(
    (await store.lastReports(call.trx, campaignId, day)).map((row) => [row.area_id ?? '', row]),
  );
  const earlier = (id: string): Partial<Record<Measure, number>> => {
    const found: Partial<Record<Measure, number>> = {};
    const stated = statedBefore(id, regime, last).figures;
    for (const measure of MEASURE_LIST) {
      const total = stated[measure]?.total;
      if (total !== null && total !== undefined) found[measure] = total;
    }
    return found;
  };
  const dueTime = owed ? dueTimeOf(owed.dueAt) : '08:30';
  const reading = readMessage(text, {
    today: day,
    dueTime,
    dayStartsAt: regime.settings.window === 'day-before' ? '00:00' : dueTime,
    groups: mine.map(({ id, name, households }) => ({ id, name, households, earlier: earlier(id) })),
  });
  const leaders = await store.leadersAt(call.trx, new Date(call.now));
  return {
    text: reading.text,
    reports: reading.reports.map((report) => ({
      ...report,
      figures: [...report.figures],
      remarks: [...report.remarks],
      questions: report.questions.map((question) => ({ ...question, words: [...question.words] })),
    })),
    groups: mine.map(({ id, name }) => ({ id, name, leaderId: leaders.get(id) ?? null })),
  };
}

async function saveDraft(
  call: Call,
  ports: ReportPorts,
  campaignId: string,
  body: z.infer<typeof shape.DraftBody>,
) {
  const regime = await readRegime(call.trx, ports, campaignId);
  if (!regime) return noCampaign();
  const { plan, settings } = regime;
  const target = await targetOf(call, body, plan.campaign.leadingUnitId);
  if (!call.may('reports.send', target)) return problem('people.not-allowed', { status: 403 });
  if (
    ![...owedOn(plan, body.reportOn), ...unitsOwed(plan, settings.unitReports, body.reportOn)].some(
      (one) => one.itemId === body.itemId && placeOf(one) === (body.areaId ?? body.unitId),
    )
  )
    return problem('reports.not-owed', { status: 422 });
  const of = { itemId: body.itemId, placeId: body.areaId ?? body.unitId ?? '', reportOn: body.reportOn };
  const at = new Date(call.now);
  await store.saveDraft(call.trx, campaignId, of, body.body, { at, personId: call.actor.personId });
  return { savedAt: isoOf(call.now) };
}

async function setSettings(call: Call, campaignId: string, settings: ReportSettings) {
  const { version, settings: before } = await readSettings(call.trx, campaignId);
  const by = { at: new Date(call.now), personId: call.actor.personId };
  await store.takeTurns(call.trx, [`settings/${campaignId}`]);
  await store.insertSettings(call.trx, campaignId, version + 1, settings, by);
  await audit(call.trx, call, {
    action: 'reports.settings-changed',
    subjectKind: 'campaign',
    subjectId: campaignId,
    before,
    after: settings,
  });
  return { version: version + 1, settings };
}

const SettingsReply = z.object({ version: z.number(), settings: ReportSettings });

function quick(ports: ReportPorts): Endpoint[] {
  return [
    guarded({
      method: 'get',
      path: '/wards/:ward/campaigns/:campaign/reports/owed',
      summary: 'Reports owed on a morning within reach, filled from the records, with what was said before',
      action: 'reports.read',
      scoped: true,
      params: CampaignPath,
      query: shape.OwedQuery,
      reply: shape.OwedList,
      handle: (call, { params, query }) => readOwed(call, ports, params.campaign, query),
    }),
    gathered({
      method: 'post',
      path: '/wards/:ward/campaigns/:campaign/reports',
      summary: 'Send a report, or the next version of one; the same id again gets the stored answer',
      action: 'reports.send',
      params: CampaignPath,
      body: shape.SendReport,
      reply: shape.SentReply,
      status: 201,
      gather: (trx, asked) =>
        sendReports(
          trx,
          ports,
          asked.map(({ call, input }) => ({ call, campaignId: input.params.campaign, wish: input.body })),
        ),
    }),
    guarded({
      method: 'put',
      path: '/wards/:ward/campaigns/:campaign/reports/draft',
      summary: 'Keep a report begun and not sent',
      action: 'reports.send',
      scoped: true,
      params: CampaignPath,
      body: shape.DraftBody,
      reply: z.object({ savedAt: z.string() }),
      handle: (call, { params, body }) => saveDraft(call, ports, params.campaign, body),
    }),
    guarded({
      method: 'post',
      path: '/wards/:ward/campaigns/:campaign/reports/read-message',
      summary: 'Read a pasted message into figures, each with its words, and questions; keeps nothing',
      action: 'reports.send',
      scoped: true,
      params: CampaignPath,
      body: shape.ReadBody,
      reply: shape.ReadReply,
      handle: async (call, { params, body }) => readPasted(call, ports, params.campaign, body.text),
    }),
  ];
}

async function stateFigure(call: Call, campaignId: string, body: z.infer<typeof shape.StateFigure>) {
  await store.insertStated(call.trx, campaignId, {
    id: body.id,
    figure: body.figure,
    of_on: body.ofOn,
    value: body.value,
    source: body.source,
    stated_at: new Date(call.now),
    stated_by: call.actor.personId,
  });
  await audit(call.trx, call, {
    action: 'reports.figure-stated',
    subjectKind: 'stated-figure',
    subjectId: body.id,
    after: body,
  });
  return { id: body.id };
}

function ward(ports: ReportPorts): Endpoint[] {
  return [
    guarded({
      method: 'get',
      path: '/wards/:ward/campaigns/:campaign/reports/morning',
      summary: 'The morning board: each group now, and the picture taken at the hour reports are owed',
      action: 'reports.read-morning',
      scoped: true,
      params: CampaignPath,
      query: OnQuery,
      reply: shape.MorningReply,
      handle: (call, { params, query }) => readMorning(call, ports, params.campaign, query.on),
    }),
    guarded({
      method: 'get',
      path: '/wards/:ward/campaigns/:campaign/reports/ward',
      summary: 'The ward’s sum for a morning: figures, lines, what is missing, and a text to copy',
      action: 'reports.read-ward',
      params: CampaignPath,
      query: OnQuery,
      reply: shape.WardReply,
      handle: (call, { params, query }) => readWard(call, ports, params.campaign, query.on),
    }),
  ];
}

function settled(ports: ReportPorts): Endpoint[] {
  return [
    guarded({
      method: 'post',
      path: '/wards/:ward/campaigns/:campaign/reports/stated',
      summary: 'State a figure nobody itemises yet, with its day and source',
      action: 'reports.state-figures',
      scoped: true,
      params: CampaignPath,
      body: shape.StateFigure,
      reply: z.object({ id: z.string() }),
      status: 201,
      handle: (call, { params, body }) => stateFigure(call, params.campaign, body),
    }),
    guarded({
      method: 'get',
      path: '/wards/:ward/campaigns/:campaign/reports/settings',
      summary: 'Counting window, issuer, addressees and signer of the campaign’s reports',
      action: 'reports.read-ward',
      params: CampaignPath,
      reply: SettingsReply,
      handle: (call, { params }) => readSettings(call.trx, params.campaign),
    }),
    guarded({
      method: 'put',
      path: '/wards/:ward/campaigns/:campaign/reports/settings',
      summary: 'Settle them; what was printed before stays as it was',
      action: 'reports.change-settings',
      target: async (call, { params }) => ({
        unitId: (await ports.plan(call.trx, params.campaign))?.campaign.leadingUnitId ?? null,
      }),
      params: CampaignPath,
      body: ReportSettings,
      reply: SettingsReply,
      handle: (call, { params, body }) => setSettings(call, params.campaign, body),
    }),
  ];
}

export const reportEndpoints = (ports: ReportPorts): Endpoint[] => [
  ...quick(ports),
  ...ward(ports),
  ...unitReportEndpoints(ports),
  ...settled(ports),
];
