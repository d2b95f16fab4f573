import { describe, expect, test } from 'vitest';
import { readPlan } from './read-plan.ts';
import { type Reading, isReading } from './reading.ts';

const HEAD = `UBND PHƯỜNG AN LẠC
Số: 12/KH-UBND        An Lạc, ngày 01 tháng 8 năm 2025

KẾ HOẠCH
Giữ gìn đường phố sạch đẹp

UBND phường An Lạc ban hành Kế hoạch như sau:
`;
const TAIL = `
Nơi nhận:
- UBND thành phố (để b/c);
- Các tổ dân phố;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Bình`;
function read(body: string, year = 2025): Reading {
  const answer = readPlan(HEAD + body + TAIL, { year });
  if (!isReading(answer)) throw new Error(answer.why);
  return answer;
}
const actors = (body: string): string[] =>
  read(`I. TỔ CHỨC THỰC HIỆN\n${body}`).duties.map((duty) => duty.actor);

describe('who is responsible', () => {
  test('the unit of the heading', () => {
    expect(actors('1. Phòng Văn hóa - Xã hội\n- Dán thông báo tại các nhà văn hóa.')).toEqual([
      'Phòng Văn hóa - Xã hội',
    ]);
    expect(actors('1. Sở Giáo dục và Đào tạo\nHướng dẫn các trường thực hiện.')).toEqual([
      'Sở Giáo dục và Đào tạo',
    ]);
    expect(
      actors('1. Báo Cao Thanh, Đài Phát thanh và Truyền hình tỉnh\nMở chuyên mục tuyên truyền.'),
    ).toEqual(['Báo Cao Thanh, Đài Phát thanh và Truyền hình tỉnh']);
  });
  test('a heading whose last word could be a verb', () => {
    expect(actors('1. Đội kiểm tra\nRa quân 02 buổi/tuần.')).toEqual(['Đội kiểm tra']);
    expect(actors('1. Trung tâm Dịch vụ tổng hợp\nViết 02 tin mỗi ngày.')).toEqual([
      'Trung tâm Dịch vụ tổng hợp',
    ]);
  });
  test('named at the end of the sentence, it owes all of it', () => {
    const body = (text: string) => read(`I. NHIỆM VỤ\n1. ${text}`).duties.map((duty) => duty.actor);
    expect(
      body('Khảo sát nhà trước ngày 30/11; bàn giao nhà trước ngày 20/12, do Tổ khảo sát thực hiện.'),
    ).toEqual(['Tổ khảo sát', 'Tổ khảo sát']);
    expect(
      body('Họp thôn 12 cuộc trước ngày 20/12; việc này do Công an xã chủ trì, trưởng thôn phối hợp.'),
    ).toContain('Công an xã');
    expect(body('Việc nhập sổ được giao cho công chức tư pháp; mỗi tháng nhập ít nhất 50 sổ.')[0]).toBe(
      'công chức tư pháp',
    );
    expect(
      body('Lắp 02 máy tính, 01 máy in tại bộ phận. Chủ trì: Văn phòng UBND; phối hợp: Đoàn Thanh niên.'),
    ).toEqual(['Văn phòng UBND', 'Văn phòng UBND']);
  });
  test('a unit named before a colon, with those that help in brackets', () => {
    const { duties } = read(
      'I. PHÂN CÔNG\n1. Các trường mầm non (Ban giám hiệu chủ trì; giáo viên phối hợp): bố trí phòng chờ.',
    );
    expect(duties).toMatchObject([{ actor: 'Các trường mầm non', partners: ['giáo viên'] }]);
  });
  test('"Giao …" and "Đề nghị …", the second as a request', () => {
    const { duties } = read(
      'I. TỔ CHỨC THỰC HIỆN\n1. Giao Công an phường chủ trì, phối hợp với Đoàn Thanh niên kiểm tra.\n2. Đề nghị UBND xã bạn quan tâm hỗ trợ.',
    );
    expect(duties).toMatchObject([
      { actor: 'Công an phường', proposal: false, partners: ['Đoàn Thanh niên'] },
      { actor: 'UBND xã bạn', proposal: true },
    ]);
  });
  test('the subject of the sentence, also behind an opening', () => {
    expect(actors('1. Kết thúc đợt cao điểm, các tổ dân phố tổng kết công tác.')).toEqual(['các tổ dân phố']);
    expect(actors('1. Hằng tháng Công an phường kiểm tra một lượt.')).toEqual(['Công an phường']);
    expect(actors('1. Quý I/2026, Phòng Tổ chức cán bộ mở 06 lớp.')).toEqual(['Phòng Tổ chức cán bộ']);
    expect(actors('1. Ban Giám đốc\nThay 12 bình chữa cháy. Mời Cảnh sát huyện huấn luyện 01 buổi.')).toEqual(
      ['Ban Giám đốc', 'Ban Giám đốc'],
    );
    expect(
      actors('1. Bộ phận Một cửa: bố trí 02 công chức giúp người dân nộp hồ sơ vào sáng thứ Bảy hằng tuần.'),
    ).toEqual(['Bộ phận Một cửa', 'Bộ phận Một cửa']);
    expect(actors('1. Tuần tra ven sông: Công an xã, dân quân tuần tra ban đêm.')).toEqual([
      'Công an xã, dân quân',
    ]);
  });
  test('"do … đăng", "(… chủ trì)" and a line of its own', () => {
    expect(actors('1. Nhóm Zalo các lớp: mỗi tuần 01 thông điệp, do giáo viên chủ nhiệm đăng.')).toEqual([
      'giáo viên chủ nhiệm',
    ]);
    expect(actors('1. Lập danh sách cử tri (Công an xã chủ trì; các thôn phối hợp).')).toEqual([
      'Công an xã',
    ]);
    expect(
      actors(
        '1. Tổ chức hội nghị tập huấn\n- Thời gian: trước 30/9/2025.\n- Đơn vị thực hiện: Công an phường.',
      ),
    ).toEqual(['Công an phường']);
  });
  test('units told at the end of the paragraph, and a colon inside a name', () => {
    const { duties, reports } = read(
      'I. NHIỆM VỤ\n1. Rà soát quy chế. Cơ quan chủ trì: Sở Tư pháp; cơ quan phối hợp: Sở Nội vụ, Công an tỉnh; thời gian hoàn thành: Quý II/2026.\n2. Các Sở: Y tế, Nội vụ định kỳ hàng quý báo cáo kết quả về UBND tỉnh.',
    );
    expect(duties).toMatchObject([
      { actor: 'Sở Tư pháp', partners: ['Sở Nội vụ', 'Công an tỉnh'], by: '2026-06-30' },
    ]);
    expect(reports).toMatchObject([{ from: 'Các Sở: Y tế, Nội vụ', cadence: { count: 1, per: 'quarter' } }]);
  });
  test('a share for each under a unit stays with the unit', () => {
    expect(actors('1. Các trường học\n- Mỗi trường tổ chức 01 buổi tổng vệ sinh.')).toEqual([
      'Các trường học',
    ]);
  });
  test('without any name the issuer is assumed, and asked about', () => {
    const reading = read('I. NHIỆM VỤ\n1. Treo 20 băng rôn tại các tuyến đường.');
    expect(reading.duties).toMatchObject([
      { actor: 'UBND phường An Lạc', actorFrom: 'issuer', cadence: { count: 20, per: null } },
    ]);
    expect(reading.questions.map((question) => question.kind)).toContain('who-does-it');
  });
  test('headings that lost their numbers still address their units', () => {
    expect(
      actors('Hiệu trưởng\n- Ban hành quyết định thành lập tổ.\nGiáo viên chủ nhiệm\n- Nhắc nhở học sinh.'),
    ).toEqual(['Hiệu trưởng', 'Giáo viên chủ nhiệm']);
  });
  test.each<[string, string[]]>([
    [
      '1. Công an xã rà soát địa bàn xong trước 05/9, Trạm Y tế tổ chức phun hóa chất hằng tuần, còn các thôn vận động người dân ký cam kết.',
      ['Công an xã', 'Trạm Y tế', 'các thôn'],
    ],
    [
      '1. Giao Văn phòng tham mưu kế hoạch, Phòng Kinh tế bố trí kinh phí, Ban Quản lý chợ treo 05 băng rôn.',
      ['Văn phòng', 'Phòng Kinh tế', 'Ban Quản lý chợ'],
    ],
    [
      '1. Công an xã hằng quý phối hợp với Đội Chữa cháy tổ chức 01 buổi thực tập, Tổ bảo vệ tuần tra tối thiểu 03 đêm/tuần.',
      ['Công an xã', 'Tổ bảo vệ'],
    ],
    ['1. Công an xã phối hợp với Phòng Tham mưu, Đội Quản lý thị trường kiểm tra hằng quý.', ['Công an xã']],
    ['1. Phòng Kinh tế chỉ đạo các phòng, ban, Ủy ban nhân dân cấp xã triển khai.', ['Phòng Kinh tế']],
  ])('one sentence, several units: %s', (body, units) => {
    expect(actors(body)).toEqual(units);
  });
  test.each<[string, string]>([
    ['1. Phòng Hậu cần bảo đảm xăng dầu trước 10/9.', 'Phòng Hậu cần'],
    ['1. Ban Thường trực thành lập 03 đoàn giám sát.', 'Ban Thường trực'],
    ['1. Hội đồng làm việc hằng tuần.', 'Hội đồng'],
    ['1. Các đơn vị thuộc Công an tỉnh tự kiểm tra hằng tháng.', 'Các đơn vị thuộc Công an tỉnh'],
    ['1. Công chức tư pháp - hộ tịch đối chiếu dữ liệu.', 'Công chức tư pháp - hộ tịch'],
    [
      '1. Đề nghị các tổ chức thành viên của Mặt trận xây dựng kế hoạch.',
      'các tổ chức thành viên của Mặt trận',
    ],
    [
      '1. Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ kiểm tra cơ sở.',
      'Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ',
    ],
    ['1. PC07 tổng hợp tình hình hằng tháng.', 'PC07'],
    ['1. Giao Đảng ủy phường lãnh đạo xây dựng kế hoạch.', 'Đảng ủy phường'],
    ['1. Ngoài các đợt nêu trên, các thôn duy trì tổng vệ sinh hằng tuần.', 'các thôn'],
    ['1. Ra quân: tuần đầu tiên hằng tháng, các chi hội tổng vệ sinh.', 'các chi hội'],
    ['1. Thu gom phế liệu gây quỹ, phấn đấu mỗi chi hội tặng 03 thẻ.', 'mỗi chi hội'],
    ['1. Nhận được kế hoạch, yêu cầu Thủ trưởng các đơn vị triển khai.', 'Thủ trưởng các đơn vị'],
    ['1. Ðề nghị Hội Phụ nữ vận động hội viên.', 'Hội Phụ nữ'],
    ['1. Công an phường có trách nhiệm:\n- Tuần tra hằng đêm.', 'Công an phường'],
    ['1. Trạm Y tế\n- Sơ tuyển: lập danh sách trước 30/10.', 'Trạm Y tế'],
  ])('a name neither cut nor grown: %s', (body, unit) => {
    expect(actors(body)).toEqual([unit]);
  });
  test('numbers a scanner turned into letters still open their sections', () => {
    expect(actors('l. Công an phường\n- Kiểm tra cư trú.\n2. Trạm Y tế\n- Phun hóa chất.')).toEqual([
      'Công an phường',
      'Trạm Y tế',
    ]);
  });
});

