// A place where something hangs: hung it is evidence of the duties that ask, looked at it says when to look again; and
// of a print never more is given out than there is.
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { SiteReply, SitesReply, StockReply } from '#features/publishing/sites/schema.ts';
import { PLAN, readingOf } from '../../../../tests/support/readings.ts';
import { ask, itemThat, planStage } from '../../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
let duty: string;
let channel: string;
let site: string;
const SENTENCE =
  'Công an phường treo áp phích tuyên truyền tại nhà văn hóa tổ dân phố, ít nhất 01 lần trong đợt cao điểm.';

const at = (text: string) => Date.parse(`${text}+07:00`);
const member = () => on.stage.actors.policeMember;
const sites = async (by = member()) => (await ask(by, 'GET', '/sites')).body as SitesReply;
const one = async () => (await ask(member(), 'GET', `/sites/${site}`)).body as SiteReply;

/** The plan of the other tests, and a duty to hang posters. */
async function runPlan(): Promise<void> {
  const reading = readingOf(PLAN.replace('\n7. Các', `\n7. ${SENTENCE}\n8. Các`));
  const start = reading.source.indexOf(SENTENCE);
  const [first] = reading.duties;
  if (!first) throw new Error('a plan without duties');
  const hanging: typeof first = {
    ...first,
    ...{ id: 'duty-9', activity: 'display', channel: 'poster', channels: ['poster'], scope: 'ward' },
    ...{ cadence: { count: 1, per: 'campaign' }, quote: { start, end: start + SENTENCE.length } },
  };
  campaign = await on.newCampaign();
  await on.bring(campaign, { ...reading, duties: [...reading.duties, hanging] });
  await on.settle(campaign);
  for (const step of ['/plan/draft/confirm', '/activate'])
    expect((await ask(on.head, 'POST', `/campaigns/${campaign}${step}`, {})).status).toBe(200);
  duty = itemThat(await on.planOf(campaign), 'treo áp phích').id;
}

beforeAll(async () => {
  on = await planStage();
  on.clock.at = at('2025-08-05T07:50:00');
  await runPlan();
  const opened = await ask(on.head, 'POST', '/channels', {
    ...{ kind: 'poster', name: 'Áp phích Công an', unitId: on.stage.police, areaId: null, address: null },
  });
  channel = opened.body.id;
  const made = await ask(member(), 'POST', `/channels/${channel}/sites`, {
    ...{ kind: 'cultural-house', name: 'Nhà văn hóa Đình Hạ', address: 'Ngõ 12', checkDays: 7 },
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  site = made.body.id;
});

describe('a site', () => {
  it('is empty until something hangs there; hung twice by one id it is one post and meets the duty', async () => {
    expect((await sites()).sites[0]).toMatchObject({ state: 'empty', nextCheckOn: null, hanging: [] });
    const id = newId();
    const hang = (by = member()) =>
      ask(by, 'POST', `/sites/${site}/hangings`, {
        ...{ id, textId: null, what: 'Áp phích 5 không, 2 phải', copies: 2, picture: null },
        hungAt: '2025-08-05T07:30:00+07:00',
      });
    expect((await hang(on.stage.actors.cultureMember)).status).toBe(403);
    const hung = await hang();
    expect(hung.status, JSON.stringify(hung.body)).toBe(201);
    expect(hung.body.itemIds).toEqual([duty]);
    expect((await hang()).status).toBe(201);
    const state = await ask(
      on.head,
      'GET',
      `/campaigns/${campaign}/calendar?item=${duty}&from=2025-08-05&to=2025-08-05`,
    );
    expect(state.body.occurrences[0]).toMatchObject({ state: 'met', done: 1, evidence: [id] });
    const { hanging, nextCheckOn, ...shown } = (await one()).site;
    expect(shown).toMatchObject({ state: 'fine' });
    expect(nextCheckOn).toBe('2025-08-12');
    expect(hanging).toHaveLength(1);
    expect(hanging[0]).toMatchObject({ copies: 2, hungOn: '2025-08-05' });
  });

  it('asks to be looked at when its days are over, and to be mended when it was found damaged', async () => {
    on.clock.at = at('2025-08-12T08:00:00');
    expect((await sites()).sites[0]?.state).toBe('check-due');
    const look = (condition: string) =>
      ask(member(), 'POST', `/sites/${site}/checks`, { id: newId(), condition, picture: null, note: null });
    expect((await look('worn')).status).toBe(201);
    expect((await one()).site).toMatchObject({ state: 'fine', nextCheckOn: '2025-08-19' });
    on.clock.at = at('2025-08-13T08:00:00');
    await look('damaged');
    expect((await one()).site.state).toBe('to-mend');
    // A picture that was never brought is nobody's proof.
    const none = await ask(member(), 'POST', `/sites/${site}/checks`, {
      ...{ id: newId(), condition: 'good', picture: '0'.repeat(64), note: null },
    });
    expect(none.status).toBe(422);
    const [hanging] = (await one()).site.hanging;
    expect((await ask(member(), 'POST', `/hangings/${hanging?.id ?? ''}/take-down`)).status).toBe(200);
    expect(await one()).toMatchObject({ site: { state: 'empty' }, past: [{ downOn: '2025-08-13' }] });
    expect((await one()).checks.map(({ condition }) => condition)).toEqual(['damaged', 'worn']);
  });
});

describe('printed matter', () => {
  it('is given out until none is left, also when two give at once', async () => {
    const run = await ask(member(), 'POST', '/print-runs', {
      ...{ kind: 'leaflet', what: 'Tờ rơi 5 không', printed: 100, printedOn: '2025-08-01' },
    });
    const give = (copies: number, id = newId()) =>
      ask(member(), 'POST', `/print-runs/${run.body.id}/handouts`, {
        ...{ id, areaId: on.stage.group, copies, note: null },
      });
    const id = newId();
    expect((await give(30, id)).status).toBe(201);
    expect((await give(30, id)).status).toBe(201);
    const both = await Promise.all([give(40), give(40)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const stock = (await ask(member(), 'GET', '/print-runs')).body as StockReply;
    expect(stock.runs[0]).toMatchObject({ printed: 100, given: 70, left: 30 });
    // Counted again from the rows.
    const { rows } = await on.runtime.database.inWard(on.stage.ward, (trx) =>
      sql<{
        n: number;
      }>`select sum(copies)::int as n from print_handouts where ward_id = ${trx.wardId}`.execute(trx),
    );
    expect(rows[0]?.n).toBe(70);
  });

  it('names doors to whoever may read the group’s households, and to nobody else', async () => {
    const path = `/areas/${on.stage.group}/leaflets`;
    expect((await ask(on.stage.actors.groupLeader, 'GET', path)).status).toBe(200);
    expect((await ask(on.stage.actors.otherGroupLeader, 'GET', path)).status).toBe(403);
  });
});
