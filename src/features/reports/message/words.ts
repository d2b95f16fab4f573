/**
 * The shorthand of group leaders, without marks. A phrase is compared with the unmarked text; where another word
 * looks the same without marks (tờ and tổ, ký and kỳ), `only` lists the marked spellings that are meant, and text
 * typed without marks passes.
 */
import type { Measure } from '#features/reports/figures.ts';

export type Label =
  | { readonly kind: 'measure'; readonly measure: Measure }
  | { readonly kind: 'unit'; readonly unit: Unit }
  | { readonly kind: 'running' }
  | { readonly kind: 'households' }
  | { readonly kind: 'difficulty' }
  | { readonly kind: 'sent' }
  | { readonly kind: 'about' }
  | { readonly kind: 'more' }
  | { readonly kind: 'none' }
  | { readonly kind: 'mend' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'aside' };

export type Unit = 'household' | 'person' | 'time' | 'sheet' | 'item' | 'chat' | 'case' | 'session';

export interface Phrase {
  readonly words: readonly string[];
  readonly label: Label;
  readonly only?: readonly string[];
}

const phrases = (label: Label, list: readonly string[], only?: readonly string[]): Phrase[] =>
  list.map((text) => ({ words: text.split(' '), label, ...(only ? { only } : {}) }));

const measure = (name: Measure, list: readonly string[], only?: readonly string[]) =>
  phrases({ kind: 'measure', measure: name }, list, only);

const unit = (name: Unit, list: readonly string[], only?: readonly string[]) =>
  phrases({ kind: 'unit', unit: name }, list, only);

