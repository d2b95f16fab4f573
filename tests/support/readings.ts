// Papers whose reading is written down here, so that tests of what becomes of a reading do not hang on how well papers
// are read: one plan, and the same plan as amended.
import { isReading } from '#features/plan/reader/reading.ts';
import type { Duty, Quote, Reading, Report, Target } from '#features/plan/reader/reading.ts';

export const PLAN = `KẾ HOẠCH
Đợt cao điểm phòng, chống lừa đảo qua mạng

1. 100% hộ dân trên địa bàn được tuyên truyền trực tiếp.
2. Công an phường chỉ đạo đăng bài trên nhóm Zalo tổ dân phố tối thiểu 01 lượt/tuần.
3. Phòng Văn hóa - Xã hội phát thanh trên loa truyền thanh phường tối thiểu 01 lượt/ngày.
4. Công an phường phối hợp tuyên truyền trên loa truyền thanh phường tối thiểu 01 lượt/ngày.
5. Các tổ dân phố gửi báo cáo nhanh về Công an phường trước 8h30' hằng ngày, từ 02/8 đến 13/8/2025.
6. Các tổ dân phố gửi báo cáo kết thúc trước ngày 14/8/2025.
7. Các đơn vị làm tốt việc được giao theo mốc đã định.`;

export const AMENDED = PLAN.replace(
  'loa truyền thanh phường tối thiểu 01 lượt/ngày.\n4.',
  'loa truyền thanh phường tối thiểu 02 lượt/ngày.\n4.',
).replace(
  '\n7. Các đơn vị',
  '\n7. Đoàn Thanh niên dán thông báo cảnh báo tại các trường học.\n8. Các đơn vị',
);

const placeOf = (source: string, words: string): Quote => {
  const start = source.indexOf(words);
  if (start < 0) throw new Error(`The paper does not say: ${words}`);
  const end = source.indexOf('\n', start);
  return { start, end: end < 0 ? source.length : end };
};

const duty = (source: string, id: string, words: string, said: Partial<Duty>): Duty => ({
  id,
  actor: 'Công an phường',
  partners: [],
  activity: 'post',
  channel: null,
  scope: 'ward',
  cadence: null,
  windows: [],
  between: null,
  by: null,
  standing: false,
  quote: placeOf(source, words),
  proposal: false,
  actorFrom: 'sentence',
  channels: [],
  time: null,
  weekdays: [],
  dayOfMonth: null,
  relative: null,
  marks: [],
  ...said,
});

const report = (source: string, id: string, words: string, said: Partial<Report>): Report => ({
  id,
  from: 'Các tổ dân phố',
  to: 'Công an phường',
  kind: 'quick',
  cadence: null,
  between: null,
  before: null,
  quote: placeOf(source, words),
  proposal: false,
  actorFrom: 'sentence',
  weekdays: [],
  dayOfMonth: null,
  relative: null,
  marks: [],
  ...said,
});

const loud = { activity: 'broadcast', channel: 'loudspeaker', channels: ['loudspeaker'] } as const;

function duties(source: string): Duty[] {
  const often = source.includes('02 lượt/ngày') ? 2 : 1;
  return [
    duty(source, 'duty-1', 'Công an phường chỉ đạo', {
      channel: 'zalo-group',
      channels: ['zalo-group'],
      scope: 'group',
      cadence: { count: 1, per: 'week' },
    }),
    duty(source, 'duty-2', 'Phòng Văn hóa', {
      ...loud,
      channels: ['loudspeaker'],
      actor: 'Phòng Văn hóa - Xã hội',
      cadence: { count: often, per: 'day' },
    }),
    duty(source, 'duty-3', 'Công an phường phối hợp', {
      ...loud,
      channels: ['loudspeaker'],
      partners: ['Phòng Văn hóa - Xã hội'],
      cadence: { count: 1, per: 'day' },
    }),
    ...(source.includes('Đoàn Thanh niên')
      ? [duty(source, 'duty-4', 'Đoàn Thanh niên', { activity: 'display', actor: 'Đoàn Thanh niên' })]
      : []),
  ];
}

export function readingOf(source: string): Reading {
  const target: Target = {
    id: 'target-1',
    subject: 'hộ dân',
    measure: 'reached',
    comparator: '>=',
    value: 100,
    unit: 'percent',
    per: null,
    by: null,
    quote: placeOf(source, '100% hộ dân'),
    marks: [],
  };
  const last = placeOf(source, 'Các tổ dân phố gửi báo cáo kết thúc');
  const reading: Reading = {
    source,
    title: 'Kế hoạch đợt cao điểm phòng, chống lừa đảo qua mạng',
    issuer: 'UBND phường',
    number: null,
    issuedOn: null,
    period: { from: '2025-08-02', to: '2025-08-14', quote: last },
    slogan: null,
    segments: [],
    pillars: [],
    targets: [target],
    duties: duties(source),
    reports: [
      report(source, 'report-1', 'Các tổ dân phố gửi báo cáo nhanh', {
        cadence: { count: 1, per: 'day' },
        between: { from: '2025-08-02', to: '2025-08-13' },
        before: { time: '08:30', date: null },
      }),
      report(source, 'report-2', 'Các tổ dân phố gửi báo cáo kết thúc', {
        kind: 'final',
        before: { time: null, date: '2025-08-14' },
      }),
    ],
    recipients: [],
    signer: null,
    unread: [{ quote: placeOf(source, 'Các đơn vị làm tốt'), why: 'không rõ mốc', kind: 'deadline' }],
    questions: [
      {
        kind: 'before-which-end',
        about: ['report-2'],
        options: ['2025-08-13', '2025-08-14'],
        quote: last,
      },
    ],
    links: [{ duties: ['duty-2', 'duty-3'], why: 'same-channel' }],
  };
  if (!isReading(reading)) throw new Error('unreachable');
  return reading;
}
