import { describe, expect, test } from 'vitest';
import { clausesOf } from './clauses.ts';
import type { Fact } from './facts.ts';
import type { Role } from './outline.ts';
import { preparePaper } from './paper-text.ts';
import { type Sense, factsOf } from './statements.ts';

const sense: Sense = {
  year: 2025,
  issuer: 'UBND xã',
  issuedOn: null,
  events: [{ words: 'bau cu', on: '2026-03-15' }],
};
function factsIn(text: string, role: Role = 'tasks', reports = false): Fact[] {
  const paper = preparePaper(text);
  return clausesOf(paper, 0, paper.flat.length).flatMap((clause) =>
    factsOf(paper, clause, role, sense, reports),
  );
}
const of = (text: string, kind: Fact['kind'], role: Role = 'tasks'): Fact[] =>
  factsIn(text, role).filter((fact) => fact.kind === kind);

describe('how often', () => {
  test.each<[string, number, string]>([
    ['Tối thiểu 01 lượt/tuần', 1, 'week'],
    ['đăng ít nhất 02 tin, bài/tuần', 2, 'week'],
    ['Hàng tháng, duy trì ít nhất 05 tin, bài cảnh báo', 5, 'month'],
    ['mỗi tuần ít nhất 01 tin hoặc bài', 1, 'week'],
    ['phát thanh ngày 2 lượt', 2, 'day'],
    ['trực 02 ca mỗi ngày', 2, 'day'],
    ['mỗi quý họp một lần', 1, 'quarter'],
    ['sinh hoạt 3 tháng/lần', 1, 'quarter'],
    ['kiểm tra hai tuần một lần', 1, 'fortnight'],
    ['6 tháng một lần tổ chức kiểm tra', 1, 'half-year'],
    ['01 tuần/lần', 1, 'week'],
    ['tuyên truyền 2 lần một tuần', 2, 'week'],
    ['cung cấp danh sách hằng quý', 1, 'quarter'],
    ['dọn vệ sinh vào sáng thứ Bảy, Chủ nhật hằng tuần', 2, 'week'],
    ['phát vào thứ Ba, thứ Năm, thứ Bảy hằng tuần', 3, 'week'],
    ['tuần tra mỗi đêm 01 lượt', 1, 'day'],
    ['phát O2 lần/ngày trên loa', 2, 'day'],
    ['Tuyên truyền mỗi ngày 0l lần', 1, 'day'],
    ['từ 02 đến 03 buổi/tháng', 2, 'month'],
    ['mỗi tối thứ Năm tổ chức 01 buổi hướng dẫn', 1, 'week'],
    ['dọn vệ sinh mỗi chiều Chủ nhật', 1, 'week'],
    ['sinh hoạt chuyên đề 3 tháng 1 lần', 1, 'quarter'],
    ['dành 15 phút sinh hoạt lớp hằng tuần', 1, 'week'],
    ['dành thời lượng ít nhất 15 phút/ngày', 1, 'day'],
    ['phát sóng chuyên mục 02 số/tháng', 2, 'month'],
    ['tuần tra ban đêm 3 ca/đêm', 3, 'day'],
    ['tuần tra hằng đêm', 1, 'day'],
    ['tổng vệ sinh vào ngày 15 và 30 hằng tháng', 2, 'month'],
    ['gửi ngày 05 và ngày 20 hằng tháng', 2, 'month'],
    ['mỗi tháng nghe báo cáo tiến độ ít nhất 01 lần', 1, 'month'],
    ['mỗi quý kiểm tra hồ sơ ít nhất 02 lần', 2, 'quarter'],
  ])('%s', (text, count, per) => {
    expect(of(text, 'cadence')).toMatchObject([{ count, per }]);
  });

  test('a day of the month or week is kept beside the rhythm', () => {
    expect(of('gửi trước ngày 25 hằng tháng', 'cadence')).toMatchObject([{ per: 'month', day: 25 }]);
    expect(of('gửi trước 16h30 thứ Sáu hằng tuần', 'cadence')).toMatchObject([
      { per: 'week', weekdays: ['friday'] },
    ]);
    expect(of('gửi trước 16h30 thứ Sáu hằng tuần', 'time')).toMatchObject([{ time: '16:30' }]);
  });

  test.each([
    'theo quy định của pháp luật',
    'thành lập mới tối thiểu một số mô hình',
    'mỗi cơ sở không bị kiểm tra quá 01 lần/năm',
    'kiểm soát hằng ngày tại 18 cơ sở giết mổ 2 tầng'.replace('hằng ngày ', ''),
    'mưa trên 100 mm/ngày',
    'trực 24/24 giờ',
    'hỗ trợ 24/7 qua đường dây nóng',
    'phát sóng chuyên mục "Mỗi ngày một kỹ năng số"',
  ])('no rhythm in: %s', (text) => {
    expect(of(text, 'cadence')).toEqual([]);
  });

  test.each<[string, number]>([
    ['Phát dọn, tu sửa 26 km đường băng', 26],
    ['nạo vét 400 m mương', 400],
    ['Cấp miễn phí 120 áo phao', 120],
    ['Vận động tối thiểu 500 nam giới ký cam kết', 500],
    ['hỗ trợ ít nhất 20 ngày công', 20],
    ['Củng cố 16 nhà tạm lánh', 16],
    ['Ban Quản lý chợ sắp xếp lại 46 điểm bán', 46],
    ['Kẻ 8.600 mét vạch sơn', 8600],
  ])('a counted duty: %s', (text, count) => {
    expect(of(text, 'count')).toMatchObject([{ count }]);
  });

  test.each([
    'có 26 km đường thôn',
    'sang đợt 2 xử phạt nghiêm',
    'ký quy chế với Công an 03 xã',
    'Quy mô 250 người',
    'họp trong 5 năm',
    'mở lớp, mỗi lớp không quá 50 người',
    'lối thoát nạn rộng ít nhất 1,2 m',
    'Hiện toàn xã có 14 thôn với 4.126 hộ; 61% người trưởng thành có tài khoản',
  ])('no figure that obliges in: %s', (text) => {
    expect(factsIn(text).filter(({ kind }) => kind === 'count' || kind === 'percent')).toEqual([]);
  });

  test('a rhythm the contract has no word for is said to be odd, not bent', () => {
    expect(factsIn('họp 5 tháng một lần').map((fact) => fact.kind)).toContain('odd');
  });
});

