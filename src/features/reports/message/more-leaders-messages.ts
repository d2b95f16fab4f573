import type { LeadersMessage } from '#features/reports/message/leaders-messages.ts';

/**
 * Short hand of leaders over sixty: day/total in one pair, `h` for "hộ", "hqua" with the figure beside it. Written before
 * the reader was tried on them.
 */
export const SHORTHAND_MESSAGES: readonly LeadersMessage[] = [
  {
    text: 'TDP 7 bc CA phường: hqua 28, ký 27, lk 231',
    says: { 'reached.day': 28, 'pledged.day': 27, 'reached.total': 231 },
  },
  {
    text: 'To 7 hqua di 12h, ky 12h, vang 3h. LK 12/253 ah',
    says: { 'reached.day': 12, 'pledged.day': 12, absent: 3 },
    asks: true,
  },
  {
    text: 'tdp 3 . tt 15h ky 14h . lk 170h/201h . zalo 190 . loa 2',
    says: {
      'reached.day': 15,
      'pledged.day': 14,
      'reached.total': 170,
      households: 201,
      zaloMembers: 190,
      broadcasts: 2,
    },
  },
  {
    text: 'TDP 11 sáng 5/8: TT 22/287, ký 20/270. Ko vụ việc gì. Chúc các đc khoẻ',
    says: { 'reached.day': 22, 'reached.total': 287, 'pledged.day': 20, 'pledged.total': 270 },
    may: { tips: 0 },
  },
  {
    text: 'Tổ 11 họp dân lúc 19h30 tại nhà văn hoá có 46 người dự, phát 50 tờ rơi, đi thêm 8h ký 8',
    says: { attendees: 46, leaflets: 50, 'reached.day': 8, 'pledged.day': 8 },
    may: { sessions: 1 },
  },
  {
    text: 'Nghĩa lộ 1 hqua đi 17, lk 133/190, còn 57 hộ chưa đi. 20h tối nay đi tiếp ạ',
    says: { 'reached.day': 17, 'reached.total': 133, households: 190 },
  },
  {
    text: 'Bc đc, tổ 3 hqua mưa nghỉ. lk vẫn 155h',
    says: { 'reached.total': 155 },
    may: { 'reached.day': 0 },
    noWork: true,
  },
  {
    text: 'Đình hạ 2: 12h đi được 9 hộ, chiều đi 11 hộ nữa. Cộng cả ngày 20 hộ ký 19',
    says: { 'reached.day': 20, 'pledged.day': 19 },
    may: { 'reached.day': 20 },
  },
  {
    text: 'ĐT2 hqua 19 hộ /19 ký. LK 147/147. 2 nhà đi vắng, 1 nhà ko chịu ký',
    says: { 'reached.day': 19, 'pledged.day': 19, absent: 2, 'reached.total': 147, 'pledged.total': 147 },
    may: { unsigned: 1, refused: 1 },
  },
  {
    text: 'T7 h.qua 25 nha ky 24 lk 241 tong 263 zalo 251ng dang 1bai loa 2l',
    says: {
      'reached.day': 25,
      'pledged.day': 24,
      'reached.total': 241,
      households: 263,
      zaloMembers: 251,
      posts: 1,
      broadcasts: 2,
    },
  },
  {
    text: 'Toi bao cao to dan pho so 3, hom qua hai muoi ho, ky muoi chin, luy ke mot tram bay lam',
    says: { 'reached.day': 20, 'pledged.day': 19, 'reached.total': 175 },
  },
  {
    text: 'Tổ 7: 12/253 hộ. Ký 12/240',
    says: { 'reached.day': 12, 'reached.total': 253, 'pledged.day': 12, 'pledged.total': 240 },
  },
  {
    text: 'Bao cao dc Hung CSKV so dt 0912345678: to 3 hqua dc 16h, 1h khoa cua, ky 15h. luc 21h30 xong',
    says: { 'reached.day': 16, 'pledged.day': 15, absent: 1 },
  },
  {
    text: 'TDP7 ngay 4/8 TT dc 30 ho (trong do 4 ho thue tro) ky 30/30 lk 210 = 80%',
    says: { 'reached.day': 30, 'pledged.day': 30, 'reached.total': 210 },
  },
  {
    text: 'Tổ 11 h.qua đi 3 ngõ được 24 h, ký 22, còn 2h hẹn tối. Lk 24+260=284/300. Tin báo: ko',
    says: { 'reached.day': 24, 'pledged.day': 22, 'reached.total': 284, households: 300 },
    may: { tips: 0, unsigned: 2 },
  },
];
