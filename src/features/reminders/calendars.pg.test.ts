// Calendar feeds at their secret addresses, read as calendar programs read them.
import ICAL from 'ical.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#platform/api/actor.ts';
import { matchesTag } from '#features/reminders/api-calendars.server.ts';
import type { CalendarView } from '#features/reminders/schema.ts';
import { reminderTables } from '#features/reminders/tables.ts';
import { at, code, json, reminderStage } from '../../../tests/support/reminders.ts';

const { stage, clock, database, plan, mine, ask, occurrence } = await reminderStage(at('08:42'));

beforeAll(() => {
  plan.owed = [
    occurrence(stage.group, { state: 'late' }),
    occurrence(stage.group, { state: 'met' }),
    occurrence(stage.group, { dueAt: at('24:00') }),
    occurrence(stage.otherGroup, { dueAt: at('09:30') }),
    occurrence(null, {
      accountable: { unitId: stage.culture },
      what: 'duty',
      title: 'Phát thanh buổi sáng',
      to: null,
      dueAt: at('09:00'),
    }),
  ];
});

describe('calendar addresses', () => {
  const calendars = async (by: Actor) =>
    json<{ calendars: CalendarView[] }>(await ask(by, 'GET', mine('/calendars'))).calendars;
  const renew = async (by: Actor, kind: string, subjectId: string) =>
    json<{ calendars: CalendarView[] }>(await ask(by, 'POST', mine('/calendars'), { kind, subjectId }))
      .calendars;
  const fetchFeed = (url: string, headers = {}) => {
    const [, ward, , file] = new URL(url).pathname.split('/');
    return ask(null, 'GET', `/calendars/${ward}/${file}`, undefined, headers);
  };
  const summaries = (text: string) =>
    new ICAL.Component(ICAL.parse(text) as unknown[])
      .getAllSubcomponents('vevent')
      .map((event) => String(event.getFirstPropertyValue('summary')));

  it('are offered for oneself, one’s groups and units, and open without signing in', async () => {
    const { groupLeader, cultureHead } = stage.actors;
    expect((await calendars(groupLeader)).map(({ kind, url }) => [kind, url])).toEqual([
      ['person', null],
      ['group', null],
    ]);
    const [, group] = await renew(groupLeader, 'group', stage.group);
    const feed = await fetchFeed(group?.url ?? '');
    expect(feed.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(summaries(feed.text)).toEqual([
      'Báo cáo nhanh (TDP Đình Hạ 2)',
      'Báo cáo nhanh (TDP Đình Hạ 2)',
      'Báo cáo nhanh (TDP Đình Hạ 2)',
    ]);
    const unit = (await renew(cultureHead, 'unit', stage.culture)).find(({ kind }) => kind === 'unit');
    expect(summaries((await fetchFeed(unit?.url ?? '')).text)).toEqual(['Phát thanh buổi sáng']);
    const [own] = await renew(cultureHead, 'person', cultureHead.personId);
    expect(summaries((await fetchFeed(own?.url ?? '')).text)).toEqual(['Phát thanh buổi sáng']);
    for (const person of Object.values(stage.actors)) expect(feed.text).not.toContain(person.name);
  });

  it('answer 304 while nothing has changed', async () => {
    const [, group] = await calendars(stage.actors.groupLeader);
    const first = await fetchFeed(group?.url ?? '');
    const etag = first.headers.get('etag') ?? '';
    const second = await fetchFeed(group?.url ?? '', { 'if-none-match': `"x", W/${etag}` });
    expect([second.status, second.text]).toEqual([304, '']);
    plan.owed = plan.owed.map((one, n) =>
      n === 0 ? { ...one, version: 2, title: 'Báo cáo nhanh buổi sáng' } : one,
    );
    expect((await fetchFeed(group?.url ?? '', { 'if-none-match': etag })).status).toBe(200);
    expect(matchesTag('*', etag)).toBe(true);
    expect(matchesTag(null, etag)).toBe(false);
  });

  it('die at once when renewed, and only that one', async () => {
    const { groupLeader, deputy } = stage.actors;
    const [, before] = await calendars(groupLeader);
    const [, other] = await renew(deputy, 'group', stage.group);
    const [, after] = await renew(groupLeader, 'group', stage.group);
    expect(after?.url).not.toBe(before?.url);
    expect((await fetchFeed(before?.url ?? '')).status).toBe(404);
    expect((await fetchFeed(after?.url ?? '')).status).toBe(200);
    expect((await fetchFeed(other?.url ?? '')).status).toBe(200);
  });

  it('are nowhere in the database or the audit log', async () => {
    const [, group] = await calendars(stage.actors.groupLeader);
    const token = (group?.url ?? '').split('/').at(-1)?.replace('.ics', '') ?? '-';
    const { rows } = await database.ownerPool.query<{ dump: string }>(
      `select query_to_xml('select * from calendar_addresses', true, false, '')::text
         || query_to_xml('select * from audit_values', true, false, '')::text as dump`,
    );
    expect(token).toHaveLength(43);
    expect(rows[0]?.dump).not.toContain(token);
  });

  it('are not made for a place that is not one’s own, and end with the role', async () => {
    const { groupLeader, deputy } = stage.actors;
    const refused = await ask(groupLeader, 'POST', mine('/calendars'), {
      kind: 'group',
      subjectId: stage.otherGroup,
    });
    expect(code(refused)).toBe('reminders.not-your-calendar');
    const [, group] = await calendars(deputy);
    await database.asOwnerInWard(stage.ward, (trx) =>
      reminderTables(trx)
        .updateTable('grants')
        .set({ to_at: new Date(clock.at) })
        .where('ward_id', '=', stage.ward)
        .where('person_id', '=', deputy.personId)
        .execute(),
    );
    expect((await fetchFeed(group?.url ?? '')).status).toBe(404);
  });

  it('open nothing by a guess or in another ward', async () => {
    const [, group] = await calendars(stage.actors.groupLeader);
    const file = new URL(group?.url ?? 'http://x/').pathname.split('/').at(-1) ?? '';
    expect((await ask(null, 'GET', `/calendars/11600/${file}`)).status).toBe(404);
    expect((await ask(null, 'GET', `/calendars/11602/${'A'.repeat(43)}.ics`)).status).toBe(404);
    expect((await ask(null, 'GET', `/calendars/11602/x.ics`)).status).toBe(422);
  });
});
