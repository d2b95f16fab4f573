/** Invented content for the design page. It is data, not the product's words, so it stands here and in one language. */
import type { HeatCell, HeatRow } from '#ui/heat.ts';
import type { NavGroup, NavItem } from '#ui/nav.ts';
import type { StateName } from '#ui/states.ts';
import type { Column } from '#ui/tables.ts';

/** 05/8/2025 07:50 in Vietnam. */
export const NOW = Date.parse('2025-08-05T07:50:00+07:00');

export interface SampleGroup {
  id: string;
  name: string;
  leader: string;
  households: number;
  reached: number;
  state: StateName;
  detail?: string;
}

const NAMES = [
  ['Đình Hạ 1', 'Nguyễn Thị Ngọc Ưng', 'report-on-time'],
  ['Đình Hạ 2', 'Phạm Văn Thưởng', 'report-not-sent'],
  ['Lưu Ấp Đông', 'Đào Thị Lành', 'report-late'],
  ['Nguyễn Bỉnh Khiêm kéo dài, khu tập thể cũ', 'Vũ Đức Thịnh', 'report-drafted'],
  ['Quỳnh Lưu', 'Trần Thị Mỹ', 'report-no-figures'],
  ['Ỷ La', 'Bùi Quang Kỷ', 'report-missing'],
  ['Xóm Ỗ', 'Lê Thị Hường', 'report-excused'],
  ['Phú Hải', 'Hoàng Văn Nghĩa', 'report-on-time-by-hand'],
] as const satisfies readonly (readonly [string, string, StateName])[];

export const GROUPS: readonly SampleGroup[] = NAMES.map(([name, leader, state], index) => ({
  id: `g${index + 1}`,
  name: `TDP ${name}`,
  leader,
  households: 176 + index * 37,
  reached: [176, 128, 60, 201, 0, 12, 0, 390][index] ?? 0,
  state,
  ...(state === 'report-late' ? { detail: '11 phút' } : {}),
}));

export const COLUMNS: readonly Column<SampleGroup>[] = [
  { key: 'name', label: 'Tổ dân phố', text: (group) => group.name, sortable: true },
  { key: 'leader', label: 'Tổ trưởng', text: (group) => group.leader, sortable: true },
  { key: 'households', label: 'Số hộ', text: (group) => group.households, align: 'end', sortable: true },
  { key: 'reached', label: 'Đã gặp', text: (group) => group.reached, align: 'end', sortable: true },
  { key: 'state', label: 'Báo cáo sáng nay', drawn: true },
];

export const DAYS = ['02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13'].map(
  (day, index) => ({
    key: day,
    label: `${day}/8`,
    current: index === 3,
  }),
);

const PATTERN: readonly StateName[][] = [
  ['met', 'met', 'met', 'due'],
  ['met', 'late', 'met', 'due'],
  ['missed', 'met', 'missed', 'due'],
  ['met', 'met', 'excused', 'met'],
  ['no-information', 'no-information', 'missed', 'due'],
  ['met', 'met', 'met', 'met'],
];

export const HEAT_STATES: readonly HeatRow[] = PATTERN.map((states, row) => ({
  key: `u${row}`,
  label: GROUPS[row]?.name ?? '',
  href: '/design?frame=office',
  cells: Object.fromEntries(
    DAYS.map((day, index): [string, HeatCell] => [
      day.key,
      {
        state: states[index] ?? 'upcoming',
        href: '/design',
        ...(states[index] === 'late' ? { detail: '11 phút' } : {}),
      },
    ]),
  ),
}));

export const HEAT_SHARES: readonly HeatRow[] = [0.3, 0.75, 1, 0.02].map((top, row) => ({
  key: `s${row}`,
  label: GROUPS[row]?.name ?? '',
  cells: Object.fromEntries(
    DAYS.slice(0, 4).map((day, index): [string, HeatCell] => [day.key, { share: (top * (index + 1)) / 4 }]),
  ),
}));

export const OFFICE_MENU: readonly NavGroup[] = [
  {
    items: [
      { href: '/design', label: 'Hôm nay', icon: 'home' },
      { href: '/design/board', label: 'Báo cáo sáng', short: 'Báo cáo', icon: 'clock', count: 12 },
      { href: '/design/calendar', label: 'Lịch việc', short: 'Lịch', icon: 'calendar' },
      { href: '/design/plan', label: 'Kế hoạch', icon: 'document' },
    ],
  },
  {
    label: 'Sổ',
    items: [
      { href: '/design/groups', label: 'Tổ dân phố', icon: 'door' },
      { href: '/design/people', label: 'Cán bộ, phân công', icon: 'users' },
      { href: '/design/evidence', label: 'Minh chứng', icon: 'camera' },
      { href: '/design/settings', label: 'Thiết lập', icon: 'settings' },
    ],
  },
];

export const FIELD_MENU: readonly NavItem[] = [
  { href: '/design', label: 'Nhà', icon: 'door' },
  { href: '/design/work', label: 'Việc', icon: 'list', count: 3 },
  { href: '/design/report', label: 'Báo cáo', icon: 'send' },
  { href: '/design/more', label: 'Thêm', icon: 'menu' },
];