describe('until when', () => {
  test.each<[string, string]>([
    ['hoàn thành trước ngày 14/8/2025', '2025-08-14'],
    ['nộp chậm nhất ngày 14/9', '2025-09-14'],
    ['gửi trước ngày 31 tháng 7 năm 2020', '2020-07-31'],
    ['hoàn thành trong quý III/2025', '2025-09-30'],
    ['xong trong tháng 02/2028', '2028-02-29'],
    ['đến hết quý IV năm 2025', '2025-12-31'],
    ['hoàn thành vào cuối năm 2026', '2026-12-31'],
    ['từ nay đến hết ngày 30/9/2025', '2025-09-30'],
    ['bế giảng trước 31-5-99', '1999-05-31'],
    ['hoàn thành trước ngày O8/6/2O26', '2026-06-08'],
    ['hoàn thành trước ngay 14/8', '2025-08-14'],
    ['hoàn thành trước 24/7/2025', '2025-07-24'],
    ['chậm nhất 24/7', '2025-07-24'],
    ['sáng 7/7 ra quân', '2025-07-07'],
    ['đăng ký cho nam đủ 17 tuổi trong tháng 4/2026', '2026-04-30'],
    ['khám cho người từ 60 tuổi trở lên trước 10/11', '2025-11-10'],
    ['trong vòng 10 ngày kể từ ngày 05/9/2025', '2025-09-15'],
    ['chậm nhất 95 ngày trước ngày bầu cử', '2025-12-10'],
    ['chậm nhất 05 ngày sau ngày bầu cử báo cáo', '2026-03-20'],
  ])('%s', (text, date) => {
    expect(of(text, 'end')).toMatchObject([{ date }]);
  });

  test.each<[string, string, string]>([
    ['trước 16g30 ngày 07/10', '2025-10-07', '16:30'],
    ['trước 17 giờ 00 ngày 28/9/2025', '2025-09-28', '17:00'],
  ])('%s has a day and an hour', (text, date, time) => {
    expect(of(text, 'end')).toMatchObject([{ date, time }]);
  });

  test.each<[string, string, string | null]>([
    ['từ ngày **02/8 đến 13/8/2025**', '2025-08-02', '2025-08-13'],
    ['đợt 2 (15/12/2020 - 14/02/2021)', '2020-12-15', '2021-02-14'],
    ['đợt 1 (15/7 - 15/9/2020)', '2020-07-15', '2020-09-15'],
    ['sơ tuyển trong 02 ngày, từ 27/10 đến 28/10/2025', '2025-10-27', '2025-10-28'],
    ['tổ chức trong 05 ngày (từ 10/3 đến 14/3/2025)', '2025-03-10', '2025-03-14'],
    ['từ 7/7 đến 24/7', '2025-07-07', '2025-07-24'],
    ['từ 15/12 đến 14/02/2026', '2025-12-15', '2026-02-14'],
    ['từ ngày 05 đến ngày 15/8/2025', '2025-08-05', '2025-08-15'],
    ['từ tháng 10/2025 đến tháng 3/2026', '2025-10-01', '2026-03-31'],
    ['các tháng 6, 7 và 8', '2025-06-01', '2025-08-31'],
    ['từ ngày 16/4/2025 đến hết năm học', '2025-04-16', null],
    ['kể từ ngày 01/01/2026, đồng thời thông báo', '2026-01-01', null],
  ])('%s is a stretch of days', (text, from, to) => {
    expect(of(text, 'window')).toMatchObject([{ from, to }]);
  });

  test.each<[string, string]>([
    ["trước 8h30' sáng", '08:30'],
    ['trước 08 giờ 30 phút hằng ngày', '08:30'],
    ['trước 17 giờ 00 hằng ngày', '17:00'],
    ["trước l6h30' hằng ngày", '16:30'],
  ])('%s is an hour', (text, time) => {
    expect(of(text, 'time')).toMatchObject([{ time }]);
  });

  test('an event without a day keeps the term and invents no date', () => {
    const found = factsIn('trong vòng 05 ngày kể từ ngày nhận được văn bản');
    expect(found).toMatchObject([{ kind: 'relative', relative: { days: 5, direction: 'after' } }]);
  });

  test('an event that comes several times gives no date', () => {
    expect(of('chậm nhất 02 ngày sau khi kết thúc mỗi đợt', 'end')).toEqual([]);
  });

  test('a week of a month is not read as its day', () => {
    expect(of('khám trong tuần 3 tháng 5', 'end')).toEqual([]);
  });
});

