// What an urgent thing is called, why it was chosen, where it opens, and what to do about it.
import { m } from '#messages/messages.js';
import type { DashboardReply, UrgentView } from '#features/dashboards/schema.ts';
import { asTitle } from '#features/dashboards/ui/duty-names.ts';
import { lineName, lineUnit, owedHref } from '#features/dashboards/ui/words.ts';
import { SILENT_DAYS } from '#features/dashboards/urgent.ts';
import { formatCount, formatDateTime, formatLeft, formatPercent, formatTime } from '#ui/format.ts';
import type { Language } from '#ui/format.ts';
import type { IconName } from '#ui/icons.ts';

export interface UrgentWords {
  readonly title: string;
  readonly about: string;
  readonly why: string;
  readonly rows: string;
  readonly act: { readonly href: string; readonly label: string; readonly icon: IconName };
}

const GROUPS_NAMED = 6;
const call = () => ({ href: '/nhac-viec', label: m.dashboards_act_call(), icon: 'phone' }) as const;

function unitName(page: DashboardReply, id: string | null): string {
  if (id === 'groups') return m.dashboards_groups_row();
  return page.units.find((unit) => unit.id === id)?.shortName ?? m.dashboards_nobody_row();
}

function groupNames(page: DashboardReply, ids: readonly string[]): string {
  const names = ids
    .slice(0, GROUPS_NAMED)
    .map((id) => page.groups.find((group) => group.id === id)?.shortName ?? '')
    .join(', ');
  const more = ids.length - GROUPS_NAMED;
  return more > 0 ? m.dashboards_why_behind_more({ names, more }) : names;
}

function closing(page: DashboardReply, one: UrgentView, about: string, locale: Language): UrgentWords {
  const dueAt = one.dueAt ?? page.now;
  const left = formatLeft(Date.parse(dueAt) - Date.parse(page.now), locale);
  const households = formatCount(one.households, locale);
  return {
    title:
      one.areaIds.length > 0
        ? m.dashboards_closing_groups({ count: one.areaIds.length, left })
        : m.dashboards_closing_unit({ unit: unitName(page, one.accountable), left }),
    about,
    why: m.dashboards_closing_why({ time: formatTime(dueAt), count: one.count, households }),
    rows: owedHref({ item: one.itemId ?? '', from: page.today, to: dueAt.slice(0, 10), state: 'due' }),
    act: call(),
  };
}

function overdue(page: DashboardReply, one: UrgentView, about: string, locale: Language): UrgentWords {
  return {
    title:
      one.count === 1
        ? m.dashboards_overdue_one({ unit: unitName(page, one.accountable) })
        : m.dashboards_overdue_many({ count: one.count }),
    about,
    why: m.dashboards_overdue_why({
      date: formatDateTime(one.dueAt ?? page.now, locale),
      count: one.count,
    }),
    rows: owedHref({ item: one.itemId ?? '', state: 'late' }),
    act: call(),
  };
}

function short(page: DashboardReply, one: UrgentView, locale: Language): UrgentWords {
  const line = page.lines.find(({ itemId }) => itemId === one.line);
  const n = formatCount(one.shortBy, locale);
  return {
    title: m.dashboards_short_title({
      line: line ? lineName(line) : '',
      n: `${n} ${line ? lineUnit(line) : ''}`.trim(),
    }),
    about: groupNames(
      page,
      (line?.behind ?? []).map(({ areaId }) => areaId),
    ),
    why: m.dashboards_short_why({ share: formatPercent(one.shortBy / (line?.goal ?? 1), locale) }),
    rows: `/tong-quan/minh-chung?muc=${one.line ?? ''}`,
    act: { href: '/tong-quan/to-dan-pho', label: m.dashboards_act_groups(), icon: 'chart' },
  };
}

export function urgentWords(page: DashboardReply, one: UrgentView, locale: Language): UrgentWords {
  const item = page.items.find(({ id }) => id === one.itemId);
  const about = [asTitle(item?.title ?? ''), groupNames(page, one.areaIds)].filter(Boolean).join(' · ');
  const plan = `/ke-hoach/${page.campaign.id}`;
  switch (one.kind) {
    case 'closing':
      return closing(page, one, about, locale);
    case 'overdue':
      return overdue(page, one, about, locale);
    case 'short':
      return short(page, one, locale);
    case 'silent':
      return {
        title: m.dashboards_silent_title({ count: one.count, days: SILENT_DAYS }),
        about,
        why: m.dashboards_silent_why({ households: formatCount(one.households, locale) }),
        rows: '/tong-quan/to-dan-pho',
        act: call(),
      };
    case 'unnamed':
      return {
        title: m.dashboards_unnamed_title({ count: one.count }),
        about,
        why: m.dashboards_unnamed_why(),
        rows: plan,
        act: { href: plan, label: m.dashboards_act_plan(), icon: 'document' },
      };
  }
}
