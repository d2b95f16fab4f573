// The only list of menu entries. An entry is shown to whoever may do its action somewhere; the order here is the order
// of the menu, and the first four of the office lie under the thumb on a phone. A feature adds its line with its page.
import { m } from '#messages/messages.js';
import type { Actor } from '#platform/api/actor.ts';
import { mayAnywhere } from '#platform/api/permission.ts';
import { FIELD_MENU } from '#registry/field-menu.ts';
import { permissions } from '#registry/permissions.ts';
import type { NavGroup, NavItem } from '#ui/nav.ts';

interface Entry {
  readonly label: () => string;
  /** One word for the bar under the thumb. */
  readonly short?: () => string;
  readonly href: string;
  readonly icon: NavItem['icon'];
  /** A row of the permission table. */
  readonly action: string;
}

interface Heading {
  readonly label?: () => string;
  readonly entries: readonly Entry[];
}

export const officeNavigation: readonly Heading[] = [
  {
    entries: [
      {
        label: m.dashboards_title,
        short: m.dashboards_nav_short,
        href: '/tong-quan',
        icon: 'chart',
        action: 'dashboards.read',
      },
      {
        label: m.dashboards_unit_title,
        short: m.dashboards_unit_nav_short,
        href: '/viec-don-vi',
        icon: 'building',
        action: 'dashboards.read-unit',
      },
      {
        label: m.dashboards_my_title,
        short: m.dashboards_my_nav_short,
        href: '/viec-cua-toi',
        icon: 'user',
        action: 'evidence.read',
      },
      {
        label: m.campaign_title,
        short: m.campaign_nav_short,
        href: '/chien-dich',
        icon: 'flag',
        action: 'campaign.read',
      },
      { label: m.calendar_today_title, href: '/hom-nay', icon: 'list', action: 'campaign.read-summaries' },
      { label: m.calendar_title, href: '/lich', icon: 'calendar', action: 'campaign.read-summaries' },
      { label: m.plan_nav, href: '/ke-hoach', icon: 'document', action: 'plan.edit' },
      { label: m.directives_title, href: '/chi-dao', icon: 'inbox', action: 'directives.read' },
      { label: m.checks_title, href: '/kiem-tra', icon: 'search', action: 'checks.read' },
      { label: m.closing_nav, href: '/ket-thuc', icon: 'done', action: 'closing.read' },
    ],
  },
  {
    entries: [
      {
        label: m.reports_nav_morning,
        href: '/bao-cao-sang',
        icon: 'clock',
        action: 'reports.read-morning',
      },
      { label: m.reports_nav_papers, href: '/van-ban', icon: 'document', action: 'documents.read' },
      { label: m.roll_up_nav, href: '/nhieu-phuong', icon: 'map', action: 'reports.read-city' },
      {
        label: m.reminders_board_title,
        href: '/nhac-viec',
        icon: 'megaphone',
        action: 'reminders.read-board',
      },
      { label: m.publishing_channels, href: '/kenh', icon: 'chart', action: 'publishing.read-channels' },
      { label: m.publishing_nav, href: '/noi-dung', icon: 'chat', action: 'publishing.read' },
    ],
  },
  {
    label: m.households_nav,
    entries: [
      { label: m.households_coverage, href: '/bao-phu', icon: 'door', action: 'coverage.read' },
      { label: m.households_paper, href: '/nhap-phieu', icon: 'pen', action: 'households.change' },
      { label: m.visits_rounds, href: '/lich-den-nha', icon: 'calendar', action: 'households.read' },
      { label: m.pledges_papers, href: '/giay-cam-ket', icon: 'print', action: 'papers.read' },
      { label: m.households_title, href: '/ho-dan', icon: 'home', action: 'households.read' },
    ],
  },
  {
    label: m.areas_nav_ward,
    entries: [
      { label: m.areas_title, href: '/to-dan-pho', icon: 'map', action: 'areas.read' },
      { label: m.assignment_title, href: '/phan-cong', icon: 'target', action: 'assignment.read' },
      {
        label: m.assignment_ready_title,
        href: '/san-sang',
        icon: 'done',
        action: 'assignment.read-readiness',
      },
      { label: m.people_nav_people, href: '/nguoi', icon: 'users', action: 'people.read' },
      { label: m.people_nav_units, href: '/don-vi', icon: 'building', action: 'people.read-units' },
      { label: m.people_nav_cards, href: '/the-dang-nhap', icon: 'print', action: 'people.issue-cards' },
      { label: m.people_nav_devices, href: '/thiet-bi', icon: 'phone', action: 'people.read-devices' },
    ],
  },
  { entries: [{ label: m.care_nav, href: '/tinh-trang', icon: 'shield', action: 'care.read' }] },
];

/** At most four: they lie under one thumb. The offline app shows the same list (field-menu.ts). */
export const fieldNavigation: readonly Entry[] = FIELD_MENU;

const shown = (entries: readonly Entry[], actor: Actor): NavItem[] =>
  entries
    .filter((entry) => mayAnywhere(permissions, actor, entry.action))
    .map(({ label, short, href, icon }) => ({ label: label(), short: short?.(), href, icon }));

export const officeMenu = (actor: Actor): NavGroup[] =>
  officeNavigation
    .map(({ label, entries }) => ({ label: label?.(), items: shown(entries, actor) }))
    .filter(({ items }) => items.length > 0);

export const fieldMenu = (actor: Actor): NavItem[] => shown(fieldNavigation, actor).slice(0, 4);

/**
 * Where somebody lands after signing in: who leads the ward or the campaign sees the ward, who heads a unit sees the
 * unit, everybody else their own duties.
 * @param leadingUnitId of the running campaign
 */
export function homeOf(actor: Actor, leadingUnitId: string | null = null): string {
  if (actor.via === 'field') return '/field';
  const { grants } = actor;
  const reaches = (action: string) => mayAnywhere(permissions, actor, action);
  const oversees = grants.some(({ role }) => ['leader', 'administrator', 'auditor'].includes(role));
  const heads = grants.filter(({ role }) => role === 'unit-head');
  if (oversees || heads.some(({ unitId }) => unitId !== null && unitId === leadingUnitId))
    return '/tong-quan';
  if (heads.length > 0) return '/viec-don-vi';
  if (reaches('dashboards.read')) return '/viec-cua-toi';
  return officeMenu(actor)[0]?.items[0]?.href ?? '/tai-khoan';
}