describe('how many', () => {
  test.each<[string, number]>([
    ['Mở 03 đợt cao điểm', 3],
    ['Biên soạn tờ gấp pháp luật (5.000 tờ)', 5000],
    ['xây dựng ít nhất 01 điểm lắp đặt pano', 1],
    ['trồng mới 1.500 cây xanh', 1500],
    ['mỗi đoàn thể đăng ký 01 công trình', 1],
    ['bố trí ít nhất 02 đồng chí', 2],
    ['Tập huấn cho 600 tình nguyện viên', 600],
    ['họp dân 01 lần trong tháng 9', 1],
    ['nói chuyện chuyên đề cho tiểu thương, 02 buổi, buổi thứ nhất xong trước 10/12', 2],
    ['tập huấn cho cán bộ thôn, 03 lớp', 3],
    ['kiểm tra chuyên đề 02 đợt (đợt 1 từ ngày 01/4 đến ngày 30/5)', 2],
    ['niêm yết mã QR có đóng dấu tại 12 điểm', 12],
    ['in và phát 6.500 tờ rơi đến các hộ trước ngày 31/7', 6500],
  ])('%s', (text, count) => {
    expect(of(text, 'count')).toMatchObject([{ count }]);
  });

  test.each([
    'Nghị định số 13/2023/NĐ-CP ngày 17/4/2023 của Chính phủ',
    'thực hiện Điều 174 Bộ luật Hình sự',
    'Đề án 06',
    'nhiệm kỳ 2020 - 2025',
    'năm học 2024 - 2025',
    'khi có ít nhất 2/3 số ủy viên có mặt',
    'hội nghị cử tri có ít nhất 55 người tham dự',
    'điện thoại 0225.3123.456',
    'đường dây nóng 0908 000 111',
    'trẻ em từ 6 đến 15 tuổi',
    'theo dõi sau tiêm 30 phút',
    'kinh phí 50.000.000 đồng',
    'hiện có 25 tổ dân phố với 12.000 hộ',
    'đã tổ chức 05 hội nghị',
    'Trạm Y tế xã và 4 trường học',
    'chào mừng 80 năm Ngày Quốc khánh (02/9/1945 - 02/9/2025)',
    'năm 2024: 214 đơn vị máu',
    'đến nay mới có 11.310 người được kích hoạt',
    'nhiệm kỳ trước đạt 98,7%',
    'quý trước có 12 vụ',
  ])('obliges nobody: %s', (text) => {
    expect(factsIn(text).filter((fact) => fact.kind !== 'relative')).toEqual([]);
  });

  test('a share already reached is no target, a share to be reached is one', () => {
    expect(of('Ít nhất 75% người dân có tài khoản (năm 2023 đạt 52,6%)', 'percent', 'targets')).toMatchObject(
      [{ value: 75, comparator: '>=' }],
    );
    expect(of('tỷ lệ giải quyết đạt trên 90%', 'percent', 'targets')).toMatchObject([
      { value: 90, comparator: '>' },
    ]);
    expect(of('Giảm ít nhất 20% số ca mắc so với cùng kỳ năm 2024', 'percent', 'targets')).toMatchObject([
      { value: 20 },
    ]);
    expect(of('xuống dưới 3%', 'percent', 'targets')).toMatchObject([{ value: 3, comparator: '<' }]);
  });

  test('in a section of targets a part of a whole, a measure and a sum count', () => {
    expect(of('Chỉ tiêu giao quân năm 2026: 15 công dân', 'count', 'targets')).toMatchObject([{ count: 15 }]);
    expect(of('bảo đảm quân số đạt 98% trở lên', 'percent', 'targets')).toMatchObject([{ value: 98 }]);
    expect(of('22/22 xã tổng vệ sinh', 'count', 'targets')).toMatchObject([{ count: 22 }]);
    expect(of('sửa chữa 1,5 km đường thôn', 'count', 'targets')).toMatchObject([{ count: 1.5 }]);
    expect(of('vận động đạt 350 triệu đồng trở lên', 'count', 'targets')).toMatchObject([{ count: 350 }]);
  });
});

describe('reports in a row', () => {
  test('"hằng tháng, quý, 6 tháng và năm" are four', () => {
    const found = factsIn('báo cáo định kỳ hằng tháng, quý, 6 tháng và năm').filter(
      (fact) => fact.kind === 'cadence',
    );
    expect(found.map((fact) => fact.kind === 'cadence' && fact.per)).toEqual([
      'month',
      'quarter',
      'half-year',
      'year',
    ]);
  });

  test('each keeps its own day', () => {
    const found = factsIn('báo cáo 6 tháng trước ngày 15/5, năm trước ngày 15/11');
    expect(found).toMatchObject([
      { per: 'half-year' },
      { date: '2025-05-15' },
      { per: 'year' },
      { date: '2025-11-15' },
    ]);
  });
});
