// When what a directive obliges to falls due, in one line.
import { m } from '#messages/messages.js';
import { getLocale } from '#messages/runtime.js';
import type { OwedBody } from '#features/directives/model.ts';
import { formatCount, formatDateYear } from '#ui/format.ts';

type Per = NonNullable<OwedBody['cadence']>['per'];

const PER: Readonly<Record<Per, () => string>> = {
  day: () => m.plan_per_day(),
  week: () => m.plan_per_week(),
  fortnight: () => m.plan_per_fortnight(),
  month: () => m.plan_per_month(),
  quarter: () => m.plan_per_quarter(),
  'half-year': () => m.plan_per_half_year(),
  year: () => m.plan_per_year(),
  campaign: () => m.plan_per_campaign(),
};

export function dueWords(body: OwedBody): string {
  const language = getLocale();
  const kind = body.kind === 'report' ? m.directives_kind_report() : m.directives_kind_duty();
  const parts: string[] = [];
  if (body.cadence)
    parts.push(
      m.directives_due_cadence({
        count: formatCount(body.cadence.count, language),
        per: PER[body.cadence.per](),
      }),
    );
  if (body.by) {
    const day = formatDateYear(body.by.on, language);
    const strict = body.choices.lastDay === 'excluded';
    parts.push(strict ? m.directives_due_before({ day }) : m.directives_due_by({ day }));
  }
  const time = body.by?.time ?? body.time;
  if (time !== null) parts.push(m.directives_due_time({ time }));
  if (body.between?.from && body.between.to)
    parts.push(
      m.directives_due_between({
        from: formatDateYear(body.between.from, language),
        to: formatDateYear(body.between.to, language),
      }),
    );
  return parts.length === 0 ? kind : `${kind}: ${parts.join(', ')}`;
}