describe('task tables', () => {
  const table = `I. BẢNG PHÂN CÔNG
STT | Nội dung | Đơn vị chủ trì | Phối hợp | Thời gian | Sản phẩm
1 | Mở lớp tập huấn | Ban Thường vụ | Trạm Y tế, Hội Nông dân | Quý II/2025 | 02 lớp
2 | Viết tin tuyên truyền | Ban Truyền thông | | Hàng tuần | 02 tin, bài
3 | Báo cáo kết quả về UBND phường | Văn phòng | | Trước ngày 20 hằng tháng |`;
  test('a row is a duty with its unit, partners, time and amount', () => {
    const { duties, reports } = read(table);
    expect(duties).toMatchObject([
      {
        actor: 'Ban Thường vụ',
        partners: ['Trạm Y tế', 'Hội Nông dân'],
        by: '2025-06-30',
        cadence: { count: 2, per: null },
      },
      { actor: 'Ban Truyền thông', cadence: { count: 2, per: 'week' } },
    ]);
    expect(reports).toMatchObject([
      { from: 'Văn phòng', to: 'UBND phường', cadence: { per: 'month' }, dayOfMonth: 20 },
    ]);
  });
});

describe('tables of targets', () => {
  test('each figure of a row, by the day its column names', () => {
    const { targets } = read(
      'I. CHỈ TIÊU\nTT | Chỉ tiêu | Đơn vị tính | Quý III | Cả năm\n1 | Hộ phân loại rác | % | 60 | 80\n2 | Điểm thu gom | điểm | 4 | 9',
    );
    expect(targets.map(({ value, unit, by }) => [value, unit, by])).toEqual([
      [60, 'percent', '2025-09-30'],
      [80, 'percent', '2025-12-31'],
      [4, 'điểm', '2025-09-30'],
      [9, 'điểm', '2025-12-31'],
    ]);
  });
  test('in a section of targets the heads name them and every row is a place', () => {
    const { targets } = read(
      'I. CHỈ TIÊU\nTT | Địa bàn | Số hộ hiện có | Hộ đăng ký (%) | Hộ lắp máy (hộ)\n1 | Thôn Đoài | 204 | 95 | 21',
    );
    expect(targets.map(({ subject, value, unit }) => [subject, value, unit])).toEqual([
      ['Hộ đăng ký – Thôn Đoài', 95, 'percent'],
      ['Hộ lắp máy – Thôn Đoài', 21, 'hộ'],
    ]);
  });
});

