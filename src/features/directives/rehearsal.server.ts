// Three directives of the sample ward. Numbers, offices and words are invented and say so; the deadlines are read by the
// same reader a real paper meets.
import { isProblem } from '#core/problem.ts';
import type { DirectivePorts } from '#features/directives/ports.ts';
import { insertCitation, insertDirective, insertProposals } from '#features/directives/store.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';

interface Sample {
  readonly number: string;
  readonly issuedOn: string;
  readonly issuer: string;
  readonly subject: string;
  readonly enteredAt: string;
  /** Whole sentences, as the paper has them. */
  readonly orders: readonly string[];
  readonly cited: boolean;
}

const SAMPLES: readonly Sample[] = [
  {
    number: '9901/DT-CATP',
    issuedOn: '2025-07-28',
    issuer: 'Công an thành phố (diễn tập)',
    subject: '(Diễn tập) Mở đợt cao điểm tuyên truyền phòng ngừa lừa đảo trên không gian mạng',
    enteredAt: '2025-07-29T09:10:00+07:00',
    orders: [
      'Công an các phường báo cáo kết quả hằng tuần về Công an thành phố trước 15h00 thứ Sáu.',
      'Công an các phường báo cáo tổng kết về Công an thành phố trước ngày 18/8/2025.',
    ],
    cited: true,
  },
  {
    number: '9902/DT-UBND',
    issuedOn: '2025-07-30',
    issuer: 'UBND thành phố (diễn tập)',
    subject: '(Diễn tập) Tăng cường tuyên truyền trên hệ thống truyền thanh cơ sở',
    enteredAt: '2025-07-31T08:20:00+07:00',
    orders: ['Phòng Văn hóa - Xã hội các phường báo cáo số lượt phát thanh trước ngày 10/8/2025.'],
    cited: true,
  },
  {
    number: '9903/DT-MTTQ',
    issuedOn: '2025-08-04',
    issuer: 'Ủy ban MTTQ thành phố (diễn tập)',
    subject: '(Diễn tập) Vận động đoàn viên, hội viên chia sẻ thông tin chính thống',
    enteredAt: '2025-08-04T15:45:00+07:00',
    orders: [],
    cited: false,
  },
];

const paperOf = ({ number, issuedOn, issuer, subject, orders }: Sample): string => {
  const [year, month, day] = issuedOn.split('-');
  const body = orders.map((order, n) => `${n + 1}. ${order}`).join('\n');
  return `${issuer.toUpperCase()}\nSố: ${number}\nngày ${day} tháng ${month} năm ${year}\n\nV/v ${subject}\n\nYêu cầu các đơn vị:\n${body}\n\nNơi nhận:\n- Như trên.`;
};

export async function settleDirectives(
  trx: WardTransaction,
  cast: { readonly clerkId: string; readonly campaignId: string },
  ports: Pick<DirectivePorts, 'readPaper'>,
  chance: Chance,
): Promise<void> {
  const id = chance.branch('ids').ids(Date.parse('2025-07-29T09:00:00+07:00'));
  for (const sample of SAMPLES) {
    const directiveId = id();
    const source = paperOf(sample);
    const read = await ports.readPaper(new TextEncoder().encode(source), 2025);
    if (isProblem(read)) throw new Error(`The sample directive was refused: ${read.code}`);
    const at = new Date(sample.enteredAt);
    const { number, issuedOn, issuer, subject } = sample;
    await insertDirective(trx, {
      number,
      issuedOn,
      issuer,
      subject,
      id: directiveId,
      file: null,
      source,
      by: cast.clerkId,
      at,
    });
    await insertProposals(
      trx,
      directiveId,
      read.proposals.map((proposal) => ({ ...proposal, id: id() })),
    );
    if (sample.cited)
      await insertCitation(trx, {
        id: id(),
        directiveId,
        campaignId: cast.campaignId,
        itemId: null,
        by: cast.clerkId,
        at,
      });
  }
}
