import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { instantOf } from '#core/clock.ts';
import { calendarText, type FeedWish } from '#features/reminders/calendar-feed.ts';
import type { CampaignOccurrence } from '#features/reminders/responsible.ts';

const AREA = '0198a1c2-0000-7000-8000-000000000007';
const report: CampaignOccurrence = {
  key: `0198a1c2-0000-7000-8000-000000000001/${AREA}/2025-08-05`,
  campaignId: 'c',
  itemId: '0198a1c2-0000-7000-8000-000000000001',
  what: 'report',
  title: 'Báo cáo nhanh; gửi Công an phường, trước giờ quy định \\ đúng mẫu',
  to: 'Công an phường',
  areaId: AREA,
  accountable: 'groups',
  leadingUnitId: null,
  proposal: false,
  state: 'due',
  opensAt: instantOf('2025-08-05'),
  dueAt: instantOf('2025-08-05', '08:30'),
  version: 2,
  revisedAt: instantOf('2025-08-01', '10:00'),
};
const daily: CampaignOccurrence = {
  ...report,
  key: `0198a1c2-0000-7000-8000-000000000002/ward/2025-08-05`,
  title: 'Phát thanh ' + 'rất dài '.repeat(20),
  areaId: null,
  dueAt: instantOf('2025-08-05', '24:00'),
};
const endless: CampaignOccurrence = { ...report, key: 'x/ward/2025-08-05', dueAt: null };

const wish: FeedWish = {
  name: 'Lịch nhiệm vụ TDP 7',
  language: 'VI',
  placeOf: (id) => (id === AREA ? 'TDP 7' : undefined),
  pageOf: ({ itemId }) => `https://ward.example/nhiem-vu/${itemId}`,
  domain: 'tungnha.11602',
};
const text = calendarText([daily, report, endless], wish);
const parsed = new ICAL.Component(ICAL.parse(text) as unknown[]);
const events = parsed.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event));

describe('a calendar feed', () => {
  it('passes a strict parser and has what RFC 5545 asks of every entry', () => {
    expect(parsed.getFirstPropertyValue('version')).toBe('2.0');
    expect(String(parsed.getFirstPropertyValue('prodid'))).not.toBe('');
    expect(events).toHaveLength(2);
    for (const event of parsed.getAllSubcomponents('vevent')) {
      for (const name of ['uid', 'dtstamp', 'dtstart', 'summary', 'sequence'])
        expect(event.getAllProperties(name), name).toHaveLength(1);
    }
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(2);
  });

  it('ends lines as the standard says and folds them at 75 bytes', () => {
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  it('puts a deadline at its time in UTC and one at midnight on its whole day', () => {
    const [timed, whole] = events;
    expect(timed?.endDate.toJSDate().toISOString()).toBe('2025-08-05T01:30:00.000Z');
    expect(text).toContain('DTEND:20250805T013000Z');
    expect(whole?.startDate.isDate).toBe(true);
    expect(whole?.startDate.toString()).toBe('2025-08-05');
    expect(whole?.endDate.toString()).toBe('2025-08-06');
  });

  it('keeps the plan’s words whatever letters they hold', () => {
    expect(events[0]?.summary).toBe(`${report.title} (TDP 7)`);
    expect(events[1]?.summary).toBe(daily.title);
  });

  it('says which revision of the plan an entry comes from, under an id that stays', () => {
    expect(events[0]?.sequence).toBe(2);
    expect(events[0]?.component.getFirstPropertyValue('dtstamp')?.toString()).toBe('2025-08-01T03:00:00Z');
    expect(events[0]?.uid).toBe(`${report.key.replaceAll('/', '.')}@tungnha.11602`);
    const moved = calendarText([{ ...report, version: 3, dueAt: instantOf('2025-08-05', '09:00') }], wish);
    expect(moved).toContain(events[0]?.uid.slice(0, 40) ?? '-');
  });

  it('is the same to the byte for the same duties, in whatever order', () => {
    expect(calendarText([endless, report, daily], wish)).toBe(text);
  });
});