describe('reports', () => {
  test('a name written with a capital is no rhythm', () => {
    const { reports } = read('I. BÁO CÁO\n1. Các tổ dân phố báo cáo kết quả Ngày hội trước ngày 20/11.');
    expect(reports).toMatchObject([{ cadence: null, before: { date: '2025-11-20' } }]);
  });
  test('a closing report behind a weekly one is a report of its own', () => {
    const { reports } = read(
      'I. BÁO CÁO\n1. Các tổ dân phố báo cáo UBND phường trước 15h00 thứ Năm hằng tuần, tổng kết trước ngày 16/12/2025.',
    );
    expect(reports.map(({ cadence }) => cadence?.per ?? null)).toEqual(['week', null]);
  });
  test('a daily report has its days, its hour and its receiver', () => {
    const { reports, questions } = read(
      "I. CHẾ ĐỘ BÁO CÁO\n- Đối với đợt cao điểm, từ ngày 02/8 đến 13/8/2025: các Tổ dân phố hằng ngày gửi báo cáo nhanh về Công an phường (trước 8h30' sáng).",
    );
    expect(reports).toMatchObject([
      {
        from: 'các Tổ dân phố',
        to: 'Công an phường',
        kind: 'quick',
        cadence: { count: 1, per: 'day' },
        between: { from: '2025-08-02', to: '2025-08-13' },
        before: { time: '08:30', date: null },
      },
    ]);
    expect(questions.map((question) => question.kind)).toContain('counting-window');
  });
  test('"before the 14th" is the 14th, and the doubt is asked', () => {
    const { reports, questions } = read(
      'I. CHẾ ĐỘ BÁO CÁO\n- Các tổ dân phố gửi báo cáo trước ngày 14/8/2025 về Công an phường.',
    );
    expect(reports).toMatchObject([{ before: { date: '2025-08-14', time: null } }]);
    expect(questions).toMatchObject([{ kind: 'before-which-end', options: ['2025-08-13', '2025-08-14'] }]);
  });
});

