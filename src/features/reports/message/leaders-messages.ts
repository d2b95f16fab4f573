/**
 * Messages as leaders type or speak them, with what each says: for the test of the reader. Written before it was tried on
 * them. `says`: figures that must be found, or asked about. `may`: figures that may also be read from it. `asks`: something
 * must be asked, for no reader can know.
 */
export interface LeadersMessage {
  readonly text: string;
  readonly says: Readonly<Record<string, number>>;
  readonly may?: Readonly<Record<string, number>>;
  readonly noWork?: true;
  readonly asks?: true;
}

export const LEADERS_MESSAGES: readonly LeadersMessage[] = [
  {
    text: 'TDP số 7 bc sáng 5/8: hqua đi được 31 nhà, ký 29, 2 nhà khoá cửa. lk 241/263, ký lk 230',
    says: {
      'reached.day': 31,
      'pledged.day': 29,
      absent: 2,
      'reached.total': 241,
      households: 263,
      'pledged.total': 230,
    },
  },
  {
    text: 'bc to 7 ngay 05/8 tuyen truyen 31 ho ky cam ket 29 vang 2 luy ke 241 ho ky 230',
    says: { 'reached.day': 31, 'pledged.day': 29, absent: 2, 'reached.total': 241, 'pledged.total': 230 },
  },
  {
    text: 'Dạ em gửi báo cáo TDP 3: năm mươi hai hộ được tuyên truyền, bốn mươi chín hộ ký cam kết, lũy kế một trăm tám mươi hộ ạ',
    says: { 'reached.day': 52, 'pledged.day': 49, 'reached.total': 180 },
  },
  {
    text: 'TDP 11, LK tuyên truyền 305/300 hộ (5 hộ tạm trú mới), hôm qua 22 hộ, ký đủ 22. BC lúc 8g45',
    says: { 'reached.total': 305, households: 300, 'reached.day': 22, 'pledged.day': 22 },
    asks: true,
  },
  {
    text: 'Hôm qua tổ 7 mất điện cả tối không đi được hộ nào, lũy kế vẫn 241 hộ ạ',
    says: { 'reached.total': 241 },
    may: { 'reached.day': 0 },
    noWork: true,
  },
  {
    text: 'Nhầm, tổ 7 hôm qua 33 hộ mới đúng chứ không phải 31, ký 30',
    says: { 'reached.day': 33, 'pledged.day': 30 },
  },
  {
    text: 'TDP số 3 bổ sung: hôm qua ghi thiếu 4 hộ, tổng hôm qua là 32 hộ, ký 32, lk 159',
    says: { 'reached.day': 32, 'pledged.day': 32, 'reached.total': 159 },
  },
  {
    text: 'đình hạ 2 hôm qua tuyên truyền và ký cam kết được 18 hộ, vắng 3 hộ, luỹ kế 146/176',
    says: { 'reached.day': 18, 'pledged.day': 18, absent: 3, 'reached.total': 146, households: 176 },
  },
  {
    text: 'Tổ 3: 20 hộ tuyên truyền, 18 ký, 02 hộ không ký. Zalo thêm 6 người tổng 188 thành viên. Loa phát 3 lần. Đăng 2 bài',
    says: {
      'reached.day': 20,
      'pledged.day': 18,
      'zaloMembers.total': 188,
      'broadcasts.day': 3,
      'posts.day': 2,
    },
    may: { refused: 2, unsigned: 2, 'zaloMembers.day': 6 },
  },
  {
    text: 'báo cáo công an phường tổ bảy hôm qua đi được hai mươi lăm hộ trong đó hai mươi hai hộ ký còn ba hộ vắng nhà lũy kế đến nay là hai trăm sáu mươi trên hai trăm sáu mươi ba hộ',
    says: { 'reached.day': 25, 'pledged.day': 22, absent: 3, 'reached.total': 260, households: 263 },
  },
  {
    text: 'TDP Nghĩa Lộ 1 k có gì p/s. Lk 120/190 hộ.',
    says: { 'reached.total': 120, households: 190 },
    noWork: true,
  },
  {
    text: 'NL1: 05/8 TT 27, KCK 25, LK TT 147, LK KCK 140, zalo 133, loa 1, tờ rơi 40',
    says: {
      'reached.day': 27,
      'pledged.day': 25,
      'reached.total': 147,
      'pledged.total': 140,
      zaloMembers: 133,
      'broadcasts.day': 1,
      'leaflets.day': 40,
    },
    asks: true,
  },
  {
    text: 'Kính gửi CAP. Tổ 11 ngày 4/8 họp tổ 1 buổi có 65 người dự, phát 65 tờ rơi, tuyên truyền 65 hộ, ký 60',
    says: {
      'sessions.day': 1,
      'attendees.day': 65,
      'leaflets.day': 65,
      'reached.day': 65,
      'pledged.day': 60,
    },
  },
  {
    text: 'tổ 7: 30h, ký 28h, vắng 2h. LK 260h/263h',
    says: { 'reached.day': 30, 'pledged.day': 28, absent: 2, 'reached.total': 260, households: 263 },
  },
  {
    text: 'Báo cáo: 3 tổ viên đi 19 hộ, gặp 15, 4 hộ khóa cửa, ký 15. Tổ 3',
    says: { 'reached.day': 15, absent: 4, 'pledged.day': 15 },
  },
  {
    text: 'TDP3 hqua 28, ký 28, lk 155, tổng 201',
    says: { 'reached.day': 28, 'pledged.day': 28, 'reached.total': 155, households: 201 },
  },
  {
    text: 'Tổ 7 có 1 tin báo: 0912345678 gọi lừa bà Hoa 20 triệu lúc 15h30, đã báo đ/c Minh. TT 12 hộ ký 12',
    says: { 'tips.day': 1, 'reached.day': 12, 'pledged.day': 12 },
  },
  {
    text: 'Số cũ 241 hộ, hôm nay cộng thêm 12 là 253/263, ký 253',
    says: { 'reached.day': 12, 'reached.total': 253, households: 263 },
    may: { 'pledged.total': 253 },
    asks: true,
  },
  {
    text: 'TDP 7 - 06/8/2025: Hộ TT trong ngày/lũy kế: 12/253; ký: 12/253; tổng số hộ 263',
    says: {
      'reached.day': 12,
      'reached.total': 253,
      'pledged.day': 12,
      'pledged.total': 253,
      households: 263,
    },
  },
  {
    text: 'tổ 3 hôm qua đi 15 nhà thì 13 nhà gặp được chủ, ký 13, hai nhà đi làm ăn xa',
    says: { 'reached.day': 13, 'pledged.day': 13, away: 2 },
  },
  {
    text: 'TDP Đình Thượng 2 đã xong 100%, 176/176 hộ tt và ký',
    says: { 'reached.total': 176, 'pledged.total': 176, households: 176 },
  },
  {
    text: 'Bc tổ 11: TT 22 hộ; KÝ 20; 1 hộ từ chối; 1 hộ xin suy nghĩ thêm; zalo 290/300',
    says: { 'reached.day': 22, 'pledged.day': 20, refused: 1, zaloMembers: 290 },
    may: { households: 300, unsigned: 1 },
  },
  {
    text: '7h55 tổ 7 báo cáo, tối qua 18h đến 21h đi 24 hộ ký 24, lk 265 hộ',
    says: { 'reached.day': 24, 'pledged.day': 24, 'reached.total': 265 },
    asks: true,
  },
  {
    text: 'Tổ 3 xin lỗi gửi muộn ạ. 26 hộ. ký hết. lk 181',
    says: { 'reached.day': 26, 'reached.total': 181 },
    may: { 'pledged.day': 26 },
  },
  {
    text: 'ngày 3/8: 20 hộ, ngày 4/8: 25 hộ, lk 241. Tổ 7',
    says: { 'reached.total': 241 },
    may: { 'reached.day': 25 },
    asks: true,
  },
];