const PHRASES: readonly Phrase[] = [
  ...measure('reached', [
    'tuyen truyen truc tiep',
    'tuyen truyen duoc',
    'tuyen truyen dc',
    'tuyen truyen',
    'da tuyen truyen',
    'tuyen tr',
    'tr truyen',
    'ttr',
    'htt',
    'tt',
    'di duoc',
    'di dc',
    'di dk',
    'di tuyen truyen',
    'tiep can',
    'tiep xuc',
    'van dong',
    'lam duoc',
    'lam dc',
    'vao duoc',
    'vao dc',
    'den duoc',
    'den dc',
    'da den',
    'gap duoc',
    'gap dc',
    'da gap',
    'toi duoc',
  ]),
  ...measure('reached', ['di'], ['đi']),
  ...measure('reached', ['gap'], ['gặp']),
  ...measure('pledged', [
    'ky ban cam ket',
    'ky cam ket',
    'ky c ket',
    'ky camket',
    'ky ck',
    'ky duoc',
    'ky dc',
    'ky dk',
    'da ky',
    'kck',
    'ck',
    'bck',
    'cam ket',
    'ban cam ket',
  ]),
  ...measure('pledged', ['ky'], ['ký', 'kí']),
  ...measure('unsigned', ['chua ky cam ket', 'chua ky', 'khong ky', 'ko ky', 'k ky', 'chua ky ck']),
  ...measure('absent', [
    'khong co nha',
    'ko co nha',
    'vang nha',
    'di vang',
    'vang mat',
    'khoa cua',
    'dong cua',
    'chua gap duoc',
    'chua gap dc',
    'chua gap',
    'khong gap duoc',
    'khong gap',
    'ko gap dc',
    'ko gap',
  ]),
  ...measure('absent', ['vang'], ['vắng']),
  ...measure('away', ['di lam an xa', 'lam an xa', 'di lam xa', 'lam xa', 'di xa', 'dlax']),
  ...measure('refused', ['tu choi', 'khong hop tac', 'ko hop tac', 'khong tiep', 'ko tiep']),
  ...measure('zaloMembers', ['nhom zalo', 'zalo nhom', 'zalo', 'zl', 'tv zalo', 'thanh vien zalo']),
  ...measure('zaloMembers', ['thanh vien', 'tv', 'thvien']),
  ...measure('posts', ['bai dang', 'tin bai', 'bai viet', 'dang bai', 'dang tin', 'tin dang', 'da dang']),
  ...measure('broadcasts', [
    'loa phat thanh',
    'loa truyen thanh',
    'loa keo',
    'loa phuong',
    'loa',
    'phat thanh',
    'phat loa',
    'doc loa',
  ]),
  ...measure('leaflets', ['to roi', 'to gap', 'to buom', 'phat to roi', 'to roi phat', 'toroi']),
  ...measure('notices', ['dan thong bao', 'pano', 'bang ron', 'ap phich', 'bang thong bao']),
  ...measure('sessions', ['buoi hop', 'cuoc hop', 'hop to', 'hop dan', 'sinh hoat', 'buoi tuyen truyen']),
  ...measure('attendees', ['nguoi du', 'nguoi nghe', 'nguoi tham gia', 'luot nguoi', 'nguoi tham du']),
  ...measure('tips', [
    'tin bao',
    'tin to giac',
    'to giac',
    'vu viec',
    'vu lua dao',
    'vu lua',
    'bi lua',
    'tb',
    'vu viec gi',
  ]),
  ...phrases({ kind: 'households' }, [
    'tong so ho cua to',
    'tong so ho dan',
    'tong so ho',
    'tong so',
    'tong ho',
    'toan to',
    'tren tong so',
    'tren tong',
    'so ho cua to',
  ]),
  ...phrases({ kind: 'households' }, ['tong'], ['tổng']),
  ...phrases({ kind: 'running' }, [
    'luy ke',
    'luyke',
    'luy tien',
    'lk',
    'cong don',
    'tong cong',
    'tc',
    'so cu',
    'den nay',
    'tinh den nay',
    'tu dau dot den nay',
    'tu dau dot',
    'tu dau den nay',
    'ca dot',
    'truoc do',
  ]),
  ...phrases({ kind: 'difficulty' }, [
    'kho khan',
    'vuong mac',
    'ton tai',
    'kien nghi',
    'de nghi',
    'de xuat',
    'ghi chu',
    'ly do',
  ]),
  ...phrases({ kind: 'sent' }, ['bc luc', 'bao cao luc', 'gui luc', 'bao luc', 'gui bc luc', 'nop luc']),
  ...phrases({ kind: 'about' }, ['khoang', 'hon', 'gan', 'tam khoang', 'chung', 'uoc', 'co le', 'it nhat']),
  ...phrases({ kind: 'more' }, ['them', 'moi vao', 'vao moi', 'tang', 'ket nap']),
  ...phrases({ kind: 'none' }, [
    'khong co',
    'ko co',
    'k co',
    'chua co',
    'chua',
    'khong',
    'ko',
    'kg',
    'hok',
    'khong phat sinh',
  ]),
  ...phrases({ kind: 'mend' }, ['dinh chinh', 'xin sua', 'sua lai', 'sua', 'bao lai', 'xin bao lai']),
  ...phrases({ kind: 'wrong' }, ['nham', 'nhap nham', 'ghi nham', 'la nham', 'bao nham']),
  ...phrases({ kind: 'denied' }, ['khong phai', 'ko phai', 'chu khong phai', 'chu ko phai', 'chu khong']),
  ...phrases(
    { kind: 'aside' },
    [
      'nha tro',
      'tam tru',
      'ho kinh doanh',
      'doanh nghiep',
      'can bo',
      'dang vien',
      'nam',
      'tuoi',
      'ngay',
      'to cong tac',
      'truong hop',
      'ngo',
      'so nha',
      'nhan khau',
      'khau',
    ],
    [
      'nhà',
      'tạm',
      'hộ',
      'doanh',
      'cán',
      'đảng',
      'năm',
      'tuổi',
      'ngày',
      'tổ',
      'trường',
      'ngõ',
      'số',
      'nhân',
      'khẩu',
    ],
  ),
  ...unit('household', ['ho dan', 'ho gia dinh', 'gia dinh', 'hgd']),
  ...unit('household', ['ho'], ['hộ']),
  ...unit('household', ['nha'], ['nhà']),
  ...unit('person', ['nguoi']),
  ...unit('time', ['luot', 'lan', 'buoi phat'], ['lượt', 'lần', 'buổi']),
  ...unit('sheet', ['to'], ['tờ']),
  ...unit('item', ['bai', 'tin'], ['bài', 'tin']),
  ...unit('chat', ['nhom'], ['nhóm']),
  ...unit('case', ['vu'], ['vụ']),
  ...unit('session', ['buoi', 'cuoc'], ['buổi', 'cuộc']),
  ...phrases({ kind: 'aside' }, ['to'], ['tổ']),
];

/** Longest first, by first word. */
const BY_FIRST: ReadonlyMap<string, readonly Phrase[]> = (() => {
  const map = new Map<string, Phrase[]>();
  for (const phrase of PHRASES) {
    const first = phrase.words[0] ?? '';
    map.set(first, [...(map.get(first) ?? []), phrase]);
  }
  for (const list of map.values()) list.sort((a, b) => b.words.length - a.words.length);
  return map;
})();

export interface Word {
  readonly folded: string;
  /** Lower case, with its marks. */
  readonly typed: string;
}

const spelled = (phrase: Phrase, first: Word): boolean =>
  phrase.only === undefined || first.typed === first.folded || phrase.only.includes(first.typed);

/** The longest phrase that begins at a word. */
export function phraseAt(words: readonly Word[], at: number): Phrase | undefined {
  const first = words[at];
  if (!first) return undefined;
  return BY_FIRST.get(first.folded)?.find(
    (phrase) => spelled(phrase, first) && phrase.words.every((word, n) => words[at + n]?.folded === word),
  );
}