describe('doubts and links', () => {
  test('one figure over several channels, and two windows of a day, are asked about', () => {
    const { questions } = read(
      'I. TỔ CHỨC THỰC HIỆN\n1. Công an phường\n- Đăng tin trên trang Zalo, Facebook (tối thiểu 01 lượt/tuần).\n- Phát trên loa tối thiểu 01 lượt/ngày vào các khung giờ sáng sớm và chiều tối.',
    );
    expect(questions.map((question) => question.kind)).toEqual([
      'each-channel-or-together',
      'each-window-or-either',
    ]);
  });
  test('the same loudspeaker asked of two units is proposed as linked', () => {
    const { links } = read(
      'I. TỔ CHỨC THỰC HIỆN\n1. Công an phường\n- Tuyên truyền trên loa 01 lượt/ngày.\n2. Phòng Văn hóa\n- Phát thanh trên loa 01 lượt/ngày.',
    );
    expect(links).toEqual([{ duties: ['duty-1', 'duty-2'], why: 'same-channel' }]);
  });
});

describe('the frame of a paper', () => {
  test('title, number, day, issuer, recipients, signer', () => {
    const reading = read('I. TỔ CHỨC THỰC HIỆN\n1. Công an phường kiểm tra hằng tuần.');
    expect(reading).toMatchObject({
      title: 'KẾ HOẠCH Giữ gìn đường phố sạch đẹp',
      number: '12/KH-UBND',
      issuedOn: '2025-08-01',
      issuer: 'UBND phường An Lạc',
      recipients: ['UBND thành phố (để b/c)', 'Các tổ dân phố', 'Lưu: VT'],
      signer: { capacity: 'TM. ỦY BAN NHÂN DÂN', title: 'CHỦ TỊCH', name: 'Trần Văn Bình' },
    });
  });
  test('the period, the slogan with its rules, whom it addresses', () => {
    const reading = read(`I. ĐỐI TƯỢNG, THỜI GIAN
- Đối tượng: Cán bộ, học sinh và nhân dân.
- Thời gian: cao điểm từ 02/8/2025 đến ngày 14/8/2025.
II. NỘI DUNG TUYÊN TRUYỀN
- Tuyên truyền theo khẩu hiệu “2 không”.
- “2 không” là: ⁽¹⁾ Không xả rác (mọi nơi); ⁽²⁾ Không đốt rác.
III. TỔ CHỨC THỰC HIỆN
1. Công an phường kiểm tra.`);
    expect(reading.period).toMatchObject({ from: '2025-08-02', to: '2025-08-14' });
    expect(reading.slogan).toMatchObject({
      name: '2 không',
      items: [{ text: 'Không xả rác (mọi nơi)' }, { text: 'Không đốt rác' }],
    });
    expect(reading.segments).toEqual(['Cán bộ', 'học sinh', 'nhân dân']);
  });
  test('a decomposed text keeps its own offsets', () => {
    const text = (HEAD + 'I. TỔ CHỨC THỰC HIỆN\n1. Công an phường đăng 02 tin, bài/tuần.' + TAIL).normalize(
      'NFD',
    );
    const reading = readPlan(text, { year: 2025 });
    if (!isReading(reading)) throw new Error(reading.why);
    expect(reading.source).toBe(text);
    const [duty] = reading.duties;
    expect(duty).toMatchObject({ actor: 'Công an phường', cadence: { count: 2, per: 'week' } });
    expect(text.slice(duty!.quote.start, duty!.quote.end).normalize('NFC')).toBe(
      'Công an phường đăng 02 tin, bài/tuần',
    );
  });
  test('a year from outside wins over the paper’s own for dates that leave it out', () => {
    expect(read('I. TỔ CHỨC THỰC HIỆN\n1. Công an phường xong trước ngày 30/9.', 2031).duties).toMatchObject([
      { by: '2031-09-30' },
    ]);
  });
});

