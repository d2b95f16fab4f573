// Bodies of requests for the permission matrix that cannot be made from an endpoint's shape alone.
import { newId } from '#core/ids.ts';
import type { MatrixRows } from './matrix-rows.ts';

export interface Aim extends MatrixRows {
  readonly ward: number;
}

/** Bodies that cannot be made from the shape alone. */
export const BODIES: Readonly<Record<string, (aim: Aim) => unknown>> = {
  'POST /wards/:ward/campaigns/:campaign/plan/draft': () => {
    const form = new FormData();
    form.set('file', new File(['không phải kế hoạch'], 'thu.txt', { type: 'text/plain' }));
    return form;
  },
  'POST /wards/:ward/channels': ({ unit }) => ({
    kind: 'zalo',
    name: newId(),
    unitId: unit,
    areaId: null,
    address: null,
  }),
  'POST /wards/:ward/channels/:channel/broadcasts': () => ({
    textId: newId(),
    from: '2025-08-05',
    to: '2025-08-05',
    times: ['05:45'],
  }),
  'POST /wards/:ward/outlets': () => ({ provider: 'mail', accountRef: 'bao@example.vn' }),
  'PUT /wards/:ward/channels/:channel/link': () => ({ accountId: newId(), way: 'page-post' }),
  'POST /wards/:ward/campaigns/:campaign/superior-forms': () => {
    const form = new FormData();
    form.set('id', newId());
    form.set('name', 'Biểu thử');
    form.set('file', new File(['không phải bảng tính'], 'thu.xlsx'));
    return form;
  },
  'POST /wards/:ward/basemap': () => {
    const form = new FormData();
    form.set('file', new File(['không phải bản đồ'], 'thu.pmtiles'));
    return form;
  },
  'POST /wards/:ward/campaigns/:campaign/documents/:document/edited': () => {
    const form = new FormData();
    form.set('revision', '1');
    form.set('file', new File(['không phải văn bản'], 'thu.docx'));
    return form;
  },
  'POST /wards/:ward/campaigns/:campaign/documents/:document/signed': () => {
    const form = new FormData();
    form.set('file', new File(['không phải văn bản'], 'thu.pdf'));
    return form;
  },
  'POST /wards/:ward/campaigns/:campaign/checks': ({ area }) => ({
    id: newId(),
    areaId: area,
    unitId: null,
    checkedOn: '2025-08-05',
    checkers: 'Tổ kiểm tra',
    findings: 'Đủ sổ sách',
    followUp: null,
  }),
  'POST /wards/:ward/campaigns/:campaign/closing/remarks': () => ({
    id: newId(),
    subject: 'papers/none',
    note: 'Đã giải trình',
  }),
  'POST /wards/:ward/campaigns/:campaign/areas/:area/rounds': () => ({
    id: newId(),
    lanes: [newId()],
    onDay: '2025-08-05',
    fromTime: '19:00',
    toTime: '21:00',
    people: [newId()],
  }),
  // A report is of a group or of a unit, never of both.
  'POST /wards/:ward/campaigns/:campaign/reports': ({ area }) => ({
    id: newId(),
    areaId: area,
    itemId: newId(),
    reportOn: '2025-08-05',
    body: { figures: {} },
  }),
  'PUT /wards/:ward/campaigns/:campaign/reports/draft': ({ area }) => ({
    areaId: area,
    itemId: newId(),
    reportOn: '2025-08-05',
    body: { figures: {} },
  }),
  'POST /wards/:ward/directives': () => {
    const form = new FormData();
    for (const [name, value] of Object.entries({
      number: '1/CĐ',
      issuedOn: '2025-08-01',
      issuer: 'Công an thành phố',
      subject: 'Văn bản thử',
    }))
      form.set(name, value);
    return form;
  },
  'POST /wards/:ward/household-imports': () => {
    const form = new FormData();
    form.set('file', new File(['Chủ hộ,Số nhà\nĐào Thị Lành,7'], 'ho.csv', { type: 'text/csv' }));
    return form;
  },
  // A P-256 point and a secret of the lengths a browser sends, at an address no push service has.
  'POST /wards/:ward/reminders/devices': () => ({
    endpoint: 'https://push.invalid/one',
    p256dh: Buffer.concat([Buffer.of(4), Buffer.alloc(64, 7)]).toString('base64url'),
    auth: Buffer.alloc(16, 7).toString('base64url'),
    label: 'Máy thử',
  }),
  'POST /wards/:ward/account/passkeys': () => ({
    name: 'Máy thử',
    response: {
      id: 'AAAA',
      rawId: 'AAAA',
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA', transports: [] },
    },
  }),
};
