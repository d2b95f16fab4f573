/** The reading as a person reads it in a terminal. */
import type { Cadence, DayRange, Reading } from './reading.ts';

const PER: Record<string, string> = {
  day: 'ngày',
  week: 'tuần',
  fortnight: 'hai tuần',
  month: 'tháng',
  quarter: 'quý',
  'half-year': '6 tháng',
  year: 'năm',
  campaign: 'đợt',
};
const rhythm = (cadence: Cadence | null): string =>
  cadence ? `${cadence.count}${cadence.per ? `/${PER[cadence.per] ?? cadence.per}` : ''}` : '';
const days = (range: DayRange | null): string => (range ? `${range.from ?? '…'} → ${range.to ?? '…'}` : '');
const line = (...parts: (string | null)[]): string =>
  `  - ${parts.filter((part) => part !== null && part !== '').join(' · ')}`;

export function printReading(reading: Reading): string {
  const words = (quote: { start: number; end: number }): string => {
    const text = reading.source.slice(quote.start, quote.end).normalize('NFC').replace(/\s+/g, ' ');
    return text.length > 110 ? `“${text.slice(0, 107)}…”` : `“${text}”`;
  };
  const lines = [
    reading.title,
    [reading.issuer, reading.number, reading.issuedOn].filter((part) => part !== null).join(' · '),
  ];
  if (reading.period) lines.push(`Thời gian: ${reading.period.from} → ${reading.period.to}`);
  if (reading.slogan) lines.push(`Khẩu hiệu: ${reading.slogan.name}`);
  lines.push('', `Chỉ tiêu (${reading.targets.length})`);
  for (const target of reading.targets)
    lines.push(
      line(
        `${target.comparator} ${target.value}${target.unit === 'percent' ? '%' : ` ${target.unit}`}${target.per ? `/${PER[target.per] ?? ''}` : ''}`,
        target.by,
        words(target.quote),
      ),
    );
  lines.push('', `Nhiệm vụ (${reading.duties.length})`);
  for (const duty of reading.duties)
    lines.push(
      line(
        duty.proposal ? `Đề nghị ${duty.actor}` : duty.actor,
        rhythm(duty.cadence),
        days(duty.between),
        duty.by ? `hạn ${duty.by}` : null,
        words(duty.quote),
      ),
    );
  lines.push('', `Báo cáo (${reading.reports.length})`);
  for (const report of reading.reports)
    lines.push(
      line(
        report.from,
        report.to ? `→ ${report.to}` : null,
        rhythm(report.cadence),
        days(report.between),
        report.before
          ? `trước ${[report.before.time, report.before.date].filter((part) => part !== null).join(' ')}`
          : null,
        words(report.quote),
      ),
    );
  if (reading.unread.length > 0)
    lines.push(
      '',
      `Chưa hiểu (${reading.unread.length})`,
      ...reading.unread.map((one) => line(one.why, words(one.quote))),
    );
  if (reading.questions.length > 0) lines.push('', `Cần hỏi: ${reading.questions.length}`);
  return lines.join('\n');
}