describe('papers that are no plan', () => {
  const refused = (text: string): string => {
    const answer = readPlan(text);
    return isReading(answer) ? 'read' : answer.code;
  };
  const DUTIES =
    '\nI. KẾT QUẢ\n1. Công an phường tổ chức 05 buổi tuyên truyền trước ngày 14/8/2025; đăng 02 tin, bài/tuần.\n2. Trạm Y tế phun hóa chất 01 lần/tháng.\n';
  test.each([
    'BÁO CÁO\nKết quả đợt cao điểm',
    'BẢN CAM KẾT\nPhòng cháy',
    'GIẤY MỜI\nDự hội nghị',
    'BIÊN BẢN\nHọp tổ dân phố',
    'TỜ TRÌNH\nVề việc bố trí kinh phí',
  ])('%s', (title) => {
    expect(refused(`UBND PHƯỜNG X\n${title}\n${DUTIES}`)).toBe('plan.not-a-plan');
  });
  test('a letter that only asks for figures, and a piece of news', () => {
    expect(
      refused(
        'UBND PHƯỜNG X\nV/v báo cáo số liệu\nKính gửi: Các tổ dân phố.\nUBND phường yêu cầu các tổ dân phố báo cáo số hộ trước ngày 14/8/2025.',
      ),
    ).toBe('plan.not-a-plan');
    expect(
      refused(
        'Sáng 5/8, phường X ra quân. Hơn 200 người đã tham gia, 100% hộ dân ký cam kết. Theo kế hoạch, phường phấn đấu mỗi tuần có 02 tin bài.',
      ),
    ).toBe('plan.not-a-plan');
  });
  test('a marking of secrecy is refused with its reason, the word in running text is not', () => {
    const answer = readPlan(`UBND PHƯỜNG X\nMẬT\n${HEAD}I. TỔ CHỨC THỰC HIỆN\n1. Công an phường kiểm tra.`);
    expect(isReading(answer) ? null : answer).toMatchObject({ code: 'plan.secret' });
    expect(
      isReading(
        read(
          'I. TỔ CHỨC THỰC HIỆN\n1. Công an phường bảo đảm bí mật thông tin, xử lý tài liệu MẬT theo quy định.',
        ),
      ),
    ).toBe(true);
  });
  test('nothing at all', () => {
    expect(refused('   \n ')).toBe('plan.empty');
  });
});
